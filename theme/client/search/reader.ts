// Shards flow in as they are needed, answers flow out: the index of one language, read in the browser.

import { Bytes, nameOf, Unreadable } from "./bytes";
import { type Chosen, counted, type Counts, narrowed, Narrowing } from "./facets";
import { backwards, ends, exchanged, NEAR_FORMS, NEAR_WORDS, slips } from "./near";
import { BEGINNING_FORMS, type Meant, order, type Plan, plan, score, strange } from "./rank";
import * as shards from "./shards";
import { allOf, parseQuery, type Query, whole } from "./words";

/** Below this many documents all forms are in one shard, and all of them are compared with a word that is unknown. */
export const SMALL = 1000;

/** Files that browsers ask a host for at one time, over HTTP/1.1. */
const AT_ONCE = 6;

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
 * `forms` are the folded words that were looked for, as far as they are known, and `found` tells whether one is among them. */
export interface Results {
  readonly query: string;
  readonly total: number;
  readonly complete: number;
  readonly hits: readonly Hit[];
  readonly unknown: readonly string[];
  readonly meant: readonly Meant[];
  readonly narrowed: boolean;
  readonly counts: (facets: readonly string[]) => Promise<Counts>;
  readonly forms: ReadonlySet<string>;
  readonly found: (form: string) => boolean;
}

/** The payload of the shard "h", "d/3", "p/0", … */
export type Load = (shard: string) => Promise<Uint8Array>;

/** What tells which forms were meant (nearest.ts), when it is needed. */
export type Nearest = () => Promise<(word: string, forms: Iterable<shards.Form>) => readonly shards.Form[]>;

/** What fails before somebody waits for it is told to whoever does, and to nobody else. */
function handled<T>(waiting: Promise<T>): Promise<T> {
  waiting.catch(() => undefined);
  return waiting;
}

export class Reader {
  private readonly dictionaries: Record<Sort, Map<number, Promise<readonly shards.Form[]>>> = { d: new Map(), n: new Map() };
  private readonly words = new Map<number, Promise<shards.Words>>();
  private readonly documents = new Map<number, Promise<readonly shards.Shown[]>>();

  /** The facets of the index. */
  readonly facets: Narrowing;

  private constructor(
    private readonly load: Load,
    private readonly nearest: Nearest,
    private readonly header: shards.Header,
  ) {
    this.facets = new Narrowing(header, (number) => load(`f/${number}`), async (place) => (await this.numbered(place)).stems);
  }

  static async open(load: Load, nearest: Nearest): Promise<Reader> {
    return new Reader(load, nearest, shards.readHeader(await load("h")));
  }

  /** Without `near` unknown words are not replaced. Of the facets in which values are chosen, each must hold; a query
   * without words then finds all documents of which that is so. Of a larger site `early` is told the answer as soon as the first hits
   * are there, with these alone. */
  async search(text: string, limit = 10, near = true, chosen: Chosen = new Map(), early?: (some: Results) => void): Promise<Results> {
    const asked = parseQuery(text);
    const narrowing = handled(this.narrowing(chosen));
    // Of a small site all documents are in one file: it may come beside the postings. What fails is asked for again below.
    if (this.isSmall && this.header.documents) void handled(this.document(0));
    // A name that is the whole query is mostly called as it is typed: so it comes beside the words.
    void handled(this.called(whole(allOf(asked))));
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
    const rows = ordered.slice(0, limit).map(async (document) => ({
      ...(await this.document(document)),
      number: document,
      named: [...scored.named.values()].some((members) => members.has(document)),
      score: scored.scores.get(document) ?? 0,
    }));
    const hits = handled(Promise.all(rows));
    const { unknown, meant } = wanted;
    const counts = async (facets: readonly string[]) => {
      const members = facets.map(async (facet) => [facet, await this.facets.members(facet)] as const);
      return new Map((await Promise.all(members)).map(([facet, values]) => [facet, counted(all, having, facet, values)]));
    };
    const forms = await this.formsOf(new Set(looked));
    const told = { query: text, total: ordered.length, complete, unknown, meant, narrowed: all.size > left.size, counts, forms, found: (form: string) => forms.has(form) };
    if (early && !this.isSmall) early({ ...told, hits: await Promise.all(rows.slice(0, AT_ONCE)) });
    return { ...told, hits: await hits };
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
    const meant = unknown.slice(0, NEAR_WORDS).map(async (word) => {
      const [nearest, forms] = await Promise.all([this.nearest(), this.like(word)]);
      return [word, nearest(word, forms)] as const;
    });
    return plan(asked, exact, begun, new Map(await Promise.all(meant)));
  }

