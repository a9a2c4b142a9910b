// Shards flow in as they are needed, answers flow out: the index of one language, read in the browser.

import { Bytes, Unreadable } from "./bytes";
import { type Chosen, counted, type Counts, narrowed, Narrowing } from "./facets";
import { backwards, ends, exchanged, nearest, NEAR_FORMS, NEAR_WORDS, slips } from "./near";
import { BEGINNING_FORMS, type Meant, order, type Plan, plan, score, strange } from "./rank";
import * as shards from "./shards";
import { allOf, isBefore, parseQuery, type Query } from "./words";

/** Below this many documents all forms are in one shard, and all of them are compared with a word that is unknown. */
export const SMALL = 1000;

/** Dictionary, and forms read backwards. */
type Sort = "d" | "n";
const TURNED = { d: (word: string) => word, n: backwards };

/** `named` says whether a name of it has a word that was looked for. */
export interface Hit extends shards.Shown {
  readonly number: number;
  readonly named: boolean;
  readonly score: number;
}

/** `total` documents have some known word, `complete` of them all; for each word in `meant` other forms were looked for;
 * `narrowed` says whether choices left something out; `counts` tells of any facets how many there would be with each value;
 * `found` tells whether a folded word was looked for. */
export interface Results {
  readonly query: string;
  readonly total: number;
  readonly complete: number;
  readonly hits: readonly Hit[];
  readonly unknown: readonly string[];
  readonly meant: readonly Meant[];
  readonly narrowed: boolean;
  readonly counts: (facets: readonly string[]) => Promise<Counts>;
  readonly found: (form: string) => boolean;
}

/** The payload of the shard "h", "d/3", "p/0", … */
export type Load = (shard: string) => Promise<Uint8Array>;

export class Reader {
  private readonly dictionaries: Record<Sort, Map<number, Promise<readonly shards.Form[]>>> = { d: new Map(), n: new Map() };
  private readonly postings = new Map<number, Promise<ReadonlyMap<string, shards.Stem>>>();
  private readonly documents = new Map<number, Promise<readonly shards.Shown[]>>();

  /** The facets of the index. */
  readonly facets: Narrowing;

  private constructor(
    private readonly load: Load,
    private readonly header: shards.Header,
  ) {
    this.facets = new Narrowing(header, (number) => load(`f/${number}`), (place) => this.numbered(place));
  }

  static async open(load: Load): Promise<Reader> {
    return new Reader(load, shards.readHeader(await load("h")));
  }

  /** Without `near` unknown words are not replaced. Of the facets in which values are chosen, each must hold; a query
   * without words then finds all documents of which that is so. */
  async search(text: string, limit = 10, near = true, chosen: Chosen = new Map()): Promise<Results> {
    const asked = parseQuery(text);
    const narrowing = this.narrowing(chosen);
    // Of a small site all documents are in one file: it may come beside the postings. What fails is asked for again below.
    if (!this.header.postings.length && this.header.documents) void this.document(0).catch(() => undefined);
    const wanted = await this.plan(asked, near);
    const looked = [...wanted.boosts.keys()];
    const [called, ...found] = await Promise.all([
      this.called(wanted.key),
      ...looked.map(async (stem) => [stem, await this.stem(stem)] as const),
    ]);
    const scored = score(this.header, new Map(found), wanted.boosts);
    const having = await narrowing;
    const every = allOf(asked).length ? [] : Array.from({ length: this.header.documents }, (_, document) => document);
    const all = new Set([...scored.scores.keys(), ...called, ...every]);
    const left = narrowed(having.size || !every.length ? all : [], [...having.values()]);
    const scores = new Map([...left].map((document) => [document, scored.scores.get(document) ?? 0]));
    const exact = new Set([...called].filter((document) => left.has(document)));
    const { ordered, complete } = order({ ...scored, scores }, wanted.groups, exact);
    const hits = await Promise.all(
      ordered.slice(0, limit).map(async (document) => ({
        ...(await this.document(document)),
        number: document,
        named: [...scored.named.values()].some((members) => members.has(document)),
        score: scored.scores.get(document) ?? 0,
      })),
    );
    const forms = await this.formsOf(new Set(looked));
    const { unknown, meant } = wanted;
    const counts = async (facets: readonly string[]) => {
      const members = facets.map(async (facet) => [facet, await this.facets.members(facet)] as const);
      return new Map((await Promise.all(members)).map(([facet, values]) => [facet, counted(all, having, facet, values)]));
    };
    return { query: text, total: ordered.length, complete, hits, unknown, meant, narrowed: all.size > left.size, counts, found: (form) => forms.has(form) };
  }

