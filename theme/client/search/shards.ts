// Payloads of shards flow in, header, forms, postings and documents flow out (the other side is index/shards.py).

import { Bytes, Unreadable } from "./bytes";

export interface Header {
  readonly documents: number;
  readonly weights: readonly number[];
  readonly lengths: readonly number[];
  readonly dictionary: readonly string[];
  readonly postings: readonly number[];
  readonly shown: number;
  readonly digests: { readonly d: string; readonly p: string; readonly t: string };
}

/** A folded word in use: the number of its stem (0: a stop word) and the size class of that stem. */
export interface Form {
  readonly text: string;
  readonly stem: number;
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

/** What a shard holds, and the digest of the numbering it was made for. */
export interface Shard<T> {
  readonly digest: string;
  readonly items: readonly T[];
}

const utf8 = new TextDecoder();

export function readHeader(payload: Uint8Array): Header {
  const header = parse(payload) as Header | null;
  const lists = [header?.weights, header?.lengths, header?.dictionary, header?.postings];
  if (!header || !lists.every(Array.isArray) || typeof header.digests !== "object") throw new Unreadable("damaged");
  return header;
}

export function readDictionary(payload: Uint8Array): Shard<Form> {
  const data = new Bytes(payload);
  const digest = data.digest();
  const count = data.number();
  const shared = data.numbers(count);
  const own = data.numbers(count);
  let before = new Uint8Array(0);
  const texts = shared.map((same, place) => {
    const more = data.take(own[place] ?? 0);
    const word = new Uint8Array(same + more.length);
    word.set(before.subarray(0, same));
    word.set(more, same);
    before = word;
    return utf8.decode(word);
  });
  let stem = 0;
  const stems = texts.map(() => (stem += data.signed()));
  const sizes = data.take(count);
  return { digest, items: texts.map((text, place) => ({ text, stem: stems[place] ?? 0, size: sizes[place] ?? 0 })) };
}

export function readPostings(payload: Uint8Array): Shard<Stem> {
  const data = new Bytes(payload);
  const digest = data.digest();
  const frequencies: number[] = [];
  const lengths: number[] = [];
  for (let left = data.number(); left > 0; left--) {
    frequencies.push(data.number());
    lengths.push(data.number());
  }
  const items: Stem[] = [];
  for (let left = data.number(); left > 0; left--) {
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
    items.push(stem);
  }
  return { digest, items };
}

export function readDocuments(payload: Uint8Array): Shard<Shown> {
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
