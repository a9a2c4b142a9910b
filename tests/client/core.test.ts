// The pure core of search, held to tests/vectors/*.json, which Python writes and is held to as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { unzlibSync } from "fflate";

import { addressOf, among, askedIn, toggled } from "../../theme/client/search/asked";
import { Bytes, nameOf, unpack, Unreadable } from "../../theme/client/search/bytes";
import { keyOf, valueOf } from "../../theme/client/search/facets";
import { DROPPED_RANGES, fold, LETTERS } from "../../theme/client/search/fold";
import { pieces } from "../../theme/client/search/highlight";
import { target } from "../../theme/client/search/keys";
import * as near from "../../theme/client/search/near";
import { nearest as nearestOf } from "../../theme/client/search/nearest";
import { BEGINNING_BOOST, BEGINNING_FORMS, BEGINNING_STEMS, LONGER_BOOST, NAME_WEIGHT, NEAR_BOOST } from "../../theme/client/search/rank";
import { Reader, SMALL } from "../../theme/client/search/reader";
import type { Form } from "../../theme/client/search/shards";
import { readDictionary, readDocuments, readHeader, readPostings } from "../../theme/client/search/shards";
import * as words from "../../theme/client/search/words";

const read = (name: string) => JSON.parse(readFileSync(join(process.env["VECTORS"] ?? "tests/vectors", `${name}.json`), "utf8"));
const hex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

test("the tables are Python's", () => {
  const tables = read("tables");
  assert.deepEqual(DROPPED_RANGES, tables.dropped);
  assert.deepEqual(words.UNSPACED_RANGES, tables.unspaced);
  assert.deepEqual([...LETTERS], tables.letters);
  assert.deepEqual([words.WORD_LENGTH, words.QUERY_LENGTH, words.QUERY_WORDS], [tables["word length"], tables["query length"], tables["query words"]]);
  assert.equal(words.KEYS, tables.keys);
  assert.deepEqual([BEGINNING_BOOST, LONGER_BOOST, BEGINNING_FORMS, BEGINNING_STEMS], tables.beginning);
  assert.deepEqual([NEAR_BOOST, near.SHORTEST, near.LONG, near.LONGEST, near.NEAR_FORMS, near.NEAR_STEMS, near.NEAR_WORDS], tables.near);
  assert.deepEqual([SMALL, NAME_WEIGHT], [tables.small, tables["name weight"]]);
});

test("folding", () => {
  for (const [text, folded] of read("fold")) assert.equal(fold(text), folded, text);
});

test("cutting into words", () => {
  for (const [text, expected] of read("words")) {
    assert.deepEqual(words.spellings(text).map(({ written }) => [written, words.cut(written)]), expected, text);
  }
  for (const [word, expected] of read("unspaced")) assert.equal(words.isUnspaced(word), expected, word);
});

test("reading queries", () => {
  for (const [text, whole, beginning, key] of read("query")) {
    const asked = words.parseQuery(text);
    assert.deepEqual(asked, { words: whole, beginning }, text);
    assert.equal(words.whole(words.allOf(asked)), key, text);
  }
});

test("what is near a word", () => {
  const { forms, words: cases } = read("near");
  const known = forms.map(([text, stem, size]: [string, string, number]) => ({ text, stem, size }));
  for (const { word, slips, ends, exchanged, nearest } of cases) {
    const { beginning, ending } = near.ends(word);
    assert.deepEqual([near.slips(word), beginning, ending, near.exchanged(word)], [slips, ...ends, exchanged], word);
    assert.deepEqual(nearestOf(word, known).map((form) => form.text), nearest, word);
  }
});

test("every code point that Python knows folds and counts as a letter as it does there", () => {
  const file = process.env["SWEEP"];
  if (!file) return;
  const expected: [number, string, number][] = JSON.parse(readFileSync(file, "utf8"));
  for (const [code, folded, runs] of expected) {
    const letter = String.fromCodePoint(code);
    assert.deepEqual([fold(letter), words.spellings(`a${letter}b`).length], [folded, runs], code.toString(16));
  }
});

test("shards are read as they were written", () => {
  const { digest, span, names, dictionary, near: backwards, words: some, documents } = read("shards");
  for (const [word, name] of names) assert.equal(nameOf(word), name, word);
  const plain = (forms: readonly Form[]) => forms.map(({ text, stem, size }) => [text, stem, size]);
  const forms = readDictionary(hex(dictionary.payload));
  assert.deepEqual(Object.values(forms.span ?? {}), span);
  assert.deepEqual(plain(forms.items), dictionary.items);
  const turned = readDictionary(hex(backwards.payload), near.backwards);
  assert.deepEqual(Object.values(turned.span ?? {}), span);
  assert.deepEqual(plain(turned.items), backwards.items);
  const shard = readPostings(hex(some.payload), some.documents);
  assert.deepEqual([shard.digest, Object.values(shard.span ?? {})], [digest, span]);
  assert.deepEqual(plain(shard.items.forms), some.forms);
  const found = [...shard.items.stems].map(([stem, fields]) => [
    stem,
    [...fields].map(([field, found]) => [field, found.map((one) => [one.document, one.frequency, one.length])]),
  ]);
  assert.deepEqual(found, some.stems);
  assert.deepEqual(readDocuments(hex(documents.payload)).items.map((one) => Object.values(one)), documents.items);
});

