// Prose as it was written flows in; what is wrong with it flows out, M001 to M007 (check/prose_text.py, model/prose_links.py).

import { length } from "../kinds";
import { capsPassed } from "./caps";
import { MASK, maskCode } from "./code";
import { type Finding, found, type Path } from "./finding";

const MAX_LENGTH = 100_000;
const AUTOLINK = /<(?:([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)|[^<> !@]+@[^@<> ]+)>/g;
const ENTITY = /&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8});?/g;
const TARGET = "[ ]*\\n?[ ]*(?:<([^<>\\n]*)>|([^\\s<>][^\\s)]*))";
const LINK = new RegExp(`(\\\\?)\\]\\(${TARGET}`, "g");
const DEFINITION = new RegExp(`^[ >]*\\[(?!\\^)([^\\[\\]\\n]{0,300})\\]:${TARGET}`, "gm");
const IMAGE = /(\\?)!\[([^[\]\n]{0,300})\](?:(\()|[ ]?\[([^[\]\n]{0,300})\])?/g;
const HIDDEN = /[^\t\n\r -~\xa0-\u200a\u200c-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\u{10000}-\u{1fffd}\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}\u{40000}-\u{4fffd}\u{50000}-\u{5fffd}\u{60000}-\u{6fffd}\u{70000}-\u{7fffd}\u{80000}-\u{8fffd}\u{90000}-\u{9fffd}\u{a0000}-\u{afffd}\u{b0000}-\u{bfffd}\u{c0000}-\u{cfffd}\u{d0000}-\u{dfffd}\u{e0000}-\u{efffd}\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}]/u;

const CAPPED = {
  M002: "A line or paragraph is too long: put an empty line in between.",
  M003: "Lists, quotations or brackets are nested too deeply: bring them nearer to the margin.",
  M004: "The same sign is repeated too often: write words, or a shorter line of signs.",
  M005: "The text has too many lines: shorten it, or make an article of it.",
} as const;

export function* proseProblems(written: string, path: Path, most?: number): Generator<Finding> {
  const text = written.replace(/\r\n?/g, "\n");
  const limit = Math.min(most || MAX_LENGTH, MAX_LENGTH);
  if (length(text) > limit) {
    yield found("M005", path, "{over} characters too many; at most {most} fit.", { over: String(length(text) - limit), most: String(limit) });
    return;
  }
  const capped = [...capsPassed(text)];
  for (const code of capped) yield found(code, path, CAPPED[code]);
  if (!capped.length) yield* markup(text, path);
}

const html = (path: Path, word: string): Finding => found("M001", path, "“{word}” is not read here: use Markdown, or put it in backticks.", { word });
const link = (path: Path, word: string): Finding => found("M006", path, "The link “{word}” cannot be kept: write https://…, mailto:… or a path.", { word: word.slice(0, 60) });
const picture = (path: Path, word: string): Finding => found("M007", path, "The picture “{word}” comes from elsewhere and cannot be shown.", { word: word.slice(0, 60) });

function* markup(text: string, path: Path): Generator<Finding> {
  const prose = maskCode(text);
  const links = [...prose.matchAll(LINK)].filter((match) => !match[1]);
  const definitions = [...prose.matchAll(DEFINITION)];
  if (prose.includes("<")) yield* tags(prose, [...links, ...definitions], path);
  if (HIDDEN.test(text)) for (const sign of text) if (HIDDEN.test(sign)) yield html(path, `U+${sign.codePointAt(0)!.toString(16).toUpperCase()}`);
  for (const [entity] of prose.matchAll(ENTITY)) {
    const sign = unescaped(entity);
    if (HIDDEN.test(sign) || sign === "\ufffd") yield html(path, entity);
  }
  const images = [...prose.matchAll(IMAGE)].filter((match) => !match[1]);
  const brackets = new Set(images.filter((match) => match[3]).map((match) => match.index! + match[0].length - 1));
  const labels = new Set(images.filter((match) => !match[3]).map((match) => (match[4] || match[2] || "").trim().toLowerCase()));
  for (const match of links) yield* target(match[2], match[3], brackets.has(prose.indexOf("(", match.index)), path);
  for (const match of definitions) yield* target(match[2], match[3], labels.has(match[1]!.trim().toLowerCase()), path);
}