  private async form(word: string): Promise<shards.Form | undefined> {
    return (await this.shard(word)).forms.find((one) => one.text === word);
  }

  /** The forms that may be near a word. */
  private async like(word: string): Promise<readonly shards.Form[]> {
    if (this.isSmall) return (await this.numbered(0)).forms;
    const { beginning, ending } = ends(word);
    const other = exchanged(word);
    const [begun, ended, turned] = await Promise.all([
      this.beginningWith("d", beginning, NEAR_FORMS),
      this.beginningWith("n", ending, NEAR_FORMS),
      other && this.form(other),
    ]);
    return [...begun, ...ended, ...(turned ? [turned] : [])];
  }

  /** The documents of which a name has this key. */
  private async called(key: string): Promise<ReadonlySet<number>> {
    if (!key || !this.header.weights.includes(0)) return new Set();
    const found = (await this.shard(key)).stems.get(key) ?? new Map<number, readonly shards.Posting[]>();
    return new Set([...found.values()].flatMap((postings) => postings.map((posting) => posting.document)));
  }

  /** Of sort "n" the forms that end so, read backwards. */
  private async beginningWith(sort: Sort, beginning: string, most: number): Promise<shards.Form[]> {
    const found: shards.Form[] = [];
    const turned = TURNED[sort];
    const { postings, dictionary, near } = this.header;
    // Where all that begins so is in one shard of words, the dictionary has no more to tell, and that shard is asked for anyway.
    const isThere = sort === "d" && !postings[shards.shardOf(postings, beginning) + 1]?.startsWith(beginning);
    const firsts = isThere ? postings : sort === "n" ? near : dictionary;
    const read = (payload: Uint8Array) => shards.readDictionary(payload, turned);
    for (let place = shards.shardOf(firsts, beginning); place < firsts.length && found.length < most; place++) {
      const forms = isThere ? (await this.numbered(place)).forms : await this.once(this.dictionaries[sort], sort, place, read, "", firsts);
      found.push(...forms.filter((form) => turned(form.text).startsWith(beginning)));
      if (!firsts[place + 1]?.startsWith(beginning)) break;
    }
    return found.slice(0, most);
  }

  private async formsOf(stems: ReadonlySet<string>): Promise<Set<string>> {
    const { d, n } = this.dictionaries;
    const words = [...this.words.values()].map(async (one) => (await one).forms);
    const known = await Promise.all([...d.values(), ...n.values(), ...words]);
    return new Set(known.flat().filter((form) => stems.has(form.stem)).map((form) => form.text));
  }

  private async stem(stem: string): Promise<shards.Stem> {
    const found = (await this.shard(stem)).stems.get(stem);
    if (!found) throw new Unreadable("mismatch");
    return found;
  }

  /** The forms and stems among which `word` is, if it is one. */
  private shard(word: string): Promise<shards.Words> {
    return this.numbered(shards.shardOf(this.header.postings, word));
  }

  /** The forms and stems in one shard. */
  private numbered(number: number): Promise<shards.Words> {
    const { documents, postings, digests } = this.header;
    return this.once(this.words, "p", number, (payload) => shards.readPostings(payload, documents), digests.p, postings);
  }

  private get isSmall(): boolean {
    return this.header.documents < SMALL;
  }

  private async document(number: number): Promise<shards.Shown> {
    const shard = Math.floor(number / this.header.shown);
    const documents = await this.once(this.documents, "t", shard, shards.readDocuments, this.header.digests.t);
    const found = documents[number % this.header.shown];
    if (!found) throw new Unreadable("damaged");
    return found;
  }

  /** Each shard is read once; one that failed is asked for again the next time. Where `firsts` are told, it is called by its first
   * word, and must reach from where the header says to where it says. */
  private once<T>(
    known: Map<number, Promise<T>>,
    sort: string,
    number: number,
    read: (payload: Uint8Array) => shards.Shard<T>,
    digest = "",
    firsts?: readonly string[],
  ): Promise<T> {
    const before = known.get(number);
    if (before) return before;
    const [first = "", until = ""] = firsts?.slice(number) ?? [];
    const items = this.load(`${sort}/${firsts ? nameOf(first) : number}`).then((payload) => {
      // First of all: what is of another age may not even be readable.
      if (digest && new Bytes(payload).digest() !== digest) throw new Unreadable("mismatch");
      const { items, span } = read(payload);
      if (firsts && (span?.first !== first || span.until !== until)) throw new Unreadable("mismatch");
      return items;
    });
    known.set(number, items);
    items.catch(() => known.delete(number));
    return items;
  }
}
