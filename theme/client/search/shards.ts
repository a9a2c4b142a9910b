// Payloads of shards flow in, header, forms, postings and documents flow out (the other side is index/shards.py).

import { Bytes, readGaps, Unreadable, utf8 } from "./bytes";
import { isBefore } from "./words";

export interface Header {
  readonly documents: number;
  readonly weights: readonly number[];
  readonly lengths: readonly number[];
  readonly dictionary: readonly string[];
  readonly near: readonly string[];
  readonly postings: readonly string[];
  readonly shown: number;
  readonly kinds: readonly (readonly [kind: string, count: number])[];
  readonly digests: { readonly p: string; readonly t: string; readonly f: string };
}

/** A folded word in use: its stem ("": a stop word) and the size class of that stem. */
export interface Form {
  readonly text: string;
  readonly stem: string;
  readonly size: number;
}

export interface Posting {
  readonly document: number;
  readonly frequency: number;
  readonly length: number;
}

/** The postings of one stem, by field, in the order of the fields. */
export type Stem = ReadonlyMap<number, readonly Posting[]>;

export interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly place: string;
}

/** From which word a shard has what there is, and up to which (""). */
export interface Span {
  readonly first: string;
  readonly until: string;
}

/** What a shard holds, of what span, and the digest of the numbering it was made for. */
export interface Shard<T> {
  readonly items: T;
  readonly span?: Span;
  readonly digest?: string;
}

/** The forms of a span, and its stems with their postings. */
export interface Words {
  readonly forms: readonly Form[];
  readonly stems: ReadonlyMap<string, Stem>;
}

/** Of an index: more is damage (index/format.py). What swells is not counted here as it is there: search files are scripts, and whoever
 * writes them needs no bomb. */
const MOST_DOCUMENTS = 1e6;

/** The place of the shard that has `word` if any has: the last one whose first word is not after it. */
export function shardOf(firsts: readonly string[], word: string): number {
  const after = firsts.findIndex((first) => isBefore(word, first));
  return Math.max(0, (after < 0 ? firsts.length : after) - 1);
}

const LISTS = ["weights", "lengths", "dictionary", "near", "postings", "kinds"] as const;

export function readHeader(payload: Uint8Array): Header {
  const header = parse(payload) as Header | null;
  const isOne =
    header &&
    LISTS.every((list) => Array.isArray(header[list])) &&
    typeof header.digests === "object" &&
    header.shown * header.postings.length > 0 &&
    header.documents <= MOST_DOCUMENTS &&
    header.kinds.reduce((left, kind) => left - (kind?.[1] >= 0 ? kind[1] : NaN), header.documents) === 0;
  if (!isOne) throw new Unreadable("damaged");
  return header;
}

/** Of forms that are written from the last letter to the first, `turned` turns them round. */
export function readDictionary(payload: Uint8Array, turned = (word: string) => word): Shard<readonly Form[]> {
  const data = new Bytes(payload);
  const span = readSpan(data);
  return { span, items: readForms(data, turned) };
}

const readSpan = (data: Bytes): Span => ({ first: data.text(), until: data.text() });

function readForms(data: Bytes, turned = (word: string) => word): Form[] {
  const words = readWords(data).map((word) => new TextEncoder().encode(turned(utf8.decode(word))));
  const cuts = data.numbers(words.length);
  const tails = data.numbers(words.length);
  const stems = words.map((word, place) => {
    const kept = word.subarray(0, Math.max(0, word.length - (cuts[place] ?? 0)));
    return utf8.decode(joined(kept, data.take(tails[place] ?? 0)));
  });
  const sizes = data.take(words.length);
  return words.map((word, place) => ({ text: utf8.decode(word), stem: stems[place] ?? "", size: sizes[place] ?? 0 }));
}

/** Front-coded words, in UTF-8. */
function readWords(data: Bytes): Uint8Array[] {
  const count = data.number();
  const shared = data.numbers(count);
  const own = data.numbers(count);
  let before = new Uint8Array(0);
  return shared.map((same, place) => (before = joined(before.subarray(0, same), data.take(own[place] ?? 0))));
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Words and their postings, of an index of so many documents. */
export function readPostings(payload: Uint8Array, documents: number): Shard<Words> {
  const data = new Bytes(payload);
  const digest = data.digest();
  const span = readSpan(data);
  const forms = readForms(data);
  const isHere = (stem: string) => stem && !isBefore(stem, span.first) && (!span.until || isBefore(stem, span.until));
  const names = [...new Set(forms.map((form) => form.stem).filter(isHere)), ...readWords(data).map((word) => utf8.decode(word))];
  const table = data.numbers(2 * data.number());
  const fields = data.numbers(names.length).map((count) => data.numbers(count));
  const counts = fields.map((of) => data.numbers(of.length));
  const places = counts.flat().map((count) => data.numbers(count));
  const numbers = readGaps(data.rest(), documents, counts.flat());
  let list = 0;
  const stems = names.map((name, place) => {
    const of = fields[place]!.map((field) => {
      const documents = numbers[list]!;
      const found = places[list++]!.map((at, one) => {
        const length = table[2 * at + 1];
        if (length === undefined) throw new Unreadable("damaged");
        return { document: documents[one]!, frequency: table[2 * at]!, length };
      });
      return [field, found] as const;
    });
    return [name, new Map(of)] as const;
  });
  return { digest, span, items: { forms, stems: new Map(stems) } };
}

export function readDocuments(payload: Uint8Array): Shard<readonly Shown[]> {
  const data = new Bytes(payload);
  const digest = data.digest();
  const told = parse(data.rest());
  if (!Array.isArray(told)) throw new Unreadable("damaged");
  let kind = "";
  let form: readonly unknown[] = [""];
  const items = told.map((row: unknown) => {
    const [name, summary, place, own, its, around] = Array.isArray(row) ? (row as unknown[]) : [];
    const title = String(name);
    if (typeof its === "string") kind = its;
    if (Array.isArray(around)) form = around;
    const id = typeof own === "string" ? own : `${kind}/${Array.isArray(own) ? own[0] : slugged(title)}`;
    const url = form.join(id.slice(`${id}/`.indexOf("/") + 1));
    return { id, kind, url, title, summary: String(summary), place: String(place) };
  });
  return { digest, items };
}

/** What ids are mostly called by, of a title in plain ASCII. */
const slugged = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(payload));
  } catch (reason) {
    throw new Unreadable("damaged");
  }
}
