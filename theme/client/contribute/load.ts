// The name of a file flows in, what it holds flows out. Files are scripts that hand their data to one function: nothing else may
// be read from a page that was opened from a disk. Each is loaded once, when it is first asked for.

import type {} from "../pocket/forms";
import type { RelationName } from "./kinds";
import { scriptOf, type Table } from "./slug";

export interface Codes {
  readonly countries: Readonly<Record<string, string>>;
  readonly languages: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly relations: Readonly<Record<string, RelationName>>;
  /** What the form says, in the page's language. */
  readonly says: Readonly<Record<string, string>>;
}

export interface Names {
  readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly licenses: readonly string[];
  readonly exceptions: readonly string[];
  readonly deprecated: Readonly<Record<string, string>>;
}

/** A country's regions [code, name] and towns [name, latitude, longitude]. */
export interface Places {
  readonly regions: readonly (readonly [string, string])[];
  readonly towns: readonly (readonly [string, number, number])[];
}

declare global {
  interface Window {
    AUZOLAN_CODES?: (codes: Codes) => void;
    AUZOLAN_NAMES?: (names: Names) => void;
    AUZOLAN_ASCII?: (table: number, letters: string) => void;
    AUZOLAN_PLACES?: (places: Readonly<Record<string, Places>>) => void;
    AUZOLAN_ENTRIES?: (texts: Readonly<Record<string, string>>) => void;
  }
}

const { root = "", lang = "" } = document.documentElement.dataset;
export const base = root || "./";

const asked = new Map<string, Promise<boolean>>();

/** Whether the script at `path` below the site's root could be had. */
export function script(path: string): Promise<boolean> {
  if (window.AUZOLAN_HELD) return window.AUZOLAN_HELD.script(path);
  let answer = asked.get(path);
  if (!answer) {
    answer = new Promise((resolve) => {
      const element = document.createElement("script");
      element.src = base + path;
      element.onload = () => resolve(true);
      element.onerror = () => {
        asked.delete(path);
        resolve(false);
      };
      document.head.append(element);
    });
    asked.set(path, answer);
  }
  return answer;
}

let codesGiven: Codes | undefined;
let namesGiven: Names | undefined;
const letters = new Map<number, Table>();
const countries = new Map<string, Places>();
const texts = new Map<string, string>();
window.AUZOLAN_CODES = (codes) => void (codesGiven = codes);
window.AUZOLAN_NAMES = (names) => void (namesGiven = names);
window.AUZOLAN_ASCII = (table, text) => void letters.set(table, text.split("\t"));
window.AUZOLAN_PLACES = (places) => Object.entries(places).forEach(([country, told]) => countries.set(country, told));
window.AUZOLAN_ENTRIES = (told) => Object.entries(told).forEach(([id, text]) => texts.set(id, text));

export async function loadCodes(): Promise<Codes | undefined> {
  await script(`static/codes.${lang}.js`);
  return codesGiven;
}

export async function loadNames(): Promise<Names | undefined> {
  await script("static/names.js");
  return namesGiven;
}

export async function loadLetters(tables: readonly number[]): Promise<ReadonlyMap<number, Table>> {
  await Promise.all(tables.map((table) => script(`static/built/ascii/${table}.js`)));
  return letters;
}

/** `parts` are the first countries of the gazetteer's files, sorted. */
export async function loadPlaces(country: string, parts: readonly string[]): Promise<Places | undefined> {
  const part = [...parts].reverse().find((first) => first <= country);
  if (part) await script(`static/built/places/${part}.js`);
  return countries.get(country);
}

export async function loadText(id: string, slug: string, [path, count]: readonly [string, number]): Promise<string | undefined> {
  if (window.AUZOLAN_HELD) return window.AUZOLAN_HELD.text(id);
  await script(`${path}${scriptOf(slug, count)}.js`);
  return texts.get(id);
}
