// Plain values and a kind's declaration flow in, the text of an entry's file flows out: the same text as intake/writing.py
// writes, which leaves the signs to ruamel.yaml. What it does is done here: its choice of quotes and its breaking of lines at
// 110 columns. tests/vectors/writing.json holds both to each other.

import { type Field, isMap, type Plain, type Values } from "./kinds";

const WIDTH = 110;
const INDENT = 2;
const SEQUENCE = 4;
const DASH = "  -";
const KEY_LENGTH = 128;
const NUMBERS = /^[-+.]?[0-9][-+0-9_:.,eExXoTZ ]*$/;
const SHORT = /^[\p{L}\p{N}_][\p{L}\p{N}_ .+/-]{0,38}$/u;
const WORDS = new Set(["yes", "no", "on", "off", "y", "n", "true", "false", "null", "~", ""]);
/** What YAML 1.2 reads as something else than a text. */
const RESOLVED =
  /^(?:true|True|TRUE|false|False|FALSE|[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+|<<|~|null|Null|NULL|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?|=)$/;
/** A pattern is tried on a text only where it begins with one of these. */
const RESOLVED_START = /^[tTfF\-+0-9.<~nN=]/;
const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "0", "\x07": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", '"': '"', "\\": "\\",
  "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
};
const BREAKS = "\n\x85\u2028\u2029";
const GAPS = "\0 \t\r\n\x85\u2028\u2029";

type Style = "" | "'" | '"' | "|";

/** The file of an entry: fields in the order of the declaration, the record last. */
export function entryText(kind: string, fields: readonly Field[], values: Values): string {
  const order = [...fields.filter(({ name }) => name !== "record"), ...fields.filter(({ name }) => name === "record")];
  const told: Values = {};
  for (const { name } of order) if (values[name] !== undefined) told[name] = values[name];
  return `# yaml-language-server: $schema=../kinds/schemas/${kind}.schema.json\n${valuesText(told)}`;
}

/** Fields as YAML, without the first line of a file. */
export function valuesText(values: Values): string {
  const emitter = new Emitter();
  emitter.mapping(values, false);
  return emitter.end();
}

function printable(sign: string): boolean {
  return (sign >= " " && sign <= "~") || (sign >= "\xa0" && sign !== "\ufeff" && !/^[\ud800-\udfff\ufffe\uffff]$/.test(sign));
}

interface Analysis {
  readonly plain: boolean;
  readonly flow: boolean;
  readonly single: boolean;
  readonly multiline: boolean;
}

function analyze(signs: readonly string[]): Analysis {
  if (!signs.length) return { plain: true, flow: false, single: true, multiline: false };
  const text = signs.join("");
  let block = text.startsWith("---") || text.startsWith("...");
  let flow = block;
  let [breaks, special, breakSpace, spaceBreak, wasSpace, wasBreak] = [false, false, false, false, false, false];
  signs.forEach((sign, at) => {
    const gapBefore = at === 0 || GAPS.includes(signs[at - 1]!);
    const gapAfter = at + 1 >= signs.length || GAPS.includes(signs[at + 1]!);
    if (at === 0) {
      if ("#,[]{}&*!|>'\"%@`".includes(sign)) flow = block = true;
      if ("?:".includes(sign)) {
        if (signs.length === 1) flow = true;
        if (gapAfter) block = true;
      }
      if (sign === "-" && gapAfter) flow = block = true;
    } else {
      if (",[]{}".includes(sign)) flow = true;
      if (sign === ":" && gapAfter) flow = block = true;
      if (sign === "#" && gapBefore) flow = block = true;
    }
    const isBreak = BREAKS.includes(sign);
    if (isBreak) breaks = true;
    if (sign !== "\n" && !printable(sign) && sign !== "\x85") special = true;
    if (sign === " " && wasBreak) breakSpace = true;
    if (isBreak && wasSpace) spaceBreak = true;
    wasSpace = sign === " ";
    wasBreak = isBreak;
  });
  const edge = (sign: string) => sign === " " || BREAKS.includes(sign);
  const bare = !edge(signs[0]!) && !edge(signs[signs.length - 1]!) && !breakSpace && !special && !spaceBreak && !breaks;
  return { plain: bare && !block, flow: bare && !flow, single: !breakSpace && !special && !spaceBreak, multiline: breaks };
}

class Emitter {
  private out: string[] = [];
  private column = 0;
  private indent = 0;
  private whitespace = true;
  private indention = true;
  private flow = false;
  private readonly outer: [number, boolean][] = [];
  private started = false;

