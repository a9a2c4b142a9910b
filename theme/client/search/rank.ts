// A query and its forms flow in, the stems to look for flow out; scores flow in, the order of the hits flows out. What a
// query means is said once, at the top of plugins/auzolan/index/rank.py; tests/vectors/answers.json holds the two together.

import type { Form, Stem } from "./shards";
import type { Query } from "./words";

const K1 = 1.2;
const B = 0.75;
export const BEGINNING_BOOST = 0.5;
export const BEGINNING_FORMS = 4096;
export const BEGINNING_STEMS = 24;

/** One set of stems for each known word, the boost of every stem, in the order in which scores
 * are added up, and the words that nothing uses. */
export interface Plan {
  readonly groups: readonly ReadonlySet<string>[];
  readonly boosts: ReadonlyMap<string, number>;
  readonly unknown: readonly string[];
}

export function plan(query: Query, exact: ReadonlyMap<string, Form>, beginning: readonly Form[]): Plan {
  const groups: Set<string>[] = [];
  const boosts = new Map<string, number>();
  const unknown: string[] = [];
  for (const word of query.words) {
    const form = exact.get(word);
    if (!form) unknown.push(word);
    else if (form.stem) {
      groups.push(new Set([form.stem]));
      boosts.set(form.stem, 1);
    }
  }
  const last = exact.get(query.beginning);
  if (!query.beginning || last?.stem === "") return { groups, boosts, unknown };
  const stems = likely(beginning);
  if (last) {
    stems.add(last.stem);
    boosts.set(last.stem, 1);
  }
  if (stems.size) groups.push(stems);
  else unknown.push(query.beginning);
  stems.forEach((stem) => boosts.has(stem) || boosts.set(stem, BEGINNING_BOOST));
  return { groups, boosts, unknown };
}

function likely(beginning: readonly Form[]): Set<string> {
  const sizes = new Map<string, number>();
  for (const form of beginning.slice(0, BEGINNING_FORMS)) if (form.stem) sizes.set(form.stem, form.size);
  const sorted = [...sizes].sort(([, large], [, small]) => small - large);
  return new Set(sorted.slice(0, BEGINNING_STEMS).map(([stem]) => stem));
}

/** Documents with their scores, and the documents of each stem. */
export interface Scores {
  readonly scores: ReadonlyMap<number, number>;
  readonly members: ReadonlyMap<string, ReadonlySet<number>>;
}

export interface Fields {
  readonly documents: number;
  readonly weights: readonly number[];
  readonly lengths: readonly number[];
}

/** Whoosh's BM25F over `stems`, which come in the order of the boosts: the sums must be made in one order. */
export function score(fields: Fields, stems: ReadonlyMap<string, Stem>, boosts: ReadonlyMap<string, number>): Scores {
  const scores = new Map<number, number>();
  const members = new Map<string, Set<number>>();
  for (const [word, stem] of stems) {
    const found = new Set<number>();
    for (const [field, postings] of stem) {
      const idf = Math.log(fields.documents / (postings.length + 1)) + 1;
      const average = (fields.lengths[field] ?? 0) / fields.documents || 1;
      for (const { document, frequency, length } of postings) {
        // Whoosh keeps the weight of a posting as a 32-bit float.
        const weight = Math.fround(frequency * (fields.weights[field] ?? 0));
        const bm25 = idf * ((weight * (K1 + 1)) / (weight + K1 * (1 - B + (B * length) / average)));
        scores.set(document, (scores.get(document) ?? 0) + bm25 * (boosts.get(word) ?? 0));
        found.add(document);
      }
    }
    members.set(word, found);
  }
  return { scores, members };
}

/** The documents in the order of the hits, and how many of them have every known word. */
export function order({ scores, members }: Scores, groups: Plan["groups"]): { ordered: number[]; complete: number } {
  const has = (document: number) => groups.every((group) => [...group].some((stem) => members.get(stem)?.has(document)));
  const entries = [...scores].map(([document, sum]) => ({ document, near: Math.floor(sum * 1e9 + 0.5), all: has(document) }));
  entries.sort((a, b) => Number(b.all) - Number(a.all) || b.near - a.near || a.document - b.document);
  return { ordered: entries.map((entry) => entry.document), complete: entries.filter((entry) => entry.all).length };
}
