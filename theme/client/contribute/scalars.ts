// One text flows in; how YAML may write it flows out: bare, in quotes, with escapes, broken or not. The rules are ruamel.yaml's
// (its `analyze_scalar`), and intake/writing.py's on what other readers would take for something else.

const NUMBERS = /^[-+.]?[0-9][-+0-9_:.,eExXoTZ ]*$/;
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
export const BREAKS = "\n\x85\u2028\u2029";
const GAPS = "\0 \t\r\n\x85\u2028\u2029";

/** Whether another program that reads YAML would take the plain text for a number, a date or a truth value. */
export const readsOtherwise = (text: string): boolean => NUMBERS.test(text) || WORDS.has(text.toLowerCase());

/** Whether YAML 1.2 itself reads the plain text as a text. */
export const isText = (text: string): boolean => text !== "" && !(RESOLVED_START.test(text) && RESOLVED.test(text));

export function printable(sign: string): boolean {
  return (sign >= " " && sign <= "~") || (sign >= "\xa0" && sign !== "\ufeff" && !/^[\ud800-\udfff\ufffe\uffff]$/.test(sign));
}

export interface Analysis {
  readonly plain: boolean;
  readonly flow: boolean;
  readonly single: boolean;
  readonly multiline: boolean;
}

export function analyze(signs: readonly string[]): Analysis {
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

/** Whether a double-quoted text may be broken at a blank without a backslash. */
export function breaksAt(signs: readonly string[], start: number, end: number): boolean {
  const blank = signs.indexOf(" ", end);
  if (blank < 0) return false;
  const between = signs.slice(end, blank);
  const after = signs[blank + 1];
  return (
    !between.includes('"') && !between.includes("'") && after !== undefined && !" \n".includes(after) &&
    !(signs[end - 1] === " " && signs[end] === " ") && start !== end
  );
}

export function escaped(sign: string): string {
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
