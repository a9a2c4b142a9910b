// Plain values and a kind's declaration flow in, the text of an entry's file flows out: the same text as intake/writing.py
// writes, which leaves the signs to ruamel.yaml. What it does is done here: its choice of quotes and its breaking of lines at
// 110 columns. tests/vectors/writing.json holds both to each other.

import { type Field, has, isMap, type Plain, type Values } from "./kinds";
import { analyze, BREAKS, breaksAt, escaped, isText, printable, readsOtherwise, strip } from "./scalars";

const WIDTH = 110;
const INDENT = 2;
const SEQUENCE = 4;
const DASH = "  -";
const KEY_LENGTH = 128;
const SHORT = /^[\p{L}\p{N}_][\p{L}\p{N}_ .+/-]{0,38}$/u;
type Style = "" | "'" | '"' | "|";

/** The file of an entry: fields in the order of the declaration, the record last, and no blanks at the ends of lines. */
export function entryText(kind: string, fields: readonly Field[], values: Values): string {
  const told = Object.fromEntries(Object.entries(inOrder(fields, values)).filter(([name]) => fields.some((one) => one.name === name)));
  const emitter = new Emitter();
  emitter.mapping(told);
  return `# yaml-language-server: $schema=../kinds/schemas/${kind}.schema.json\n${emitter.end(true)}`;
}

/** What is declared in the order of its declaration, then all else as it is given. */
function inOrder(fields: readonly Field[], values: Values): Values {
  const order = [...fields.filter(({ name }) => name !== "record"), ...fields.filter(({ name }) => name === "record")];
  const named: [string, Plain][] = [];
  for (const field of order) if (has(values, field.name)) named.push([field.name, ordered(field, values[field.name]!)]);
  const rest = Object.entries(values).filter(([name]) => !fields.some((field) => field.name === name));
  return Object.fromEntries([...named, ...rest]);
}

function ordered(field: Field, value: Plain): Plain {
  if (Array.isArray(value)) return value.map((item) => ordered(field, item));
  if (!isMap(value) || !field.fields) return value;
  if (field.many !== "keyed") return inOrder(field.fields, value);
  const each: Field = { ...field, many: "list" };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ordered(each, item)]));
}

/** Fields as YAML, without the first line of a file. */
export function valuesText(values: Values): string {
  const emitter = new Emitter();
  emitter.mapping(values);
  return emitter.end();
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
  private line = 0;
  /** Lines of blocks, in which a blank is part of what is said; where a block names its indentation, nobody looks closer. */
  private readonly blocks = new Set<number>();
  private numbered = false;

  end(bare = false): string {
    if (this.column) this.lineBreak();
    const text = this.out.join("");
    if (!bare || this.numbered) return text;
    return text.split("\n").map((line, at) => (this.blocks.has(at) ? line : line.replace(/[ \t]+$/, ""))).join("\n");
  }

  mapping(values: Values): void {
    this.deeper(false, false, false);
    for (const [name, value] of Object.entries(values)) {
      this.toIndent();
      this.key(name);
      this.node(value, true);
    }
    this.shallower();
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
    else if (isMap(value)) this.mapping(value);
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
      this.scalar(value, undefined, inSequence, false, readsOtherwise(value) ? '"' : undefined);
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
    if (!asked && isText(value) && !(isKey && found.multiline) && (this.flow ? found.flow : found.plain)) return "";
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
    this.line++;
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
    const numbered = BREAKS.includes(text[0]!) || text[0] === " ";
    this.numbered ||= numbered;
    this.indicator(`|${numbered ? 2 : ""}`, true);
    this.lineBreak();
    for (const line of text.slice(0, -1).split("\n")) {
      this.blocks.add(this.line);
      if (line) {
        this.toIndent();
        this.write(line);
      }
      this.lineBreak();
    }
  }
}
