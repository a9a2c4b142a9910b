// Results of which no shown word is marked flow in, why each was found flows out: by a name of one of its words in another language,
// say. Loaded when there is such a result, and then those names of words that begin with the letters of what was looked for.

import { say } from "../base/say";
import type { Facet, Narrowing } from "./facets";
import type { Hit, Results } from "./reader";

/** Facet → value → language → its label ("" where there is none, or it is in another part) and its other names. */
type Names = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;

/** `parts` are those in which the names lie: "" for all, else one or two letters with which a word of theirs begins, or "_" for letters that
 * are none of ASCII. `addScript` takes what follows `static/` in an address. */
export interface Tools {
  readonly narrowing: Narrowing;
  readonly cut: (text: string) => string[];
  readonly parts: readonly string[];
  readonly addScript: (path: string) => Promise<void>;
}

/** A name of a value, and how the value is called in the page's language, as far as the parts say so. */
interface Named {
  readonly facet: string;
  readonly value: string;
  readonly language: string;
  readonly name: string;
  readonly label: string;
}

declare global {
  interface Window {
    AUZOLAN_NAMED?: Names[];
    AUZOLAN_WHY?: (tools: Tools) => (results: Results, hits: readonly Hit[]) => Promise<ReadonlyMap<string, string>>;
  }
}

window.AUZOLAN_WHY = ({ narrowing, cut, parts, addScript }) => {
  const here = document.documentElement.lang;
  const asked = new Map<string, Promise<void>>();

  /** Loads the names that may have one of these words. What cannot be loaded explains nothing. */
  async function load(forms: ReadonlySet<string>): Promise<void> {
    const letters = new Set(["", "_", ...[...forms].flatMap((form) => [form.slice(0, 1), form.slice(0, 2)])]);
    const wanted = parts.filter((part) => letters.has(part));
    await Promise.all(wanted.map((part) => {
      const script = asked.get(part) ?? addScript(part ? `named/${part}.js` : "named.js").catch(() => void asked.delete(part));
      asked.set(part, script);
      return script;
    }));
  }

  /** The names that have a word that was looked for, those of the first facets first, each once. */
  function matching(found: Results["found"], facets: readonly string[]): Named[] {
    const all = new Map<string, Named>();
    for (const [facet, values] of (window.AUZOLAN_NAMED ?? []).flatMap((part) => Object.entries(part))) {
      for (const [value, languages] of Object.entries(values)) {
        // The reader's own language first: what it says needs no translation.
        const tags = Object.keys(languages).sort((a, b) => Number(b === here) - Number(a === here));
        for (const language of tags) {
          for (const name of languages[language] ?? []) {
            const label = languages[here]?.[0] ?? "";
            if (cut(name).some(found)) all.set(JSON.stringify([facet, value, language, name]), { facet, value, language, name, label });
          }
        }
      }
    }
    return [...all.values()].sort((a, b) => facets.indexOf(a.facet) - facets.indexOf(b.facet));
  }

  /** Hit → a sentence; those that cannot be explained so have none. */
  async function explained(results: Results, hits: readonly Hit[]): Promise<ReadonlyMap<string, string>> {
    const [listed] = await Promise.all([narrowing.facets(), load(results.forms)]);
    const facets = new Map(listed.map((facet) => [facet.id, facet]));
    const told = new Map<string, string>();
    for (const named of matching(results.found, [...facets.keys()])) {
      const facet = facets.get(named.facet);
      const left = hits.filter((hit) => !told.has(hit.id));
      if (!facet || !left.length) continue;
      const members = await narrowing.having(named.facet, [named.value]);
      const hers = left.filter((hit) => members.has(hit.number));
      if (!hers.length) continue;
      // On a larger site the labels of a facet are a file of some kilobytes.
      const label = named.label || ((await narrowing.values(facet)).find((one) => one.id === named.value)?.label ?? named.value);
      for (const hit of hers) told.set(hit.id, sentence(named, facet, label, here));
    }
    return told;
  }

  // Where a file is missing, the general reason is told.
  return (results, hits) => explained(results, hits).catch(() => new Map<string, string>());
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
