// The pure core of a pocket edition, held to what Python packs (PACKED), and to itself.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bytesOf, Held } from "../../theme/client/pocket/held";
import { hashOf, routeOf } from "../../theme/client/pocket/route";

const { lines, values, shared, bytes } = JSON.parse(readFileSync(process.env["PACKED"] ?? "", "utf8"));

test("what Python packed is read", () => {
  const held = new Held(lines);
  for (const [name, value] of Object.entries(values)) assert.deepEqual(held.json(name), value);
  for (const [name, text] of Object.entries(shared)) assert.equal(held.shared("shared", name), text);
  assert.equal(held.shared("shared", "no"), undefined);
  assert.equal(held.shared("shared", "constructor"), undefined);
  for (const [hex, signs] of bytes) assert.equal(Buffer.from(bytesOf(hex.length / 2, signs)).toString("hex"), hex);
});

test("what is not there or damaged is said to be", () => {
  const held = new Held("a 5 !!!!!!!!\nb x\nc 99999 zzzz\n");
  assert.throws(() => held.bytes("no"), { trouble: "missing" });
  for (const name of ["a", "b", "c"]) assert.throws(() => held.bytes(name), { trouble: "damaged" }, name);
});

test("addresses are routes", () => {
  const cases: [string, string, string, string][] = [
    ["", "", "", ""],
    ["#", "", "", ""],
    ["#/", "", "", ""],
    ["#/?q=a%20b&country=ES", "", "", "q=a%20b&country=ES"],
    ["#/cooperatives/x", "cooperatives/x", "", ""],
    ["#/cooperatives/x/s3", "cooperatives/x", "s3", ""],
    ["#/ca/cooperatives/x.html", "cooperatives/x", "", ""],
    ["#/contribute-tool?name=a?b", "contribute-tool", "", "name=a?b"],
    ["#/ca/contribute-tool.html?name=a", "contribute-tool", "", "name=a"],
    ["#/%E0%A4/%20", "%E0%A4/ ", "", ""],
  ];
  for (const [hash, name, anchor, query] of cases) assert.deepEqual(routeOf(hash, "ca/"), { name, anchor, query }, hash);
  assert.equal(routeOf("#main", "ca/"), undefined);
  assert.equal(routeOf("#/ca/cooperatives/x.html", "")?.name, "ca/cooperatives");
  for (const hash of ["#/", "#/about", "#/cooperatives/x/s3?a=b", "#/?q=x"]) assert.equal(hashOf(routeOf(hash, "")!), hash);
});
