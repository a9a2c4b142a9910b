// The form's pure core, held to tests/vectors/*.json, which Python writes and is held to as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { check, type Tables } from "../../theme/client/contribute/check/index";
import { openEntry } from "../../theme/client/contribute/edit";
import type { Kind, Values } from "../../theme/client/contribute/kinds";
import { editAddress, LONGEST_MAIL, mailAddress, newAddress, type Sending } from "../../theme/client/contribute/sending";
import { ascii, scriptOf, slugOf, tablesFor } from "../../theme/client/contribute/slug";
import { looked, statement } from "../../theme/client/contribute/still";
import { sourceValues } from "../../theme/client/contribute/source";
import { hiddenSign } from "../../theme/client/contribute/check/texts";
import { entryText } from "../../theme/client/contribute/writer";

const read = (name: string) => JSON.parse(readFileSync(join(process.env["VECTORS"] ?? "tests/vectors", `${name}.json`), "utf8"));
const told = JSON.parse(readFileSync(process.env["TOLD"]!, "utf8"));
const kinds: Record<string, Kind> = told.kinds;
const tables: Tables = {
  countries: new Set(told.tables.countries), regions: new Set(told.tables.regions), languages: new Set(told.tables.languages),
  licenses: new Set(told.tables.licenses), exceptions: new Set(told.tables.exceptions), deprecated: new Map(Object.entries(told.tables.deprecated)),
};

function lettersOf(name: string): string {
  const letters = new Map<number, string[]>();
  for (const table of tablesFor(name)) {
    try {
      const script = readFileSync(join(process.env["BUILT"]!, "ascii", `${table}.js`), "utf8");
      new Function("AUZOLAN_ASCII", script)((number: number, text: string) => letters.set(number, text.split("\t")));
    } catch (reason) {
      // A part of Unicode that has no letters.
    }
  }
  return ascii(name, letters);
}

test("texts of entries are looked for where Python puts them", () => {
  assert.ok(told.scripts.length > 100);
  for (const [slug, count, number] of told.scripts) assert.equal(scriptOf(slug, count), number, slug);
});

test("files are written as Python writes them", () => {
  for (const [kind, values, text] of [...read("writing"), ...told.random]) {
    assert.equal(entryText(kind, kinds[kind]!.fields, values), text, JSON.stringify(values));
  }
});

test("slugs are Python's", () => {
  for (const [name, slug] of read("slugs")) assert.equal(slugOf(lettersOf(name)), slug, name);
  assert.equal(slugOf("mill", (slug) => slug === "mill"), "mill-2");
});

test("sources are Python's", () => {
  for (const [answer, values] of read("sources")) assert.deepEqual(sourceValues(answer, lettersOf), values, answer);
});

test("addresses of forges are Python's", () => {
  for (const [forge, repository, branch, path, text, created, edit] of read("forges")) {
    const sending: Sending = { forge, repository, branch, mail: "" };
    const address = newAddress(sending, path, text)!;
    assert.equal(decodeURI(address.url), decodeURI(created));
    assert.equal(address.whole, created.includes("&value="));
    assert.equal(editAddress(sending, path)!.url, edit);
  }
  assert.equal(newAddress({ forge: "", repository: "", branch: "", mail: "" }, "a/b", "c"), null);
});

test("a mail holds the text, or says that it does not", () => {
  const short = mailAddress("info@bakery.coop", "Cooperative: é", "a\nb");
  assert.equal(short.url, "mailto:info@bakery.coop?subject=Cooperative%3A%20%C3%A9&body=a%0D%0Ab");
  const long = mailAddress("info@bakery.coop", "x", "س".repeat(400));
  assert.ok(!long.whole && long.url.length <= LONGEST_MAIL && !long.url.includes("body"));
});

test("the rules of the browser find what Python finds", () => {
  const differ = read("checks").flatMap(([kind, values, codes]: [string, Values, string[]]) => {
    const found = check({ kind: kinds[kind]!, id: `${kind}/mine`, values, tables }).map((one) => one.code).sort();
    return found.join() === codes.join() ? [] : [`${found.join()} and not ${codes.join()}: ${JSON.stringify(values).slice(0, 400)}`];
  });
  assert.deepEqual(differ, []);
});

test("signs that hide text are found", () => {
  for (const hidden of ["a\u202eb", "a\u200bb", "\ufeffa", "a\u0000", "a\u2028", "\ufdd0", "a\u{e0001}", "x\u3164", "a\u200db"]) assert.ok(hiddenSign(hidden), JSON.stringify(hidden));
  for (const fine of ["a b", "می\u200cخواهم", "a\u00a0b", "日本", "🙂", "a\tb", "l\u2009x", "co\u00adop"]) assert.equal(hiddenSign(fine), "", fine);
});

