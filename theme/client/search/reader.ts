// Shards flow in as they are needed, answers flow out: the index of one language, read in the browser.

import { Bytes, Unreadable } from "./bytes";
import { BEGINNING_FORMS, order, plan, score } from "./rank";
import * as shards from "./shards";
import { parseQuery } from "./words";

export interface Hit extends shards.Shown {
  readonly score: number;
}

/** `total` documents have some known word, `complete` of them all; `found` tells whether a folded word was looked for. */
export interface Results {
  readonly total: number;
  readonly complete: number;
  readonly hits: readonly Hit[];
  readonly unknown: readonly string[];
  readonly found: (form: string) => boolean;
}

/** The payload of the shard "h", "d/3", "p/0", … */
export type Load = (shard: string) => Promise<Uint8Array>;

export class Reader {
  private readonly dictionaries = new Map<number, Promise<readonly shards.Form[]>>();
  private readonly postings = new Map<number, Promise<ReadonlyMap<string, shards.Stem>>>();
  private readonly documents = new Map<number, Promise<readonly shards.Shown[]>>();

  private constructor(
    private readonly load: Load,
    private readonly header: shards.Header,
  ) {}

  static async open(load: Load): Promise<Reader> {
    return new Reader(load, shards.readHeader(await load("h")));
  }

  async search(text: string, limit = 10): Promise<Results> {
    const asked = parseQuery(text);
    const words = [...asked.words, ...(asked.beginning ? [asked.beginning] : [])];
    const exact = new Map<string, shards.Form>();
    const [begun] = await Promise.all([
      asked.beginning ? this.beginningWith(asked.beginning) : [],
      ...words.map(async (word) => {
        const form = (await this.dictionary(shardOf(this.header.dictionary, word))).find((one) => one.text === word);
        if (form) exact.set(word, form);
      }),
    ]);
    const wanted = plan(asked, exact, begun);
    const looked = [...wanted.boosts.keys()];
    const stems = new Map(await Promise.all(looked.map(async (stem) => [stem, await this.stem(stem)] as const)));
    const scored = score(this.header, stems, wanted.boosts);
    const { ordered, complete } = order(scored, wanted.groups);
    const hits = await Promise.all(
      ordered.slice(0, limit).map(async (document) => ({
        ...(await this.document(document)),
        score: scored.scores.get(document) ?? 0,
      })),
    );
    const forms = await this.formsOf(new Set(looked));
    return { total: ordered.length, complete, hits, unknown: wanted.unknown, found: (form) => forms.has(form) };
  }

  private async beginningWith(beginning: string): Promise<shards.Form[]> {
    const found: shards.Form[] = [];
    for (let shard = shardOf(this.header.dictionary, beginning); found.length < BEGINNING_FORMS; shard++) {
      const forms = await this.dictionary(shard);
      found.push(...forms.filter((form) => form.text.startsWith(beginning)));
      const last = forms[forms.length - 1];
      if (!last || !(last.text.startsWith(beginning) || isBefore(last.text, beginning))) break;
    }
    return found.slice(0, BEGINNING_FORMS);
  }

  private async formsOf(stems: ReadonlySet<string>): Promise<Set<string>> {
    const known = await Promise.all(this.dictionaries.values());
    const forms = new Set<string>();
    for (const form of known.flat()) if (stems.has(form.stem)) forms.add(form.text);
    return forms;
  }

  private dictionary(number: number): Promise<readonly shards.Form[]> {
    const firsts = this.header.dictionary;
    if (number >= firsts.length) return Promise.resolve([]);
    return this.once(this.dictionaries, number, `d/${this.nameOf(firsts[number])}`, shards.readDictionary, spanOf(firsts, number));
  }

  private async stem(stem: string): Promise<shards.Stem> {
    const firsts = this.header.postings;
    const number = shardOf(firsts, stem);
    const expected = { ...spanOf(firsts, number), digest: this.header.digests.p };
    const unnamed = firsts.length ? [] : shards.stemsOf(await this.dictionary(0));
    const read = (payload: Uint8Array) => shards.readPostings(payload, unnamed);
    const found = (await this.once(this.postings, number, `p/${this.nameOf(firsts[number])}`, read, expected)).get(stem);
    if (!found) throw new Unreadable("mismatch");
    return found;
  }

  /** What a shard is called; a small site has one of each sort. */
  private nameOf(first = ""): number {
    return this.header.postings.length ? shards.nameOf(first) : 0;
  }

  private async document(number: number): Promise<shards.Shown> {
    const shard = Math.floor(number / this.header.shown);
    const documents = await this.once(this.documents, shard, `t/${shard}`, shards.readDocuments, { digest: this.header.digests.t });
    const found = documents[number % this.header.shown];
    if (!found) throw new Unreadable("damaged");
    return found;
  }

  /** Each shard is read once; one that failed is asked for again the next time. */
  private once<T>(
    known: Map<number, Promise<T>>,
    number: number,
    shard: string,
    read: (payload: Uint8Array) => shards.Shard<T>,
    expected: { first?: string; until?: string; digest?: string },
  ): Promise<T> {
    const before = known.get(number);
    if (before) return before;
    const items = this.load(shard).then((payload) => {
      // First of all: what is of another age may not even be readable.
      if (expected.digest && new Bytes(payload).digest() !== expected.digest) throw new Unreadable("mismatch");
      const { items, first, until } = read(payload);
      if (first !== expected.first || until !== expected.until) throw new Unreadable("mismatch");
      return items;
    });
    known.set(number, items);
    items.catch(() => known.delete(number));
    return items;
  }
}

/** The shard that has `word` if any has: the last one whose first word is not after it. */
function shardOf(firsts: readonly string[], word: string): number {
  const after = firsts.findIndex((first) => isBefore(word, first));
  return Math.max(0, (after < 0 ? firsts.length : after) - 1);
}

/** From which word the shard reaches, and up to which. */
function spanOf(firsts: readonly string[], number: number): { first: string; until: string } {
  return { first: firsts[number] ?? "", until: firsts[number + 1] ?? "" };
}

/** Whether `a` comes before `b` in the order of code points (JavaScript compares UTF-16 units). */
export function isBefore(a: string, b: string): boolean {
  const left = Array.from(a);
  const right = Array.from(b);
  const at = left.findIndex((letter, place) => letter !== right[place]);
  if (at < 0) return left.length < right.length;
  const other = right[at];
  return other !== undefined && (left[at]?.codePointAt(0) ?? 0) < (other.codePointAt(0) ?? 0);
}
