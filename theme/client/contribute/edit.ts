// The text of an entry's file flows in; what it says flows out, and, for other values, a text in which only what changed is
// different: comments, order and the look of everything else stay, to the byte. Loaded where an entry is improved.

import { Document, isMap as isYamlMap, isScalar, isSeq, parseDocument, type Pair, type Scalar, type YAMLMap, YAMLSeq } from "yaml";

import { checksum } from "./checksum";
import type { Editor } from "./entry";
import { type Field, has, isMap, type Plain, same, type Values } from "./kinds";
import { valuesText } from "./writer";

const WIDTH = 110;
type Entries = YAMLMap<Scalar<string>, unknown>;

export function openEntry(text: string, fields: readonly Field[]): Editor {
  const read = (): Document.Parsed => parseDocument(text, { schema: "failsafe", keepSourceTokens: false, uniqueKeys: true });
  const values = plainOf(read().contents) as Values;
  return { began: checksum(text).toString(16).padStart(8, "0"), values, apply: (now) => applied(text, read(), fields, values, now) };
}

/** Every scalar is a text, as the site's own reader takes it. */
function plainOf(node: unknown): Plain {
  if (isYamlMap(node)) return Object.fromEntries((node as Entries).items.map((pair) => [keyOf(pair), plainOf(pair.value)]));
  if (isSeq(node)) return node.items.map(plainOf);
  if (!isScalar(node)) return "";
  const text = typeof node.value === "string" ? node.value : "";
  return (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE" ? text : text.trim()).normalize("NFC");
}

const keyOf = (pair: Pair<Scalar<string>, unknown>): string => String(pair.key.value);

function applied(text: string, document: Document.Parsed, fields: readonly Field[], before: Values, now: Values): string {
  const root = document.contents as unknown as Entries;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  // From the end to the beginning, so that places before a change stay where they are.
  const edits: [number, number, string][] = [];
  for (const pair of root.items) {
    const name = keyOf(pair);
    const [start, end] = [pair.key.range![0], endOf(text, pair)];
    if (!has(now, name)) edits.push([startOfLine(text, start), end, ""]);
    else if (!same(before[name], now[name])) edits.push([start, end, changed(text.slice(start, end), name, before[name]!, now[name]!)]);
  }
  const order = [...fields.filter(({ name }) => name !== "record"), ...fields.filter(({ name }) => name === "record")].map(({ name }) => name);
  for (const name of order) {
    if (!has(now, name) || root.items.some((pair) => keyOf(pair) === name)) continue;
    const following = root.items.find((pair) => order.indexOf(keyOf(pair)) > order.indexOf(name));
    const at = following ? startOfField(text, following) : text.length;
    const lead = at === text.length && text && !text.endsWith("\n") ? "\n" : "";
    edits.push([at, at, lead + valuesText({ [name]: now[name]! })]);
  }
  // Of fields that are new at one place, the last is put in first.
  edits.reverse();
  const sorted = edits.map((edit, number) => ({ edit, number })).sort((one, other) => other.edit[0] - one.edit[0] || other.edit[1] - one.edit[1] || one.number - other.number);
  let result = text;
  for (const { edit: [start, end, written] } of sorted) result = result.slice(0, start) + written.replace(/\n/g, lineEnd) + result.slice(end);
  return result;
}

const startOfLine = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

/** The end of a field's value and of its line, comments behind it on the line included. */
function endOf(text: string, pair: Pair<Scalar<string>, unknown>): number {
  const node = pair.value as { range?: [number, number, number] } | null;
  const end = node?.range?.[1] ?? pair.key.range![1];
  // The value of a block ends where the next line begins already.
  if (end > 0 && text[end - 1] === "\n") return end;
  const line = text.indexOf("\n", end);
  return line < 0 ? text.length : line + 1;
}

/** Where a field begins, the comment lines right above it included. */
function startOfField(text: string, pair: Pair<Scalar<string>, unknown>): number {
  let at = startOfLine(text, pair.key.range![0]);
  while (at > 0) {
    const above = startOfLine(text, at - 1);
    if (above === 0 || !/^\s*#/.test(text.slice(above, at))) break;
    at = above;
  }
  return at;
}

/** One field's lines, for another value: by the library where something in them can be kept, else written anew. */
function changed(lines: string, name: string, before: Plain, now: Plain): string {
  if (typeof before === "string" || typeof now === "string" || !lines.includes("#")) {
    const comment = typeof before === "string" && /^[^"'#|>\n]*( #[^\n]*)\n$/.exec(lines)?.[1];
    const written = valuesText({ [name]: now });
    return comment && written.indexOf("\n") === written.length - 1 ? `${written.slice(0, -1)}${comment}\n` : merged(lines, name, before, now, written);
  }
  return merged(lines, name, before, now, valuesText({ [name]: now }));
}

function merged(lines: string, name: string, before: Plain, now: Plain, anew: string): string {
  if (typeof before === "string" || typeof now === "string") return anew;
  const document = parseDocument(lines, { schema: "failsafe" });
  const root = document.contents as unknown as Entries;
  const pair = root.items[0];
  if (document.errors.length || !pair) return anew;
  pair.value = mergedNode(document, pair.value, before, now);
  const written = document.toString({ lineWidth: WIDTH, indentSeq: true, flowCollectionPadding: false, defaultKeyType: "PLAIN" });
  const again = parseDocument(written, { schema: "failsafe" });
  const said = again.errors.length ? undefined : plainOf(again.contents);
  return isMap(said) && same(said[name], now) ? written : anew;
}

/** The node for `now`: what is the same keeps its node, with its comments. */
function mergedNode(document: Document.Parsed, node: unknown, before: Plain | undefined, now: Plain): unknown {
  if (before !== undefined && same(before, now)) return node;
  if (isYamlMap(node) && isMap(before) && isMap(now)) {
    const entries = node as Entries;
    entries.items = entries.items.filter((pair) => has(now, keyOf(pair)));
    for (const [key, value] of Object.entries(now)) {
      const pair = entries.items.find((one) => keyOf(one) === key);
      if (pair) pair.value = mergedNode(document, pair.value, before[key], value);
      else entries.add(document.createPair(key, nodeOf(document, value)) as never);
    }
    return entries;
  }
  if (isSeq(node) && Array.isArray(before) && Array.isArray(now)) {
    const sequence = new YAMLSeq(document.schema);
    Object.assign(sequence, { flow: node.flow, comment: node.comment, commentBefore: node.commentBefore, spaceBefore: node.spaceBefore });
    const free = before.map((value, at) => ({ value, at }));
    const take = (at: number): void => void free.splice(free.findIndex((one) => one.at === at), 1);
    const pairs = now.map((value) => {
      const old = free.find((one) => same(one.value, value));
      if (old) take(old.at);
      return old;
    });
    sequence.items = now.map((value, at) => {
      const old = pairs[at] ?? free.find((one) => one.at === at) ?? undefined;
      if (old && !pairs[at]) take(old.at);
      return old ? mergedNode(document, node.items[old.at], old.value, value) : nodeOf(document, value);
    });
    if (sequence.items.some((item) => !isScalar(item))) sequence.flow = false;
    return sequence;
  }
  return nodeOf(document, now);
}

const SAFE = /^[\p{L}_][\p{L}\p{N}_ .,;()+/'\u2019-]*$/u;
const WORDS = /^(?:yes|no|on|off|y|n|true|false|null)$/i;

/** A new node, quoted where another reader would take it for something else (writer.ts). */
function nodeOf(document: Document.Parsed, value: Plain): unknown {
  const node = document.createNode(value) as unknown;
  quote(node);
  return node;
}

function quote(node: unknown): void {
  if (isYamlMap(node)) (node as Entries).items.forEach((pair) => quote(pair.value));
  else if (isSeq(node)) node.items.forEach(quote);
  else if (isScalar(node) && typeof node.value === "string") {
    if (node.value.includes("\n")) node.type = "BLOCK_LITERAL";
    else if (!SAFE.test(node.value) || WORDS.test(node.value)) node.type = "QUOTE_DOUBLE";
  }
}
