// Types: addresses, dates, numbers, flags, codes, telephone numbers and identifiers are what they claim to be (check/types.py).

import { isMap } from "../kinds";
import { type Draft, type Finding, found, type Path, type Tables, textsIn } from "./finding";
import type { Leaf } from "./leaves";
import { isLanguage } from "./texts";

type Problem = readonly [code: string, text: string, values?: Readonly<Record<string, string>>];

const EMAIL = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const PHONE = /^\+?[0-9][0-9 ()./-]{2,28}[0-9]$/;
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/;
const PERSONAL = /^[a-z]{2,}\.[a-z]{2,}@/;
const HOST = /^(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*\.?$/;
const NUMBER = /^-?[0-9]{1,15}(?:\.[0-9]{1,10})?$/;
const DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
const EXAMPLES = /(?:^|\.)example\.(?:org|com|net)$/;
const MAX_URL = 2_000;
const BAD_URL = /[\s\\<>"`{}|^\p{C}\p{Z}]/u;

export const number = (text: string): number | null => (NUMBER.test(text) ? Number(text) : null);

/** [year, month, day] with 0 for what is not known; null where no date is written. */
export function partialDate(text: string): [number, number, number] | null {
  const parts = DATE.exec(text);
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
  if (year < 1 || (parts[2] && (month < 1 || month > 12))) return null;
  if (parts[3] && (day < 1 || day > daysIn(year, month))) return null;
  return [year, month, day];
}

export const daysIn = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** T001 to T010, D008 of languages, D007 of addresses. */
export function* checkTypes({ values, tables, kind }: Draft, leaves: readonly Leaf[]): Generator<Finding> {
  const example = /^(?:true|yes)$/i.test(typeof values["example"] === "string" ? values["example"] : "");
  for (const { field, value, path } of leaves) {
    if (field.type === "identifier") yield* identifiers(value, path, Object.keys(kind.words[field.vocabulary ?? ""]?.labels ?? {}));
    else if (typeof value === "string" && value) {
      for (const [code, text, told] of problems(field.type, value, tables)) {
        if (code !== "D007" || !example) yield found(code, path, text, told);
      }
    }
  }
}

function problems(type: string, text: string, tables: Tables): readonly Problem[] {
  const word = { word: text.length > 60 ? `${text.slice(0, 60)}…` : text };
  switch (type) {
    case "url":
      return urlProblems(text);
    case "email":
      if (!EMAIL.test(text)) return [["T002", "“{word}” is not an e-mail address: name@example.coop", word]];
      return PERSONAL.test(text.toLowerCase()) ? [["T010", "“{word}” looks like a person’s own address: use one that belongs to the group.", word]] : [];
    case "phone":
      return PHONE.test(text) ? [] : [["T008", "“{word}” is not a telephone number: +34 93 000 00 00", word]];
    case "date":
      return partialDate(text) ? [] : [["T003", "“{word}” is not a date: a year 2010, a month 2010-05 or a day 2010-05-14", word]];
    case "number":
      return number(text) === null ? [["T004", "“{word}” is not a number: digits, a point before decimals", word]] : [];
    case "flag":
      return /^(?:true|false|yes|no)$/i.test(text) ? [] : [["T005", "This is neither yes nor no."]];
    case "country":
      return !tables.countries || tables.countries.has(text) ? [] : [["T006", "“{word}” is not a country.", word]];
    case "region":
      return !tables.regions || tables.regions.has(text) ? [] : [["T007", "“{word}” is not a region.", word]];
    case "language":
      return isLanguage(text, tables) ? [] : [["D008", "“{word}” is not the tag of a language.", word]];
    default:
      return [];
  }
}

const HOW = "An address begins with https:// and has no blanks: {word}";

export function urlProblems(text: string): readonly Problem[] {
  const word = { word: text.length > 60 ? `${text.slice(0, 60)}…` : text };
  if (Array.from(text).length > MAX_URL) return [["T001", "An address has at most 2,000 characters."]];
  const parts = BAD_URL.test(text) ? null : /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/.exec(text);
  if (!parts) return [["T001", HOW, word]];
  const [scheme, authority, path] = [parts[1]!.toLowerCase(), parts[2] ?? "", parts[3] ?? ""];
  if (scheme === "mailto" || scheme === "tel") return (scheme === "mailto" ? EMAIL : PHONE).test(path) ? [] : [["T001", HOW, word]];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const port = /:([^:\]]*)$/.exec(host);
  const name = asciiHost(port ? host.slice(0, port.index) : host);
  if ((scheme !== "http" && scheme !== "https") || !name || (port && !/^(?:[0-9]{1,5})?$/.test(port[1]!)) || Number(port?.[1] || 0) > 65_535) return [["T001", HOW, word]];
  if (authority.includes("@")) return [["T001", "An address with a name before @ hides where it leads: take that part away."]];
  if (!HOST.test(name) || !name.includes(".")) return [["T001", HOW, word]];
  return EXAMPLES.test(name) ? [["D007", "“{word}” is the address of an example: write the real one.", { word: name }]] : [];
}

/** A host with letters of other scripts as computers write it; "?" where there is no such host. */
function asciiHost(host: string): string {
  if (/^[\x00-\x7f]*$/.test(host)) return host.toLowerCase();
  try {
    return new URL(`http://${host}/`).hostname;
  } catch (reason) {
    return "?";
  }
}

function* identifiers(value: unknown, path: Path, schemes: readonly string[]): Generator<Finding> {
  if (!isMap(value as never)) return void (yield found("D003", path, "This takes a register and a number."));
  const told = value as Record<string, string>;
  for (const scheme of Object.keys(told)) {
    if (schemes.length && !schemes.includes(scheme)) yield found("T009", [...path, scheme], "“{word}” is not a register we know.", { word: scheme });
  }
  for (const [where, text] of textsIn(told, path)) {
    if (text && !IDENTIFIER.test(text)) yield found("T009", where, "“{word}” is not an identifier: the bare number or name, without an address.", { word: text.slice(0, 60) });
  }
}
