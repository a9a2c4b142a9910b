// Texts: one line, not too long, in a language that exists, one script a word, nothing hidden, no words of a template left in
// (check/texts.py, and load/decoding.py for the signs that no file may hold).

import { type Field, isMap, length, type Plain } from "../kinds";
import { type Draft, type Finding, found, type Path, type Tables, textsIn } from "./finding";
import type { Leaf } from "./leaves";
import { proseProblems } from "./prose";

const PLACEHOLDER = /^<[^<>\n]*>$/;
const WORDS = /[^\s\x1c-\x1f\x85]+/g;
const ALIKE: readonly RegExp[] = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
const JOINERS = "\u200c\u200d";
const BLANK = /[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;
const FINE = "\t\n\xad";

/** D004, D007, D008, D009, D011 and the prose's M001 to M007. */
export function* checkTexts({ values, tables }: Draft, leaves: readonly Leaf[]): Generator<Finding> {
  const real = !/^(?:true|yes)$/i.test(typeof values["example"] === "string" ? values["example"] : "");
  for (const { field, value, path } of leaves) {
    const isText = (field.type === "text" || field.type === "prose") && field.to?.[0] !== "source";
    if (typeof value === "string") {
      if (real && PLACEHOLDER.test(value)) yield found("D007", path, "“{word}” is a place to write in: write what is true.", { word: value });
      if (isText) yield* text(field, value, path, real);
      else if (field.max && length(value) > field.max && field.type !== "url") yield tooLong(field, value, path);
    } else if (isText && isMap(value)) {
      for (const tag of Object.keys(value)) if (!isLanguage(tag, tables)) yield found("D008", [...path, tag], "“{word}” is not the tag of a language.", { word: tag });
      for (const [where, one] of textsIn(value, path)) yield* text(field, one, where, real);
    }
  }
}

function* text(field: Field, value: string, path: Path, real: boolean): Generator<Finding> {
  if (field.type === "prose") yield* proseProblems(value, path, field.max);
  else if (value.includes("\n")) yield found("D009", path, "This is one line, without breaks.");
  else if (field.max && length(value) > field.max) yield tooLong(field, value, path);
  if (real && field.essential && field.examples?.includes(value)) {
    yield found("D007", path, "This still says what the example says: write what is true.");
  }
  const mixed = field.type === "text" ? mixedWord(value) : "";
  if (mixed) yield found("D011", path, "“{word}” mixes letters of several scripts that look alike: type it again with one keyboard.", { word: mixed });
}

const tooLong = (field: Field, value: string, path: Path): Finding =>
  found("D004", path, "{over} characters too many; at most {most} fit.", { over: String(length(value) - (field.max ?? 0)), most: String(field.max) });

export function isLanguage(tag: string, { languages }: Tables): boolean {
  const [base = "", ...rest] = tag.split("-");
  return /^[a-z]+$/.test(base) && (!languages || languages.has(base)) && rest.every((part) => /^[A-Za-z0-9]{2,8}$/.test(part));
}

function mixedWord(value: string): string {
  if (/^[\x00-\x7f]*$/.test(value)) return "";
  return (value.match(WORDS) ?? []).find((word) => ALIKE.filter((script) => [...word].some((sign) => /\p{L}/u.test(sign) && script.test(sign))).length > 1) ?? "";
}

/** Y009: signs that hide text or break pages and feeds, in any value; at most one finding a value. */
export function* checkSigns(value: Plain, path: Path = []): Generator<Finding> {
  if (typeof value === "string") {
    const hidden = hiddenSign(value);
    if (hidden) yield found("Y009", path, "A sign that cannot be seen ({sign}) stands here: take it away, and type the letters around it again.", { sign: hidden });
  } else {
    for (const [name, inner] of Object.entries(value)) yield* checkSigns(inner, [...path, Array.isArray(value) ? Number(name) : name]);
  }
}

/** The first sign that no file may hold, as `U+202E`; "" where there is none. */
export function hiddenSign(value: string): string {
  if (!HIDDEN.test(value) && !BLANK.test(value) && !/[\ufdd0-\ufdef\ufffe\uffff]/.test(value) && !/[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{10fffe}\u{10ffff}]/u.test(value)) return "";
  for (const line of value.split("\n")) {
    const signs = Array.from(line);
    const at = signs.findIndex((sign, place) => isRefused(sign, signs, place));
    if (at >= 0) return `U+${signs[at]!.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  }
  return "";
}

function isRefused(sign: string, line: readonly string[], at: number): boolean {
  if (BLANK.test(sign)) return true;
  if (FINE.includes(sign)) return false;
  if (JOINERS.includes(sign)) {
    const around = (line[at - 1] ?? "") + (line[at + 1] ?? "");
    return Array.from(around).length < 2 || /^[\x00-\x7f]*$/.test(around);
  }
  const code = sign.codePointAt(0)!;
  return HIDDEN.test(sign) || (code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
}