test("damaged shards are refused", async () => {
  const { dictionary, words } = read("shards");
  const postings = (payload: Uint8Array) => readPostings(payload, words.documents);
  for (const [payload, reader] of [[hex(dictionary.payload), readDictionary], [hex(words.payload), postings]] as const) {
    for (let end = 0; end < payload.length; end++) assert.throws(() => reader(payload.subarray(0, end)), Unreadable);
  }
  for (const text of ["{}", "null", "[1", "7"]) assert.throws(() => readHeader(Buffer.from(text)), Unreadable);
  assert.throws(() => new Bytes(new Uint8Array(12).fill(255)).number(), Unreadable);
  await assert.rejects(unpack("5.AAAA"), { trouble: "version" });
  await assert.rejects(unpack("6.AAAA"), { trouble: "damaged" });
  await assert.rejects(unpack("6.é<\\"), { trouble: "damaged" });
});

/** A loader over files as they lie on a disk. */
function over(files: Record<string, string>) {
  const shards = new Map<string, string>();
  for (const text of Object.values(files)) {
    for (const [, name, packed] of text.matchAll(/^AUZOLAN_SHARD\("([^"]+)","([^"]+)"\);$/gm)) shards.set(name ?? "", packed ?? "");
  }
  return (shard: string) => {
    const [sort, number] = shard.split("/");
    return unpack(shards.get(number === undefined ? `${sort}/en` : `${sort}/en/${number}`) ?? "", unzlibSync);
  };
}

const nearest = async () => nearestOf;

test("answers are Python's, with and without the browser's own inflate", async () => {
  const { files, answers } = read("answers");
  const own = globalThis.DecompressionStream;
  for (const inflate of [own, undefined]) {
    (globalThis as { DecompressionStream: unknown }).DecompressionStream = inflate;
    const reader = await Reader.open(over(files), nearest);
    for (const { query, facets, counts, complete, unknown, meant, hits } of answers) {
      const answer = await reader.search(query, 1000, true, new Map(Object.entries<string[]>(facets)));
      const told = [...(await answer.counts(Object.keys(counts)))].map(([facet, values]) => [facet, Object.fromEntries(values)]);
      assert.deepEqual(Object.fromEntries(told), counts, query);
      assert.deepEqual(answer.hits.map((hit) => hit.id), hits.map(([id]: [string]) => id), query);
      answer.hits.forEach((hit, place) => assert.ok(Math.abs(hit.score - hits[place][1]) < 1e-9, query));
      assert.deepEqual([answer.complete, answer.unknown, answer.meant, answer.total], [complete, unknown, meant, hits.length], query);
    }
  }
  globalThis.DecompressionStream = own;
});

test("facets are Python's", async () => {
  const { files, facets } = read("answers");
  const { facets: narrowing } = await Reader.open(over(files), nearest);
  const found = await Promise.all((await narrowing.facets()).map(async (facet) => [
    facet.id, facet.label, facet.wide, facet.kinds,
    (await narrowing.values(facet)).map(({ id, count }) => [keyOf(facet.id, id), valueOf(keyOf(facet.id, id)), count]),
  ]));
  assert.deepEqual(found, facets);
  for (const [shard, trouble] of [["[1", "damaged"], ["7", "damaged"], ["[]", "mismatch"]] as const) {
    const digest = new Uint8Array(8);
    const other = await Reader.open(async (name) => {
      const header = new TextDecoder().decode(await over(files)("h"));
      const f = shard === "[]" ? "11" : "0000000000000000";
      if (name === "h") return new TextEncoder().encode(header.replace(/"f":"[0-9a-f]+"/, `"f":"${f}"`));
      return new Uint8Array([...digest, ...new TextEncoder().encode(shard)]);
    }, nearest);
    await assert.rejects(other.facets.facets(), { trouble });
  }
});

test("a later row that cannot be loaded is told to whoever asked, and the first ones are shown", async () => {
  const files = over(read("answers").files);
  const header = JSON.parse(new TextDecoder().decode(await files("h"))) as object;
  const large = { ...header, documents: 1000, kinds: [["tool", 1000]], shown: 1 };
  const reader = await Reader.open(async (shard) => {
    if (shard === "h") return new TextEncoder().encode(JSON.stringify(large));
    if (shard === "t/9") throw new Unreadable("missing");
    await new Promise((done) => setTimeout(done, 20));
    return files("t/0");
  }, nearest);
  let early = 0;
  const asked = reader.search("", 10, true, new Map([["kind", ["tool"]]]), (some) => (early = some.hits.length));
  // A rejection that nobody takes up ends this run.
  await assert.rejects(asked, { trouble: "missing" });
  assert.equal(early, 6);
});

