// Words flow in, entries of this site that have them flow out: from the search files, by the search script, which is loaded when
// somebody first types a name. Where the site has no search, nothing is found and nothing is said.

import type { Results } from "../search/reader";
import { script } from "./load";
import { fold } from "./fold";

export interface Found {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly url: string;
  readonly place: string;
}

let kinds: readonly string[] = [];
let offered = false;

export function searchIn(hasSearch: boolean, known: readonly string[]): void {
  offered = hasSearch;
  kinds = known;
}

export async function entriesLike(text: string, most: number): Promise<readonly Found[]> {
  if (!offered || text.trim().length < 2 || !(await script("static/built/search.js")) || !window.AUZOLAN_SEARCH) return [];
  const answer = await window.AUZOLAN_SEARCH(text.slice(0, 200), 20).catch((): Results | undefined => undefined);
  const found = (answer?.hits ?? []).filter((hit) => kinds.includes(hit.kind));
  return found.slice(0, most).map((hit) => ({ id: hit.id, kind: hit.kind, name: hit.title, url: hit.url, place: hit.place }));
}

/** Whether two names may be those of one thing: they share a word of some length, or begin alike. */
export function alike(one: string, other: string): boolean {
  const [first, second] = [fold(one), fold(other)];
  if (second.startsWith(first) || first.startsWith(second)) return true;
  const words = new Set(second.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3));
  const shared = first.split(/[^\p{L}\p{N}]+/u).filter((word) => words.has(word)).length;
  return shared > 0 && shared * 2 >= Math.min(words.size, first.split(" ").length);
}
