// Words, places, licences, relations, sources, identity: what is said fits together (check/words.py, places.py, licenses.py,
// relations.py, record.py, identity.py; of each what needs no other entry).

import { fold } from "../fold";
import { type Field, has, isMap, type Kind, type Plain, type Values } from "../kinds";
import { type Draft, type Finding, found, type Path, type Tables, textsIn } from "./finding";
import type { Leaf } from "./leaves";
import { daysIn, number, partialDate, urlProblems } from "./types";

const ENTRY_ID = /^[a-z][a-z0-9-]*\/[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const QUOTE_WORDS = 40;
const WITHDRAWN = new Set(["status", "withdrawn_because", "former_ids", "ended"]);

const text = (values: Plain | undefined, name: string): string => {
  const value = isMap(values) && has(values, name) ? values[name] : undefined;
  return typeof value === "string" ? value : "";
};

/** The word that is meant by any of its names; "" where none is. */
export function wordMeant(kind: Kind, vocabulary: string, written: string): string {
  const words = has(kind.words, vocabulary) ? kind.words[vocabulary] : undefined;
  if (!words || !written) return "";
  if (has(words.labels, written)) return written;
  const folded = fold(written);
  return has(words.names, folded) ? words.names[folded]! : "";
}

/** The vocabulary of a value: what stands beside it fills a name such as `principles-{set}`. */
export function vocabularyOf(kind: Kind, field: Field, around: Values, beside: readonly Field[]): string {
  return (field.vocabulary ?? "").replace(/\{([a-z_]+)\}/g, (gap, name: string) => {
    const sibling = beside.find((one) => one.name === name);
    return wordMeant(kind, sibling?.vocabulary ?? "", text(around, name)) || text(around, name) || gap;
  });
}

/** V001, V002. */
export function* checkWords({ kind }: Draft, leaves: readonly Leaf[]): Generator<Finding> {
  for (const { field, value, path, around, beside } of leaves) {
    if (field.type !== "word" || field.vocabulary === "relations" || typeof value !== "string" || !value) continue;
    const vocabulary = vocabularyOf(kind, field, around, beside);
    if (!has(kind.words, vocabulary) || has(kind.words[vocabulary]!.labels, value)) continue;
    const meant = wordMeant(kind, vocabulary, value);
    if (meant) yield found("V002", path, "“{word}” is another name for “{meant}”.", { word: value, meant });
    else yield found("V001", path, "“{word}” is not one of the words here: choose one of them.", { word: value.slice(0, 60) });
  }
}

/** P001 to P004. */
export function* checkPlaces({ kind }: Draft, leaves: readonly Leaf[]): Generator<Finding> {
  for (const { field, value, path } of leaves) {
    if (field.type !== "place" || !isMap(value)) continue;
    for (const [name, limit] of [["latitude", 90], ["longitude", 180]] as const) {
      const degrees = number(text(value, name));
      if (degrees !== null && Math.abs(degrees) > limit) yield found("P001", [...path, name], "This is not on Earth: degrees, with a point, such as 41.38.");
    }
    const given = ["latitude", "longitude"].filter((name) => has(value, name));
    if (given.length === 1) yield found("P003", [...path, given[0]!], "Latitude and longitude are written together.");
    const [country, region] = [text(value, "country").toUpperCase(), text(value, "region").toUpperCase()];
    if (country && region.includes("-") && !region.startsWith(`${country}-`)) yield found("P002", [...path, "region"], "This region is not in the country beside it.");
    const precision = field.fields?.find(({ name }) => name === "precision")?.vocabulary ?? "place-precisions";
    if ((wordMeant(kind, precision, text(value, "precision")) || text(value, "precision")) !== "hidden") continue;
    for (const name of ["latitude", "longitude", "locality", "postcode"]) {
      if (has(value, name)) yield found("P004", [...path, name], "A hidden place tells its country and region at most: every copy of this file would tell the rest.");
    }
  }
}

const TOKEN = /[A-Za-z0-9.+-]+|[()]/g;
const JOINED = new Set(["AND", "OR", "WITH"]);

/** L001 to L003. */
export function* checkLicenses({ tables }: Draft, leaves: readonly Leaf[]): Generator<Finding> {
  for (const { field, value, path } of leaves) {
    if (field.type === "license" && typeof value === "string" && value && Array.from(value).length <= (field.max || Infinity)) yield* expression(value, path, tables);
  }
}

function* expression(value: string, path: Path, { licenses, exceptions, deprecated }: Tables): Generator<Finding> {
  const tokens = value.match(TOKEN) ?? [];
  if (tokens.join("") !== value.replace(/ /g, "") || !wellFormed(tokens)) {
    yield found("L001", path, "“{word}” is not a licence expression: ids joined by AND, OR, WITH.", { word: value.slice(0, 60) });
    return;
  }
  let afterWith = false;
  for (const token of tokens) {
    if (!JOINED.has(token) && token !== "(" && token !== ")" && licenses && exceptions && deprecated) {
      const now = deprecated.get(token);
      if (now && !afterWith) yield found("L003", path, "“{word}” is deprecated: write {now}.", { word: token, now });
      else if (!(afterWith ? exceptions : licenses).has(token)) yield found("L002", path, "“{word}” is not a licence of SPDX.", { word: token.slice(0, 60) });
    }
    afterWith = token === "WITH";
  }
}

function wellFormed(tokens: readonly string[]): boolean {
  let [depth, wantsId] = [0, true];
  for (const token of tokens) {
    if (token === "(") {
      if (!wantsId) return false;
      depth += 1;
    } else if (token === ")") {
      if (wantsId || !depth) return false;
      depth -= 1;
    } else {
      if (wantsId === JOINED.has(token)) return false;
      wantsId = JOINED.has(token);
    }
  }
  return !depth && !wantsId;
}

type Day = readonly [number, number, number];
const first = ([year, month, day]: Day): number => (year * 100 + (month || 1)) * 100 + (day || 1);
const last = ([year, month, day]: Day): number => (year * 100 + (month || 12)) * 100 + (day || daysIn(year, month || 12));

/** R001, R004, R006, R007, R008, R010: relations and references, as far as this entry alone tells. */
export function* checkRelations({ kind, id }: Draft, leaves: readonly Leaf[]): Generator<Finding> {
  const seen = new Set<string>();
  for (const leaf of leaves) {
    if (leaf.field.type === "relation" && isMap(leaf.value)) yield* relation(kind, id, leaf.value, leaf.path, seen);
    if (leaf.field.type === "reference" && !(leaf.field.name === "to" && leaf.path[leaf.path.length - 3] === "relations")) yield* reference(leaf.value, leaf.path);
  }
}

function* relation(kind: Kind, id: string, value: Values, path: Path, seen: Set<string>): Generator<Finding> {
  const type = text(value, "type");
  if (!type) return;
  if (!Object.keys(kind.relations).length) return;
  const name = has(kind.relations, type) ? kind.relations[type] : undefined;
  if (!name) return void (yield found("R001", [...path, "type"], "“{word}” is not a type of relation.", { word: type.slice(0, 60) }));
  if (name.derived) return void (yield found("R007", [...path, "type"], "This relation follows from the licence: write it there."));
  const [since, until] = [partialDate(text(value, "since")), partialDate(text(value, "until"))];
  if (since && until && last(until) < first(since)) yield found("R006", [...path, "until"], "This ends before it begins: are the two dates swapped?");
  const to = value["to"];
  if (to === undefined) return;
  yield* reference(to, [...path, "to"]);
  if (typeof to !== "string" || !ENTRY_ID.test(to)) return;
  if (to === id) return void (yield found("R004", [...path, "to"], "An entry cannot be related to itself: which other one is meant?"));
  const what = name.symmetric && value["what"] !== undefined ? [...textsIn(value["what"], [])][0]?.[1] ?? "" : "";
  const key = `${name.forward} ${name.inverse} ${what} ${to}`;
  if (seen.has(key)) yield found("R010", [...path, "to"], "This relation is written twice: put all that is known into one of them.");
  seen.add(key);
}

function* reference(value: Plain, path: Path): Generator<Finding> {
  if (isMap(value)) {
    const names = value["name"];
    if (names === undefined || Object.keys(value).some((name) => name !== "name" && name !== "url")) yield found("R008", path, "What is not listed yet has a name and perhaps an address.");
    else if (![...textsIn(names, [])].some(([, one]) => one)) yield found("R008", path, "What is not listed yet has a name and perhaps an address.");
    const url = value["url"];
    if (url !== undefined && typeof url !== "string") yield found("D003", [...path, "url"], "This takes one text.");
    else if (url !== undefined) for (const [code, words, told] of urlProblems(url)) yield found(code, [...path, "url"], words, told);
  } else if (typeof value === "string" && value && !ENTRY_ID.test(value)) {
    yield found("R008", path, "“{word}” is not an entry here: choose one, or give its name as one that is not listed yet.", { word: value.slice(0, 60) });
  }
}

/** C001, C002, C004, C005, C006. */
export function* checkRecord({ kind, values }: Draft, leaves: readonly Leaf[]): Generator<Finding> {
  const record = isMap(values["record"]) ? values["record"] : {};
  const sources = isMap(record["sources"]) ? record["sources"] : undefined;
  for (const { field, value, path } of leaves) {
    if (field.to?.length === 1 && field.to[0] === "source" && typeof value === "string" && value && !(sources && has(sources, value))) {
      yield found("C001", path, "“{word}” is not one of the sources of this entry.", { word: value.slice(0, 60) });
    }
    if (field.type !== "source" || !isMap(value)) continue;
    if (!["title", "url", "dataset"].some((name) => has(value, name))) yield found("C004", path, "A source has at least a title, an address or a data set.");
    for (const [where, quote] of has(value, "quote") ? textsIn(value["quote"]!, [...path, "quote"]) : []) {
      const words = quote.split(/[\s\x1c-\x1f\x85]+/).filter(Boolean).length;
      if (words > QUOTE_WORDS) yield found("C002", where, "The quotation has {count} words; at most 40 fit.", { count: String(words) });
    }
  }
  const [started, ended] = [partialDate(text(values, "started")), partialDate(text(values, "ended"))];
  if (started && ended && last(ended) < first(started)) yield found("C005", ["ended"], "This ends before it begins: are the two dates swapped?");
  const submitter = kind.fields.find(({ name }) => name === "record")?.fields?.find(({ name }) => name === "submitted_by");
  if (!sources && values["status"] !== "withdrawn" && wordMeant(kind, submitter?.vocabulary ?? "", text(record, "submitted_by")) !== "itself") {
    yield found("C006", ["record"], "How do we know? Name where a reader can check it, or say that this is your own group.");
  }
}

/** G004: a picture is named by its file alone; whether it is there, the check tells. */
export function* checkImages(leaves: readonly Leaf[]): Generator<Finding> {
  for (const { field, value, path } of leaves) {
    const file = field.type === "image" ? text(value, "file") : "";
    if (file.replace(/^images\//, "").includes("/") || file.includes("\\") || file.startsWith(".")) {
      yield found("G004", [...path, "file"], "A picture is named by its file alone: garden.jpg");
    }
  }
}

/** I003 to I005. */
export function* checkIdentity({ kind, values }: Draft): Generator<Finding> {
  const former = values["former_ids"];
  for (const [at, id] of (Array.isArray(former) ? former : []).entries()) {
    if (typeof id === "string" && !(isEntryId(id) && kind.kinds.includes(id.split("/")[0]!))) yield found("I003", ["former_ids", at], "“{word}” is not the id of an entry.", { word: id.slice(0, 60) });
  }
  if (values["status"] === "withdrawn") {
    for (const name of Object.keys(values)) if (!WITHDRAWN.has(name)) yield found("I004", [name], "A withdrawn entry says nothing but that it was withdrawn.");
  }
  if (/^(?:true|yes)$/i.test(text(values, "example"))) yield found("I005", ["example"], "This entry only shows how to write one.");
}

export const SLUG_MAX = 64;
const SLUG = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const DEVICES = /^(?:con|prn|aux|nul|(?:com|lpt)[1-9])$/;

/** Whether a file may be called so. */
export const isSlug = (slug: string): boolean => slug.length <= SLUG_MAX && SLUG.test(slug) && slug !== "index" && !DEVICES.test(slug.split(".")[0]!);

const isEntryId = (id: string): boolean => ENTRY_ID.test(id) && isSlug(id.slice(id.indexOf("/") + 1));
