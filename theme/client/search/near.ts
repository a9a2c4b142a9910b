// A word that nothing uses flows in; how much of it must be right, and where it must, flow out: so the forms are found among which
// those are that were meant (nearest.ts). What is near is said once, in plugins/auzolan/index/near.py; tests/vectors/near.json
// holds the two together.

import { isUnspaced } from "./words";

export const SHORTEST = 4;
export const LONG = 8;
export const LONGEST = 32;
export const NEAR_FORMS = 2048;
export const NEAR_STEMS = 3;
export const NEAR_WORDS = 4;

/** How many slips are forgiven in a word. */
export function slips(word: string): number {
  const { length } = Array.from(word);
  if (length < SHORTEST || length > LONGEST || isUnspaced(word) || /\p{N}/u.test(word)) return 0;
  return length >= LONG ? 2 : 1;
}

/** What must be whole in a larger index: the beginning of the word, or its end, written backwards. */
export function ends(word: string): { beginning: string; ending: string } {
  const letters = Array.from(word);
  const { length } = letters;
  const kept = Math.floor(length < LONG ? length / 2 : Math.max(3, length / 3));
  return { beginning: letters.slice(0, kept).join(""), ending: letters.slice(-kept).reverse().join("") };
}

/** The word with its two middle letters exchanged, where such a slip leaves neither end whole; else "". */
export function exchanged(word: string): string {
  const letters = Array.from(word);
  const at = letters.length / 2;
  if (!word || letters.length >= LONG || letters.length % 2) return "";
  return [...letters.slice(0, at - 1), letters[at], letters[at - 1], ...letters.slice(at + 1)].join("");
}

export function backwards(word: string): string {
  return Array.from(word).reverse().join("");
}