test("a header that says what cannot be is refused before anything is made of it", async () => {
  const files = over(read("answers").files);
  const header = JSON.parse(new TextDecoder().decode(await files("h")));
  const told = [
    { documents: 1e15 }, { documents: -1 }, { documents: "5" }, { documents: 1e9, kinds: [["tool", 1e9]] }, { kinds: [] },
    { kinds: [null] }, { kinds: [["tool", -1], ["plan", header.documents + 1]] }, { shown: 0 }, { weights: 7 }, { postings: [] },
  ];
  for (const one of told) {
    assert.throws(() => readHeader(Buffer.from(JSON.stringify({ ...header, ...one }))), Unreadable, JSON.stringify(one));
  }
});

test("addresses say what is asked, and are read again", () => {
  const chosen = new Map([["country", ["ES", "a b&=?"]], ["kind", ["tool"]]]);
  for (const asked of [
    { text: "pa i vi", near: true, chosen },
    { text: "nondragon", near: false, chosen: new Map() },
    { text: "", near: true, chosen },
    { text: "", near: true, chosen: new Map() },
    { text: "東京 <b>&q=", near: true, chosen: new Map([["__proto__", ["constructor"]]]) },
  ]) {
    assert.deepEqual(askedIn(addressOf(asked)), asked);
  }
  assert.equal(addressOf({ text: "", near: true, chosen: new Map() }), "");
  assert.equal(addressOf({ text: "a", near: true, chosen }), "?q=a&country=ES&country=a%20b%26%3D%3F&kind=tool");
  assert.deepEqual([...askedIn("?country=ES&country=ES&country=&q=x&typed=1&utm=y").chosen], [["country", ["ES"]], ["utm", ["y"]]]);
  assert.deepEqual([...among(askedIn("?country=ES&utm=y").chosen, new Set(["country"]))], [["country", ["ES"]]]);
  for (const hostile of ["?%", "?q=%ff&a=%", `?q=a&${"a=b&".repeat(10_000)}`, "?__proto__=x&constructor=y", `?a=${"x".repeat(1e6)}`]) {
    const { chosen, text } = askedIn(hostile);
    assert.ok(chosen.size < 3 && text.length < 3 && addressOf(askedIn(hostile)).length < 2e6);
  }
  assert.equal(askedIn(`?${Array.from({ length: 100 }, (_, n) => `f${n}=x`).join("&")}`).chosen.size, 60);
});

test("a choice is made and taken back", () => {
  const one = toggled(new Map(), "country", "ES");
  const two = toggled(one, "country", "FR");
  assert.deepEqual([...two], [["country", ["ES", "FR"]]]);
  assert.deepEqual([...toggled(two, "country", "ES")], [["country", ["FR"]]]);
  assert.deepEqual([...toggled(one, "country", "ES")], []);
  assert.deepEqual([...one], [["country", ["ES"]]], "nothing is changed in place");
});

test("files of two builds are noticed", async () => {
  const { files } = read("answers");
  const load = over(files);
  const reader = await Reader.open(async (shard) => {
    const payload = await load(shard);
    if (shard.startsWith("p/")) payload[0]! ^= 1;
    return payload;
  }, nearest);
  await assert.rejects(reader.search("cooperative"), { trouble: "mismatch" });
});

test("found words are marked, in any script", () => {
  const found = (form: string) => ["cooperative", "economia", "東京", "__proto__"].includes(form);
  assert.deepEqual(pieces("A Coöperative, l'ECONOMÍA <b>", found), [["A ", false], ["Coöperative", true], [", l'", false], ["ECONOMÍA", true], [" <b>", false]]);
  assert.deepEqual(pieces("在東京都Cooperative", found), [["在", false], ["東京", true], ["都", false], ["Cooperative", true]]);
  assert.deepEqual(pieces("", found), []);
  assert.deepEqual(pieces("constructor", found), [["constructor", false]]);
});

test("keys move through the results and back to the box", () => {
  assert.deepEqual(["ArrowDown", "ArrowUp", "Home", "End", "Escape", "x"].map((key) => target(key, -1, 3)), [0, null, null, null, null, null]);
  assert.deepEqual(["ArrowDown", "ArrowUp", "Home", "End", "Escape", "x"].map((key) => target(key, 1, 3)), [2, 0, 0, 2, -1, null]);
  assert.equal(target("ArrowUp", 0, 3), -1);
  assert.equal(target("ArrowDown", 2, 3), 2);
  assert.equal(target("ArrowDown", -1, 0), null);
});

test("the order of code points, not of UTF-16 units", () => {
  assert.ok(words.isBefore("\uffff", "\u{10000}"));
  assert.ok(words.isBefore("a", "ab") && !words.isBefore("ab", "a") && !words.isBefore("a", "a") && words.isBefore("", "a"));
});