  end(): string {
    if (this.column) this.lineBreak();
    return this.out.join("");
  }

  mapping(values: Values, inMapping: boolean): void {
    this.deeper(false, false, false);
    for (const [name, value] of Object.entries(values)) {
      this.toIndent();
      this.key(name);
      this.node(value, true);
    }
    this.shallower();
    void inMapping;
  }

  private key(name: string): void {
    const signs = Array.from(name);
    const simple = signs.length < KEY_LENGTH && !analyze(signs).multiline;
    if (simple) {
      this.scalar(name, signs, false, true);
      this.indicator(":", false);
      return;
    }
    this.indicator("?", true, true);
    this.scalar(name, signs, false, false);
    this.toIndent();
    this.indicator(":", true, true);
  }

  private node(value: Plain, inMapping: boolean): void {
    if (Array.isArray(value)) this.sequence(value, inMapping);
    else if (isMap(value)) this.mapping(value, inMapping);
    else this.text(value, !inMapping);
  }

  private sequence(items: readonly Plain[], inMapping: boolean): void {
    if (items.every((item) => typeof item === "string" && SHORT.test(item))) {
      this.flowSequence(items as readonly string[]);
      return;
    }
    this.deeper(false, true, inMapping && !this.indention);
    for (const item of items) {
      this.toIndent();
      this.indicator(DASH, true, true);
      this.node(item, false);
    }
    this.shallower();
  }

  private flowSequence(items: readonly string[]): void {
    const [base, isSequence] = this.outer[this.outer.length - 1] ?? [0, false];
    const lead = this.outer.length < 2 || !isSequence ? 0 : base + SEQUENCE - this.column - 1;
    this.indicator(`${" ".repeat(Math.max(0, lead))}[`, true, false, true);
    this.deeper(true, true, false);
    this.flow = true;
    items.forEach((item, at) => {
      if (at) this.indicator(",", false);
      if (this.column > WIDTH) this.toIndent();
      this.text(item, true);
    });
    this.shallower();
    this.flow = false;
    this.indicator("]", false);
  }

  /** A value: what other readers would take for something else is quoted, several lines become a block. */
  private text(value: string, inSequence: boolean): void {
    if (value.includes("\n")) {
      this.scalar(`${strip(value)}\n`, undefined, inSequence, false, "|");
    } else {
      this.scalar(value, undefined, inSequence, false, NUMBERS.test(value) || WORDS.has(value.toLowerCase()) ? '"' : undefined);
    }
  }

  private scalar(value: string, given: readonly string[] | undefined, inSequence: boolean, isKey: boolean, asked?: Style): void {
    const signs = given ?? Array.from(value);
    this.deeper(true, undefined, false);
    const style = this.styleOf(value, signs, isKey, asked);
    if (inSequence && !this.flow) this.toIndent();
    if (style === '"') this.double(signs, !isKey);
    else if (style === "'") this.single(signs, !isKey);
    else if (style === "|") this.literal(value);
    else this.plain(signs, !isKey);
    this.shallower();
  }

  private styleOf(value: string, signs: readonly string[], isKey: boolean, asked?: Style): Style {
    if (asked === '"') return '"';
    const found = analyze(signs);
    const isText = !(RESOLVED_START.test(value) && RESOLVED.test(value)) && value !== "";
    if (!asked && isText && !(isKey && found.multiline) && (this.flow ? found.flow : found.plain)) return "";
    if (asked === "|" && !this.flow && !isKey) return "|";
    if (!asked && (value.includes("'") || value.includes("\n"))) return '"';
    if (!asked && found.single && !(isKey && found.multiline)) return "'";
    return '"';
  }

  private deeper(flow: boolean, sequence: boolean | undefined, sameIndent: boolean): void {
    this.outer.push([this.indent, sequence ?? false]);
    if (!this.started) {
      this.started = true;
      if (!flow) this.indent = 0;
    } else if (!sameIndent) {
      this.indent += this.outer.length > 1 && this.outer[this.outer.length - 2]![1] ? SEQUENCE : INDENT;
    }
  }

  private shallower(): void {
    this.indent = this.outer.pop()![0];
  }

  private write(text: string): void {
    this.out.push(text);
    this.column += Array.from(text).length;
  }

  private indicator(sign: string, needsGap: boolean, indention = false, whitespace = false): void {
    this.write(this.whitespace || !needsGap ? sign : ` ${sign}`);
    this.whitespace = whitespace;
    this.indention = this.indention && indention;
  }

