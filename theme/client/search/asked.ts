// The address of a page flows in, what is asked flows out, and back: words, and chosen values of facets.

import type { Chosen } from "./facets";

/** What is asked: the words as they are typed, whether unknown ones may be replaced, the chosen values of facets. */
export interface Asked {
  readonly text: string;
  readonly near: boolean;
  readonly chosen: Chosen;
}

const WORDS = "q";
/** Says: no other words in place of unknown ones. */
const AS_TYPED = "typed";
/** Choices that are read of one address: nobody makes more by hand. */
const MOST = 60;

export function askedIn(search: string): Asked {
  const address = new URLSearchParams(search);
  const chosen = new Map<string, string[]>();
  for (const [facet, value] of [...address].slice(0, MOST)) {
    const values = chosen.get(facet) ?? [];
    if (facet !== WORDS && facet !== AS_TYPED && value && !values.includes(value)) chosen.set(facet, [...values, value]);
  }
  return { text: address.get(WORDS) ?? "", near: !address.has(AS_TYPED), chosen };
}

/** The address, from the question mark on; "" where nothing is asked. */
export function addressOf({ text, near, chosen }: Asked): string {
  const pairs = [...chosen].flatMap(([facet, values]) => values.map((value) => [facet, value] as const));
  const all = [...(text ? [[WORDS, text] as const] : []), ...(text && !near ? [[AS_TYPED, "1"] as const] : []), ...pairs];
  return all.length ? `?${all.map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}` : "";
}

/** The choices with one value more, or without it. */
export function toggled(chosen: Chosen, facet: string, value: string): Chosen {
  const before = chosen.get(facet) ?? [];
  const values = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const others = new Map(chosen);
  if (values.length) others.set(facet, values);
  else others.delete(facet);
  return others;
}

/** Those of the choices that are of facets: an address may hold much else. */
export function among(chosen: Chosen, facets: ReadonlySet<string>): Chosen {
  return new Map([...chosen].filter(([facet]) => facets.has(facet)));
}
