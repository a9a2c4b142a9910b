// Payloads of shards flow in, header, forms, postings and documents flow out (the other side is index/shards.py).

import { Bytes, Unreadable } from "./bytes";
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

/** What a shard holds, from which word it reaches up to which (""), and the digest of the numbering it was made for. */
export interface Shard<T> {
  readonly items: T;
  readonly first?: string;
  readonly until?: string;
  readonly digest?: string;
}

/** Of an index: more is damage (index/format.py). What swells is not counted here as it is there: search files are scripts, and whoever
 * writes them needs no bomb. */
const MOST_DOCUMENTS = 1e6;

const utf8 = new TextDecoder();

/** The place of the shard that has `word` if any has: the last one whose first word is not after it. */
export function shardOf(firsts: readonly string[], word: string): number {
  const after = firsts.findIndex((first) => isBefore(word, first));
  return Math.max(0, (after < 0 ? firsts.length : after) - 1);
}

/** The number by which a shard is called whose first word is `first`. */
export function nameOf(first: string): number {
  let name = 0;
  for (const byte of new TextEncoder().encode(first)) name = (name * 257 + byte + 1) % (2 ** 44 - 17);
  return name;
}

export function readHeader(payload: Uint8Array): Header {
  const header = parse(payload) as Header | null;
  const lists = [header?.weights, header?.lengths, header?.dictionary, header?.near, header?.postings, header?.kinds];
  const isOne =
    header &&
    lists.every(Array.isArray) &&
    typeof header.digests === "object" &&
    header.shown > 0 &&
    header.documents <= MOST_DOCUMENTS &&
    header.kinds.reduce((left, kind) => left - (kind?.[1] >= 0 ? kind[1] : NaN), header.documents) === 0;
  if (!isOne) throw new Unreadable("damaged");
  return header;
}

/** Of forms that are written from the last letter to the first, `turned` turns them round. */
export function readDictionary(payload: Uint8Array, turned = (word: string) => word): Shard<readonly Form[]> {
  const data = new Bytes(payload);
  const until = data.text();
  const words = readWords(data).map((word) => new TextEncoder().encode(turned(utf8.decode(word))));
  const cuts = data.numbers(words.length);
  const tails = data.numbers(words.length);
  const stems = words.map((word, place) => {
    const kept = word.subarray(0, Math.max(0, word.length - (cuts[place] ?? 0)));
    return utf8.decode(joined(kept, data.take(tails[place] ?? 0)));
  });
  const sizes = data.take(words.length);
  const items = words.map((word, place) => ({ text: utf8.decode(word), stem: stems[place] ?? "", size: sizes[place] ?? 0 }));
  return { items, first: turned(items[0]?.text ?? ""), until };
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

/** The stems of a dictionary, each once, in the order in which it has them. */
export function stemsOf(forms: readonly Form[]): string[] {
  return [...new Set(forms.map((form) => form.stem))].filter((stem) => stem !== "");
}

/** `unnamed` are the first stems where the shard leaves them out. */
export function readPostings(payload: Uint8Array, unnamed: readonly string[] = []): Shard<ReadonlyMap<string, Stem>> {
  const data = new Bytes(payload);
  const digest = data.digest();
  const until = data.text();
  const words = readWords(data).map((word) => utf8.decode(word));
  const frequencies: number[] = [];
  const lengths: number[] = [];
  for (let left = data.number(); left > 0; left--) {
    frequencies.push(data.number());
    lengths.push(data.number());
  }
  const items = new Map<string, Stem>();
  for (const word of [...unnamed, ...words]) {
    const stem = new Map<number, Posting[]>();
    for (let fields = data.number(); fields > 0; fields--) {
      const field = data.number();
      let document = -1;
      const documents = data.numbers(data.number()).map((gap) => (document += gap + 1));
      stem.set(
        field,
        documents.map((number) => {
          const place = data.number();
          const frequency = frequencies[place];
          const length = lengths[place];
          if (frequency === undefined || length === undefined) throw new Unreadable("damaged");
          return { document: number, frequency, length };
        }),
      );
    }
    items.set(word, stem);
  }
  return { items, first: words[0] ?? "", until, digest };
}

export function readDocuments(payload: Uint8Array): Shard<readonly Shown[]> {
  const data = new Bytes(payload);
  const digest = data.digest();
  const told = parse(data.rest());
  if (!Array.isArray(told)) throw new Unreadable("damaged");
  const items = told.map((texts: unknown) => {
    const [id, kind, url, title, summary, place] = (Array.isArray(texts) ? texts : []).map(String);
    return { id: id ?? "", kind: kind ?? "", url: url ?? "", title: title ?? "", summary: summary ?? "", place: place ?? "" };
  });
  return { digest, items };
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(payload));
  } catch (reason) {
    throw new Unreadable("damaged");
  }
}