  private toIndent(): void {
    if (!this.indention || this.column > this.indent || (this.column === this.indent && !this.whitespace)) this.lineBreak();
    if (this.column < this.indent) {
      this.whitespace = true;
      this.write(" ".repeat(this.indent - this.column));
    }
  }

  private lineBreak(): void {
    this.whitespace = true;
    this.indention = true;
    this.out.push("\n");
    this.column = 0;
  }

  private within(): void {
    this.whitespace = false;
    this.indention = false;
  }

  private plain(signs: readonly string[], split: boolean): void {
    if (!signs.length) return;
    if (!this.whitespace) this.write(" ");
    this.within();
    let [start, spaces] = [0, false];
    for (let end = 0; end <= signs.length; end++) {
      const sign = signs[end];
      if (spaces) {
        if (sign !== " ") {
          if (start + 1 === end && this.column >= WIDTH && split) {
            this.toIndent();
            this.within();
          } else {
            this.write(signs.slice(start, end).join(""));
          }
          start = end;
        }
      } else if (sign === undefined || sign === " ") {
        if (end - start + this.column > WIDTH && this.column > this.indent) this.toIndent();
        this.write(signs.slice(start, end).join(""));
        start = end;
      }
      if (sign !== undefined) spaces = sign === " ";
    }
  }

  private single(signs: readonly string[], split: boolean): void {
    this.indicator("'", true);
    let [start, spaces] = [0, false];
    for (let end = 0; end <= signs.length; end++) {
      const sign = signs[end];
      if (spaces) {
        if (sign !== " ") {
          if (start + 1 === end && this.column > WIDTH && split && start !== 0 && end !== signs.length) this.toIndent();
          else this.write(signs.slice(start, end).join(""));
          start = end;
        }
      } else if (sign === undefined || sign === " " || sign === "'") {
        if (start < end) this.write(signs.slice(start, end).join(""));
        start = end;
      }
      if (sign === "'") {
        this.write("''");
        start = end + 1;
      }
      if (sign !== undefined) spaces = sign === " ";
    }
    this.indicator("'", false);
  }

  private double(signs: readonly string[], split: boolean): void {
    this.indicator('"', true);
    let start = 0;
    for (let end = 0; end <= signs.length; end++) {
      const sign = signs[end];
      if (sign === undefined || '"\\\x85\u2028\u2029'.includes(sign) || !printable(sign)) {
        if (start < end) {
          this.write(signs.slice(start, end).join(""));
          start = end;
        }
        if (sign !== undefined) {
          this.write(escaped(sign));
          start = end + 1;
        }
      }
      if (0 < end && end < signs.length - 1 && (sign === " " || start >= end) && this.column + (end - start) > WIDTH && split) {
        const bare = breaksAt(signs, start, end);
        this.write(signs.slice(start, end).join("") + (bare ? "" : "\\"));
        if (start < end) start = end;
        this.toIndent();
        this.within();
        if (signs[start] === " ") {
          if (bare) start += 1;
          else this.write("\\");
        }
      }
    }
    this.indicator('"', false);
  }

  private literal(text: string): void {
    this.indicator(`|${BREAKS.includes(text[0]!) || text[0] === " " ? 2 : ""}`, true);
    this.lineBreak();
    for (const line of text.slice(0, -1).split("\n")) {
      if (line) {
        this.toIndent();
        this.write(line);
      }
      this.lineBreak();
    }
  }
}

/** Whether a double-quoted text may be broken at a blank without a backslash. */
function breaksAt(signs: readonly string[], start: number, end: number): boolean {
  const blank = signs.indexOf(" ", end);
  if (blank < 0) return false;
  const between = signs.slice(end, blank);
  const after = signs[blank + 1];
  return (
    !between.includes('"') && !between.includes("'") && after !== undefined && !" \n".includes(after) &&
    !(signs[end - 1] === " " && signs[end] === " ") && start !== end
  );
}

function escaped(sign: string): string {
  const known = ESCAPES[sign];
  if (known) return `\\${known}`;
  const code = sign.codePointAt(0)!;
  const [mark, width] = code <= 0xff ? ["x", 2] : code <= 0xffff ? ["u", 4] : ["U", 8];
  return `\\${mark}${code.toString(16).toUpperCase().padStart(Number(width), "0")}`;
}

/** What Python's strip takes away. */
export const strip = (text: string): string =>
  text.replace(/^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g, (run) => (run.includes("\ufeff") ? kept(run) : ""));

const kept = (run: string): string => run.slice(run.indexOf("\ufeff"), run.lastIndexOf("\ufeff") + 1);