  /** The documents of each facet in which something is chosen. */
  private async narrowing(chosen: Chosen): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
    const asked = [...chosen].filter(([, values]) => values.length);
    return new Map(await Promise.all(asked.map(async ([facet, values]) => [facet, await this.facets.having(facet, values)] as const)));
  }

  private async plan(asked: Query, near: boolean): Promise<Plan> {
    const exact = new Map<string, shards.Form>();
    const [begun] = await Promise.all([
      asked.beginning ? this.beginningWith("d", asked.beginning, BEGINNING_FORMS) : [],
      ...allOf(asked).map(async (word) => {
        const form = await this.form(word);
        if (form) exact.set(word, form);
      }),
    ]);
    const unknown = near ? strange(asked, exact, begun).filter((word) => slips(word) > 0) : [];
    const meant = unknown.slice(0, NEAR_WORDS).map(async (word) => [word, nearest(word, await this.like(word))] as const);
    return plan(asked, exact, begun, new Map(await Promise.all(meant)));
  }

  private async form(word: string): Promise<shards.Form | undefined> {
    return (await this.dictionary("d", shards.shardOf(this.header.dictionary, word))).find((one) => one.text === word);
  }

  /** The forms that may be near a word. */
  private async like(word: string): Promise<readonly shards.Form[]> {
    if (this.header.documents < SMALL) return this.dictionary("d", 0);
    const { beginning, ending } = ends(word);
    const [begun, ended, other] = await Promise.all([
      this.beginningWith("d", beginning, NEAR_FORMS),
      this.beginningWith("n", ending, NEAR_FORMS),
      this.form(exchanged(word)),
    ]);
    return [...begun, ...ended, ...(other ? [other] : [])];
  }

  /** The documents of which a name has this key. */
  private async called(key: string): Promise<ReadonlySet<number>> {
    if (!key || !this.header.weights.includes(0)) return new Set();
    const found = (await this.shard(key)).get(key) ?? new Map<number, readonly shards.Posting[]>();
    return new Set([...found.values()].flatMap((postings) => postings.map((posting) => posting.document)));
  }

  /** Of sort "n" the forms that end so, read backwards. */
  private async beginningWith(sort: Sort, beginning: string, most: number): Promise<shards.Form[]> {
    const key = (form: shards.Form) => TURNED[sort](form.text);
    const found: shards.Form[] = [];
    for (let shard = shards.shardOf(this.firsts(sort), beginning); found.length < most; shard++) {
      const forms = await this.dictionary(sort, shard);
      found.push(...forms.filter((form) => key(form).startsWith(beginning)));
      const last = forms[forms.length - 1];
      if (!last || !(key(last).startsWith(beginning) || isBefore(key(last), beginning))) break;
    }
    return found.slice(0, most);
  }

  private async formsOf(stems: ReadonlySet<string>): Promise<Set<string>> {
    const known = await Promise.all([...this.dictionaries.d.values(), ...this.dictionaries.n.values()]);
    const forms = new Set<string>();
    for (const form of known.flat()) if (stems.has(form.stem)) forms.add(form.text);
    return forms;
  }

  private firsts(sort: Sort): readonly string[] {
    return sort === "n" ? this.header.near : this.header.dictionary;
  }

  private dictionary(sort: Sort, number: number): Promise<readonly shards.Form[]> {
    const firsts = this.firsts(sort);
    if (number >= firsts.length) return Promise.resolve([]);
    const read = (payload: Uint8Array) => shards.readDictionary(payload, TURNED[sort]);
    return this.once(this.dictionaries[sort], number, `${sort}/${this.nameOf(firsts[number])}`, read, spanOf(firsts, number));
  }

  private async stem(stem: string): Promise<shards.Stem> {
    const found = (await this.shard(stem)).get(stem);
    if (!found) throw new Unreadable("mismatch");
    return found;
  }

  /** The postings among which those of `stem` are, if there are any. */
  private async shard(stem: string): Promise<ReadonlyMap<string, shards.Stem>> {
    return this.numbered(shards.shardOf(this.header.postings, stem));
  }

  /** The postings in one shard. */
  private async numbered(number: number): Promise<ReadonlyMap<string, shards.Stem>> {
    const firsts = this.header.postings;
    const expected = { ...spanOf(firsts, number), digest: this.header.digests.p };
    const unnamed = firsts.length ? [] : shards.stemsOf(await this.dictionary("d", 0));
    const read = (payload: Uint8Array) => {
      const found = shards.readPostings(payload, unnamed);
      return firsts.length ? found : { ...found, first: "" };
    };
    return this.once(this.postings, number, `p/${this.nameOf(firsts[number])}`, read, expected);
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

/** From which word the shard reaches, and up to which. */
function spanOf(firsts: readonly string[], number: number): { first: string; until: string } {
  return { first: firsts[number] ?? "", until: firsts[number + 1] ?? "" };
}
