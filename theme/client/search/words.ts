// Text flows in, the words to look for flow out, each with its place in the text. The rules are those of
// plugins/auzolan/index/words.py; tests/vectors/words.json and query.json hold the two together.

import { nameOf } from "./bytes";
import { classOf, DROPPED_RANGES, fold, type Range } from "./fold";

export const WORD_LENGTH = 64;
export const QUERY_LENGTH = 400;
export const QUERY_WORDS = 64;
export const KEYS = 2 ** 36;

export const UNSPACED_RANGES: readonly Range[] = [
  [0x0e00, 0x0eff], [0x1000, 0x109f], [0x1100, 0x11ff], [0x1780, 0x17ff], [0x3005, 0x3007], [0x3040, 0x30ff],
  [0x31f0, 0x31ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xa9e0, 0xa9ff], [0xaa60, 0xaa7f], [0xac00, 0xd7af],
  [0xf900, 0xfaff], [0x20000, 0x3ffff],
];

const WRITTEN = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}${classOf(DROPPED_RANGES)}]*`, "gu");
const FOLDED = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const UNSPACED = new RegExp(`([${classOf(UNSPACED_RANGES)}]+)`, "u");

/** One run of letters: where it begins in the text, in UTF-16 units, and how it is written. */
export interface Spelling {
  readonly start: number;
  readonly written: string;
}

/** What is asked: whole words, and the last word, which may still be being typed ("" if it cannot be). */
export interface Query {
  readonly words: readonly string[];
  readonly beginning: string;
}

export function spellings(text: string): Spelling[] {
  return [...text.matchAll(WRITTEN)].map((match) => ({ start: match.index ?? 0, written: match[0] }));
}

/** Text cut into stretches of unspaced and of spaced scripts, none of them empty. */
export function stretches(text: string): string[] {
  return text.split(UNSPACED).filter((part) => part !== "");
}

export function isUnspaced(word: string): boolean {
  return word.search(UNSPACED) === 0;
}

/** The folded words of one run of letters; of an unspaced run the pairs and, if `last`, its last character alone. */
export function cut(written: string, last = true): string[] {
  const found: string[] = [];
  for (const word of fold(written).match(FOLDED) ?? []) {
    for (const part of stretches(word)) {
      const letters = Array.from(part);
      if (!isUnspaced(part)) {
        found.push(letters.slice(0, WORD_LENGTH).join(""));
        continue;
      }
      letters.slice(1).forEach((letter, before) => found.push((letters[before] ?? "") + letter));
      if (last || letters.length === 1) found.push(letters[letters.length - 1] ?? "");
    }
  }
  return found;
}

export function parseQuery(text: string): Query {
  const read = Array.from(text).slice(0, QUERY_LENGTH).join("");
  const found: string[] = [];
  let end = 0;
  for (const { start, written } of spellings(read)) {
    found.push(...cut(written, false));
    end = start + written.length;
  }
  const last = found[found.length - 1] ?? "";
  const open = found.length <= QUERY_WORDS && end === read.length && (Array.from(last).length > 1 || isUnspaced(last));
  const whole = open ? found.slice(0, -1) : found.slice(0, QUERY_WORDS);
  return { words: whole, beginning: open ? last : "" };
}

/** All words of a query, in order. */
export function allOf({ words, beginning }: Query): readonly string[] {
  return beginning ? [...words, beginning] : words;
}

/** The key of a name that is `words` and nothing else: the first one, and a number that stands for the others. */
export function whole([first = "", ...others]: readonly string[]): string {
  const rest = others.length ? `${(nameOf(others.join("=")) % KEYS).toString(16)}=` : "";
  return first && `${first}=${rest}`;
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