function* target(angled: string | undefined, bare: string | undefined, image: boolean, path: Path): Generator<Finding> {
  const url = (angled ?? bare ?? "").trim();
  if (url.includes(MASK) || (angled === undefined && url.startsWith(")"))) return;
  if (image ? refusedImage(unescaped(url)) : refusedLink(unescaped(url))) yield image ? picture(path, url) : link(path, url);
}

function* tags(prose: string, targets: readonly RegExpMatchArray[], path: Path): Generator<Finding> {
  const autolinks = new Set<number>();
  for (const match of prose.matchAll(AUTOLINK)) {
    autolinks.add(match.index!);
    if (match[1]?.includes("://") && refusedLink(unescaped(match[1]))) yield link(path, match[1]);
  }
  const angled = new Set(targets.filter((match) => match[2] !== undefined).map((match) => match.index! + match[0].length - match[2]!.length - 2));
  for (const match of prose.matchAll(/(\\?)<(?=[A-Za-z/!?])/g)) {
    const at = match.index! + match[1]!.length;
    if (match[1] || angled.has(at) || autolinks.has(at) || startsAutolink(prose, at)) continue;
    yield html(path, /^<[^\s<>]{0,20}/.exec(prose.slice(at, at + 22))![0]);
  }
}

function startsAutolink(prose: string, at: number): boolean {
  AUTOLINK.lastIndex = 0;
  const end = prose.indexOf(">", at);
  const match = end < 0 ? null : AUTOLINK.exec(prose.slice(at, end + 1));
  AUTOLINK.lastIndex = 0;
  return match?.index === 0;
}

const NAMED: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&colon;": ":", "&sol;": "/", "&bsol;": "\\", "&Tab;": "\t", "&NewLine;": "\n", "&nbsp;": "\xa0" };

/** Character references read: all by number, and those by name that matter to addresses. */
function unescaped(text: string): string {
  return text.replace(/&(?:#([0-9]{1,9})|#[xX]([0-9a-fA-F]{1,8})|[A-Za-z]+);?/g, (whole, decimal?: string, hexadecimal?: string) => {
    if (!decimal && !hexadecimal) return NAMED[whole] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hexadecimal!, 16);
    if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return "\ufffd";
    return String.fromCodePoint(code);
  });
}

export function refusedLink(written: string): boolean {
  const url = written.replace(/^ +| +$/g, "");
  if (/[\s\\]/.test(url) || HIDDEN.test(url)) return true;
  const braced = /^\{(static|attach|filename|index|category|tag|author)\}/.exec(url);
  if (braced) return leavesFolder(url.slice(braced[0].length), braced[1] === "filename");
  if (/^[{|]/.test(url) || url.startsWith("//")) return true;
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(url);
  const name = scheme?.[1]!.toLowerCase();
  if (name && !["http", "https", "mailto"].includes(name)) return true;
  if (!scheme && url.split(/[/?#]/, 1)[0]!.includes(":")) return true;
  return !!scheme && name !== "mailto" && !/^\/\/[^/?#@]+(?:[/?#]|$)/.test(url.slice(scheme[0].length));
}

function refusedImage(written: string): boolean {
  const url = written.replace(/^ +| +$/g, "");
  if (/^\{(?:static|attach)\}/.test(url)) return refusedLink(url);
  if (!url || /[\s\\]/.test(url) || HIDDEN.test(url)) return true;
  return /^[{|/]/.test(url) || url.includes(":") || leavesFolder(url, false);
}

function leavesFolder(path: string, mayClimb: boolean): boolean {
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch (reason) {
    return true;
  }
  if (HIDDEN.test(plain) || /[\\:%]|\/\//.test(plain)) return true;
  return !mayClimb && plain.split(/[/?#;]/).some((part) => part.trim() === "..");
}
