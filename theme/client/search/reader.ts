// Shards flow in as they are needed, answers flow out: the index of one language, read in the browser.

import { Unreadable } from "./bytes";
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
  private readonly postings = new Map<number, Promise<readonly shards.Stem[]>>();
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
        const form = (await this.dictionary(this.shardOf(word))).find((one) => one.text === word);
        if (form) exact.set(word, form);
      }),
    ]);
    const wanted = plan(asked, exact, begun);
    const numbers = [...wanted.boosts.keys()].sort((a, b) => a - b);
    const stems = new Map(await Promise.all(numbers.map(async (number) => [number, await this.stem(number)] as const)));
    const scored = score(this.header, stems, wanted.boosts);
    const { ordered, complete } = order(scored, wanted.groups);
    const hits = await Promise.all(
      ordered.slice(0, limit).map(async (document) => ({
        ...(await this.document(document)),
        score: scored.scores.get(document) ?? 0,
      })),
    );
    const forms = await this.formsOf(new Set(numbers));
    return { total: ordered.length, complete, hits, unknown: wanted.unknown, found: (form) => forms.has(form) };
  }

  /** The dictionary shard that has `word` if any has: the last one whose first form is not after it. */
  private shardOf(word: string): number {
    const after = this.header.dictionary.findIndex((first) => isBefore(word, first));
    return Math.max(0, (after < 0 ? this.header.dictionary.length : after) - 1);
  }

  private async beginningWith(beginning: string): Promise<shards.Form[]> {
    const found: shards.Form[] = [];
    for (let shard = this.shardOf(beginning); found.length < BEGINNING_FORMS; shard++) {
      const forms = await this.dictionary(shard);
      found.push(...forms.filter((form) => form.text.startsWith(beginning)));
      const last = forms[forms.length - 1];
      if (!last || !(last.text.startsWith(beginning) || isBefore(last.text, beginning))) break;
    }
    return found.slice(0, BEGINNING_FORMS);
  }

  private async formsOf(stems: ReadonlySet<number>): Promise<Set<string>> {
    const known = await Promise.all(this.dictionaries.values());
    const forms = new Set<string>();
    for (const form of known.flat()) if (stems.has(form.stem)) forms.add(form.text);
    return forms;
  }

  private dictionary(number: number): Promise<readonly shards.Form[]> {
    if (number >= this.header.dictionary.length) return Promise.resolve([]);
    return this.once(this.dictionaries, number, `d/${number}`, shards.readDictionary, this.header.digests.d);
  }

  private async stem(number: number): Promise<shards.Stem> {
    let shard = 0;
    let place = number - 1;
    for (const count of this.header.postings) {
      if (place < count) break;
      place -= count;
      shard++;
    }
    const stem = (await this.once(this.postings, shard, `p/${shard}`, shards.readPostings, this.header.digests.p))[place];
    if (!stem) throw new Unreadable("damaged");
    return stem;
  }

  private async document(number: number): Promise<shards.Shown> {
    const shard = Math.floor(number / this.header.shown);
    const documents = await this.once(this.documents, shard, `t/${shard}`, shards.readDocuments, this.header.digests.t);
    const found = documents[number % this.header.shown];
    if (!found) throw new Unreadable("damaged");
    return found;
  }

  /** Each shard is read once; one that failed is asked for again the next time. */
  private once<T>(
    known: Map<number, Promise<readonly T[]>>,
    number: number,
    shard: string,
    read: (payload: Uint8Array) => shards.Shard<T>,
    digest: string,
  ): Promise<readonly T[]> {
    const before = known.get(number);
    if (before) return before;
    const items = this.load(shard).then((payload) => {
      const found = read(payload);
      if (found.digest !== digest) throw new Unreadable("mismatch");
      return found.items;
    });
    known.set(number, items);
    items.catch(() => known.delete(number));
    return items;
  }
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
