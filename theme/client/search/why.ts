// Results of which no shown word is marked flow in, why each was found flows out: by a name of one of its words in another language,
// say. Loaded, with the names of words, when there is such a result.

import { say } from "../base/say";
import type { Facet, Narrowing } from "./facets";
import type { Hit, Results } from "./reader";

/** Facet → value → language → its names. */
type Names = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;

export interface Tools {
  readonly narrowing: Narrowing;
  readonly cut: (text: string) => string[];
  readonly names: Names;
}

/** A name of a value, and its words. */
interface Named {
  readonly facet: string;
  readonly value: string;
  readonly language: string;
  readonly name: string;
  readonly words: readonly string[];
}

declare global {
  interface Window {
    AUZOLAN_NAMED?: Names;
    AUZOLAN_WHY?: (tools: Tools) => (results: Results, hits: readonly Hit[]) => Promise<ReadonlyMap<string, string>>;
  }
}

window.AUZOLAN_WHY = ({ narrowing, cut, names }) => {
  const here = document.documentElement.lang;
  const all: Named[] = [];
  for (const [facet, values] of Object.entries(names)) {
    for (const [value, languages] of Object.entries(values)) {
      // The reader's own language first: what it says needs no translation.
      const tags = Object.keys(languages).sort((a, b) => Number(b === here) - Number(a === here));
      for (const language of tags) {
        for (const name of languages[language] ?? []) {
          all.push({ facet, value, language, name, words: cut(name) });
        }
      }
    }
  }

  /** Hit → a sentence; those that cannot be explained so have none. */
  return async (results, hits) => {
    const matching = all.filter(({ words }) => words.some(results.found));
    const facets = new Map((await narrowing.facets()).map((facet) => [facet.id, facet]));
    const told = new Map<string, string>();
    for (const named of matching) {
      const facet = facets.get(named.facet);
      const left = hits.filter((hit) => !told.has(hit.id));
      if (!facet || !left.length) continue;
      const members = await narrowing.having(named.facet, [named.value]);
      const label = (await narrowing.values(facet)).find((one) => one.id === named.value)?.label ?? named.value;
      for (const hit of left) if (members.has(hit.number)) told.set(hit.id, sentence(named, facet, label, here));
    }
    return told;
  };
};

/** Names in the direction in which they are written, whatever stands around them. */
const quoted = (name: string): string => `“\u2068${name}\u2069”`;

function sentence({ name, language }: Named, facet: Facet, label: string, here: string): string {
  const values = { facet: facet.label, label: quoted(label), name: quoted(name), language: nameOf(language, here) };
  if (name === label) return say("Found by {facet}: {label}", values);
  if (language === here) return say("Found by {name}, for {facet}: {label}", values);
  return say("Found by {name} ({language}), for {facet}: {label}", values);
}

function nameOf(language: string, here: string): string {
  const named = (Intl as { DisplayNames?: new (tag: string, how: { type: string }) => { of: (tag: string) => string } }).DisplayNames;
  try {
    return named ? new named(here, { type: "language" }).of(language) : language;
  } catch (reason) {
    return language;
  }
}
