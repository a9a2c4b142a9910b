// A name in any script flows in; an ASCII slug flows out, the same as intake/slugs.py proposes. The letters come from tables of
// 4,096 code points that are loaded when a name needs them (static/built/ascii/, made by theme/client/ascii.mjs of any-ascii).

import { checksum } from "./checksum";
import { isSlug, SLUG_MAX } from "./check/known";

export type Table = readonly string[];

export const tableOf = (code: number): number => code >>> 12;

/** The tables that a name needs, by number. */
export function tablesFor(name: string): number[] {
  const codes = Array.from(name.normalize("NFKC"), (sign) => sign.codePointAt(0)!);
  return [...new Set(codes.filter((code) => code > 0x7f).map(tableOf))];
}

export function ascii(name: string, tables: ReadonlyMap<number, Table>): string {
  return Array.from(name.normalize("NFKC"), (sign) => {
    const code = sign.codePointAt(0)!;
    return code <= 0x7f ? sign : (tables.get(tableOf(code))?.[code & 0xfff] ?? "");
  }).join("");
}

/** The slug of a name of ASCII letters; "entry" where it has none. */
export function slugOf(plain: string, taken: (slug: string) => boolean = () => false): string {
  const words = plain.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  let slug = "";
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word;
    if (longer.length > SLUG_MAX - 4) break;
    slug = longer;
  }
  slug = slug || words.join("").slice(0, SLUG_MAX - 4) || "entry";
  let candidate = slug;
  for (let number = 2; taken(candidate) || !isSlug(candidate); number++) candidate = `${slug}-${number}`;
  return candidate;
}

/** The number of the script, of `count`, in which the text of an entry's file lies: by the checksum that zlib has too, as in
 * plugins/auzolan/render/form/texts.py. */
export function scriptOf(slug: string, count: number): number {
  return checksum(slug) % count;
}
