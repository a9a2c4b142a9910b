// A query and its forms flow in, the stems to look for flow out; scores flow in, the order of the hits flows out. What a
// query means is said once, at the top of plugins/auzolan/index/rank.py; tests/vectors/answers.json holds the two together.

import type { Form, Stem } from "./shards";
import { allOf, type Query, whole } from "./words";

const K1 = 1.2;
const B = 0.75;
export const BEGINNING_BOOST = 0.5;
/** Of words that begin with a word that is known itself. */
export const LONGER_BOOST = 0.05;
export const BEGINNING_FORMS = 4096;
export const BEGINNING_STEMS = 24;
export const NEAR_BOOST = 0.5;
/** Texts of this weight or more are names. */
export const NAME_WEIGHT = 8;

/** What was looked for in place of a word, the likeliest first. */
export type Meant = readonly [word: string, forms: readonly string[]];

/** One set of stems for each known word, the boost of every stem, in the order in which scores
 * are added up, the words that nothing uses, those that others stand for, and the key of a name that is the whole query. */
export interface Plan {
  readonly groups: readonly ReadonlySet<string>[];
  readonly boosts: ReadonlyMap<string, number>;
  readonly unknown: readonly string[];
  readonly meant: readonly Meant[];
  readonly key: string;
}

/** The words that are unknown, each once. */
export function strange(query: Query, exact: ReadonlyMap<string, Form>, beginning: readonly Form[]): string[] {
  const begun = exact.has(query.beginning) || likely(beginning).size > 0;
  return [...new Set(begun ? query.words : allOf(query))].filter((word) => !exact.has(word));
}

export function plan(
  query: Query,
  exact: ReadonlyMap<string, Form>,
  beginning: readonly Form[],
  near: ReadonlyMap<string, readonly Form[]>,
): Plan {
  const groups: Set<string>[] = [];
  const boosts = new Map<string, number>();
  const wanted = (stem: string, boost: number) => boosts.set(stem, (boosts.get(stem) ?? 0) + boost);
  const unknown = strange(query, exact, beginning);
  for (const word of query.words) {
    const form = exact.get(word);
    if (!form?.stem) continue;
    groups.push(new Set([form.stem]));
    wanted(form.stem, 1);
  }
  const last = exact.get(query.beginning);
  if (query.beginning && !unknown.includes(query.beginning) && last?.stem !== "") {
    const stems = likely(beginning);
    if (last) {
      stems.add(last.stem);
      wanted(last.stem, 1);
    }
    groups.push(stems);
    stems.forEach((stem) => boosts.has(stem) || boosts.set(stem, last ? LONGER_BOOST : BEGINNING_BOOST));
  }
  const all = allOf(query);
  const meant = new Map([...near].filter(([, forms]) => forms.length));
  for (const [word, forms] of meant) {
    groups.push(new Set(forms.map((form) => form.stem)));
    const times = all.filter((one) => one === word).length;
    forms.forEach((form, place) => wanted(form.stem, times * (place ? NEAR_BOOST : 1)));
  }
  return {
    groups,
    boosts,
    unknown: unknown.filter((word) => !meant.has(word)),
    meant: [...meant].map(([word, forms]) => [word, forms.map((form) => form.text)] as const),
    key: whole(all.map((word) => meant.get(word)?.[0]?.text ?? word)),
  };
}

function likely(beginning: readonly Form[]): Set<string> {
  const sizes = new Map<string, number>();
  for (const form of beginning.slice(0, BEGINNING_FORMS)) if (form.stem) sizes.set(form.stem, form.size);
  const sorted = [...sizes].sort(([, large], [, small]) => small - large);
  return new Set(sorted.slice(0, BEGINNING_STEMS).map(([stem]) => stem));
}

type Members = ReadonlyMap<string, ReadonlySet<number>>;

/** Documents with their scores, the documents of each stem, and those that have it in their names. */
export interface Scores {
  readonly scores: ReadonlyMap<number, number>;
  readonly members: Members;
  readonly named: Members;
}

export interface Fields {
  readonly documents: number;
  readonly weights: readonly number[];
  readonly lengths: readonly number[];
}

/** Whoosh's BM25F with our own idf, over `stems`, which come in the order of the boosts: the sums must be made in one order. */
export function score(fields: Fields, stems: ReadonlyMap<string, Stem>, boosts: ReadonlyMap<string, number>): Scores {
  const scores = new Map<number, number>();
  const members = new Map<string, Set<number>>();
  const named = new Map<string, Set<number>>();
  for (const [word, stem] of stems) {
    const found = new Set([...stem.values()].flatMap((postings) => postings.map(({ document }) => document)));
    const idf = Math.log(1 + (fields.documents - found.size + 0.5) / (found.size + 0.5));
    const inNames = new Set<number>();
    for (const [field, postings] of stem) {
      const average = (fields.lengths[field] ?? 0) / fields.documents || 1;
      for (const { document, frequency, length } of postings) {
        // Whoosh keeps the weight of a posting as a 32-bit float.
        const weight = Math.fround(frequency * (fields.weights[field] ?? 0));
        const bm25 = idf * ((weight * (K1 + 1)) / (weight + K1 * (1 - B + (B * length) / average)));
        scores.set(document, (scores.get(document) ?? 0) + bm25 * (boosts.get(word) ?? 0));
        if ((fields.weights[field] ?? 0) >= NAME_WEIGHT) inNames.add(document);
      }
    }
    members.set(word, found);
    named.set(word, inNames);
  }
  return { scores, members, named };
}

/** The documents in the order of the hits, and how many of them have every known word; a name of those in `exact` is the
 * whole query. */
export function order(found: Scores, groups: Plan["groups"], exact: ReadonlySet<number>): { ordered: number[]; complete: number } {
  const has = (members: Members, document: number) =>
    groups.every((group) => [...group].some((stem) => members.get(stem)?.has(document)));
  const entries = [...new Set([...found.scores.keys(), ...exact])].map((document) => ({
    document,
    near: Math.floor((found.scores.get(document) ?? 0) * 1e9 + 0.5),
    // 3: a name is the query, 2: names have all words, 1: the texts do
    place: exact.has(document) ? 3 : groups.length && has(found.named, document) ? 2 : Number(has(found.members, document)),
  }));
  entries.sort((a, b) => b.place - a.place || b.near - a.near || a.document - b.document);
  return { ordered: entries.map((entry) => entry.document), complete: entries.filter((entry) => entry.place > 0).length };
}
