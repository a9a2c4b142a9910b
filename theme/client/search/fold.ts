// A word as it is written flows in, the same word without case, accents or invisible signs flows out. The rules are those
// of plugins/auzolan/index/fold.py; tests/vectors/fold.json holds the two together.

export type Range = readonly [number, number];

export const DROPPED_RANGES: readonly Range[] = [
  [0x00ad, 0x00ad], [0x00b7, 0x00b7], [0x0300, 0x036f], [0x0483, 0x0489], [0x0591, 0x05bd], [0x05bf, 0x05bf],
  [0x05c1, 0x05c2], [0x05c4, 0x05c5], [0x05c7, 0x05c7], [0x0610, 0x061a], [0x0640, 0x0640], [0x064b, 0x065f],
  [0x0670, 0x0670], [0x06d6, 0x06dc], [0x06df, 0x06e4], [0x06e7, 0x06e8], [0x06ea, 0x06ed], [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff], [0x200b, 0x200f], [0x2027, 0x2027], [0x202a, 0x202e], [0x2060, 0x2064], [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f], [0xfe20, 0xfe2f], [0xfeff, 0xfeff], [0xe0100, 0xe01ef],
];

export const LETTERS: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["đ", "d"],
  ["ð", "d"],
  ["ħ", "h"],
  ["ı", "i"],
  ["ł", "l"],
  ["þ", "th"],
  ["ŧ", "t"],
  ["ς", "σ"],
  ["ة", "ه"],
  ["ى", "ي"],
  ["ی", "ي"],
  ["ک", "ك"],
]);

/** The inside of a character class for a pattern with the `u` flag. */
export function classOf(ranges: readonly Range[]): string {
  return ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("");
}

const DROPPED = new RegExp(`[${classOf(DROPPED_RANGES)}]+`, "gu");
const REPLACED = new RegExp(`[${[...LETTERS.keys()].join("")}]`, "gu");

export function fold(text: string): string {
  const plain = text.normalize("NFKD").toLowerCase().replace(DROPPED, "");
  return plain.replace(REPLACED, (letter) => LETTERS.get(letter) ?? letter).normalize("NFC");
}
