// The shape of a text flows in; the caps it goes past flow out, M002 to M005 (check/prose_shape.py). The caps keep the time
// that Markdown takes within bounds; tests/vectors/prose_caps.json holds the numbers to Python's.

import { expandTabs } from "./code";

export const CAPS = {
  MAX_LINE: 4_000, MAX_BLOCK: 10_000, MAX_BLOCK_LINES: 200, MAX_DEPTH: 10, MAX_BRACKETS: 8, MAX_EMPHASIS: 12, MAX_TERMS: 30,
  MAX_SAME: 20, MAX_RULE: 120, MAX_SIGNS: 40, MAX_FENCES: 100, MAX_CELLS: 4_000, MAX_LINES: 10_000, MAX_LINKS: 2_000, MAX_MARKS: 6_000,
} as const;

const SAME = new RegExp(`([\\[\\](){}<>!*_\`&\\\\|^'"$%/;,?@])\\1{${CAPS.MAX_SAME},}`);
const SAME_RULE = new RegExp(`([-=~#+.:\\u2014])\\1{${CAPS.MAX_RULE},}`);
const SIGNS = new RegExp(`[!-/:-@\\[-\`{-~]{${CAPS.MAX_SIGNS + 1},}`);
const RULE_LINE = /^[ \t>]*[-=|:+*_~.# \t]*$/;
const MARKERS = /^[ \t]*(?:(?:>|[*+-](?=[ \t]|$)|\d+\.(?=[ \t]|$)|:(?=[ \t]))[ \t]*)*/;
const MARKER = /[>*+:-]|\d+\./g;

type Cap = "M002" | "M003" | "M004" | "M005";
const times = (text: string, sign: string): number => text.split(sign).length - 1;
const width = (text: string): number => Array.from(text).length + 3 * times(text, "\t");

/** The codes of the caps that `text` (lines end in \n) goes past, each for the text or for a block. */
export function* capsPassed(text: string): Generator<Cap> {
  if (times(text, "\n") + 1 > CAPS.MAX_LINES) return void (yield "M005");
  const blocks = text.split(/\n[ \t]*(?=\n)/).map((block) => block.replace(/^(?:[ \t]*\n)+/, "")).filter((block) => block.trim());
  let cells = 0;
  for (const block of blocks) {
    const lines = block.split("\n");
    if (lines.some((line) => width(line) > CAPS.MAX_LINE)) yield "M002";
    else if (width(block) > CAPS.MAX_BLOCK || lines.length > CAPS.MAX_BLOCK_LINES) yield "M002";
    if (lines.some((line) => depth(line) > CAPS.MAX_DEPTH)) yield "M003";
    else {
      if (lines.filter((line) => /^[ ]{0,3}:[ ]/.test(line)).length > CAPS.MAX_TERMS) yield "M003";
      if (tooManyBrackets(block)) yield "M003";
      if (tooMuchEmphasis(block)) yield "M003";
    }
    if (lines.some((line) => SAME.test(line) || SAME_RULE.test(line) || (!RULE_LINE.test(line) && SIGNS.test(line)))) yield "M004";
  }
  if ((text.match(/^(?:~~~|```)/gm) ?? []).length > CAPS.MAX_FENCES) yield "M004";
  if (times(text, "[") > CAPS.MAX_LINKS) yield "M004";
  if ((text.match(/[*_`<&\\]/g) ?? []).length > CAPS.MAX_MARKS) yield "M004";
  for (const block of blocks) {
    const lines = block.split("\n");
    cells += Math.max(...lines.map((line) => times(line, "|"))) * lines.length;
    if (cells > CAPS.MAX_CELLS) return void (yield "M004");
  }
}

function depth(line: string): number {
  const lead = MARKERS.exec(line)![0];
  const indent = /^[ \t]*/.exec(lead)![0];
  return Math.floor(expandTabs(indent).length / 4) + (lead.match(MARKER) ?? []).length;
}

function tooManyBrackets(block: string): boolean {
  let open = 0;
  for (const [sign] of block.matchAll(/\\.|[[\]]/g)) {
    open = Math.max(0, open + (sign === "[" ? 1 : sign === "]" ? -1 : 0));
    if (open > CAPS.MAX_BRACKETS) return true;
  }
  return false;
}

// Signs count by their length: a closing `*` leaves half of an opening `**` open.
function tooMuchEmphasis(block: string): boolean {
  const pending: Record<string, number[]> = { "*": [], _: [] };
  for (const match of block.matchAll(/\*+|_+/g)) {
    const sign = match[0][0]!;
    let size = match[0].length;
    const before = match.index ? signBefore(block, match.index) : " ";
    const after = block.slice(match.index! + size, match.index! + size + 2) || " ";
    if (sign === "_" && /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after)) continue;
    const stack = pending[sign]!;
    const [opens, closes] = [!/^\s/.test(after), !/\s$/.test(before)];
    if (closes && (!opens || (stack.length && stack[stack.length - 1] === size))) {
      while (stack.length && size) {
        const taken = Math.min(stack[stack.length - 1]!, size);
        stack[stack.length - 1]! -= taken;
        size -= taken;
        if (!stack[stack.length - 1]) stack.pop();
      }
    } else if (opens) stack.push(size);
    if ([...pending["*"]!, ...pending["_"]!].reduce((sum, one) => sum + one, 0) > CAPS.MAX_EMPHASIS) return true;
  }
  return false;
}

const signBefore = (text: string, at: number): string => text.slice(Math.max(0, at - 2), at);