const FILE = `# yaml-language-server: $schema=../kinds/schemas/cooperative.schema.json
# Who wrote this: two neighbours.
name: Our Bakery   # as on the sign
summary:
  en: >-
    A bakery that belongs to its bakers and
    is open on Sundays.
  ca: "Un forn"

# facts
started: "1996"
aliases: [Forn, 'The Bakery']
places:
  - country: ES   # for now
    locality: Lleida
  # the second shop
  - country: ES
    locality: Vic
record:
  # found by us
  sources:
    web: {title: "Our Bakery: about us", url: "https://bakery.coop/about"}
`;

function edited(change: (values: Values) => void): string {
  const editor = openEntry(FILE, kinds["cooperative"]!.fields);
  const values: Values = JSON.parse(JSON.stringify(editor.values));
  change(values);
  const text = editor.apply(values);
  assert.deepEqual(openEntry(text, kinds["cooperative"]!.fields).values, values, text);
  return text;
}

test("an edit keeps every byte that it does not mean", () => {
  assert.equal(edited(() => undefined), FILE);
  assert.equal(edited((values) => (values["name"] = "Our Oven")), FILE.replace("Our Bakery   # as", "Our Oven # as"));
  assert.equal(edited((values) => (values["started"] = "1997")), FILE.replace('"1996"', '"1997"'));
  assert.equal(edited((values) => delete values["aliases"]), FILE.replace("aliases: [Forn, 'The Bakery']\n", ""));
  assert.equal(edited((values) => (values["website"] = "https://bakery.coop/")), FILE.replace("aliases:", "website: https://bakery.coop/\naliases:").replace("website: https://bakery.coop/\naliases: [Forn, 'The Bakery']", "aliases: [Forn, 'The Bakery']").replace("# facts\nstarted: \"1996\"\n", "# facts\nstarted: \"1996\"\n").replace("places:\n", "website: https://bakery.coop/\nplaces:\n"));
});

test("an edit inside a list keeps its comments", () => {
  const text = edited((values) => ((values["places"] as Values[])[0]!["locality"] = "Cervera"));
  for (const kept of ["# for now", "# the second shop", "# facts", "# found by us", "# as on the sign", "locality: Cervera"]) assert.ok(text.includes(kept), `${kept}\n${text}`);
  const more = edited((values) => (values["places"] as Values[]).push({ country: "FR", latitude: "48.1", longitude: "-1.6" }));
  assert.ok(more.includes("# the second shop") && more.includes('latitude: "48.1"'), more);
  const fewer = edited((values) => (values["places"] as Values[]).shift());
  assert.ok(fewer.includes("locality: Vic") && !fewer.includes("Lleida"), fewer);
});

test("what looks like YAML stays text", () => {
  for (const hostile of ["a: b", "- x", "{a: b}", "# no", "&a *b", "!!python/object x", "no", "'", '"', "a\n---\nb: c", "]: [", "%", "🙂: 漢", "</script><script>alert(1)</script>"]) {
    edited((values) => {
      values["name"] = hostile.replace(/\n/g, " ");
      values["description"] = hostile;
      (values["places"] as Values[])[0]!["locality"] = hostile.replace(/\n/g, " ");
      (values["summary"] as Values)["ca"] = hostile.replace(/\n/g, " ");
      values["aliases"] = [hostile.replace(/\n/g, " ")];
    });
  }
});

test("a look is written as the inbox writes it", () => {
  for (const [text, now] of read("looks")) {
    const editor = openEntry(text, kinds["tool"]!.fields);
    assert.equal(editor.apply(looked(editor.values, { on: "2026-11-29", how: "website" })), now, text);
  }
});

test("that an entry still holds is a look more in its record, and nothing else", () => {
  const look = { on: "2026-11-29", how: "website" };
  const text = "name: X # a name\nrecord:\n  # seen once\n  verified: [{on: 2020, how: visit}] # then\n  linked_from: {url: x, on: y}\n";
  const editor = openEntry(text, kinds["tool"]!.fields);
  const now = looked(editor.values, look);
  assert.deepEqual(now["record"], { verified: [{ on: "2020", how: "visit" }, look], linked_from: { url: "x", on: "y" } });
  const written = editor.apply(now);
  assert.match(written, /^name: X # a name\nrecord:\n {2}# seen once\n/);
  assert.deepEqual(openEntry(written, kinds["tool"]!.fields).values, now);
  assert.deepEqual(looked({ name: "X" }, look), { name: "X", record: { verified: [look] } });
  assert.deepEqual(looked({ record: { verified: { on: "2020", how: "visit" } } }, look)["record"], { verified: [{ on: "2020", how: "visit" }, look] });
  const many = Array.from({ length: 20 }, (_, at) => ({ on: `${2000 + at}`, how: "visit" }));
  assert.deepEqual(looked({ record: { verified: many } }, look)["record"], { verified: [...many.slice(1), look] });
  assert.equal(statement("tool/oven", look), "Still correct: tool/oven\non: 2026-11-29\nhow: website\n");
});
