// Prose flows in; the same text, of the same length and lines, with code blanked out flows out (model/mentions.py, `mask_code`).

export const MASK = "\x02";

const FENCE = /^(~{3,}|`{3,})[ ]*(?:\{[^\n]*\}|\.?[\p{L}\p{N}_#.+-]*[ ]*(?:hl_lines=[^\n]*)?)$/u;
const ITEM = /^( *)(?:[*+-]|\d+\.|:|\[\^[^\]]*\]:)(?: |$)/;

export function maskCode(text: string): string {
  if (!/`|~~~|\t|\n {4}/.test(text) && !text.startsWith("    ")) return text;
  const joined = maskIndented(maskFences(text.split("\n"))).join("\n");
  return joined.split(/(\n[ \t]*\n)/).map((part, at) => (at % 2 ? part : maskSpans(part))).join("");
}

function maskFences(lines: readonly string[]): string[] {
  const closing = new Map<string, number[]>();
  lines.forEach((line, number) => {
    const bare = line.replace(/ +$/, "");
    if (/^(?:`{3,}|~{3,})$/.test(bare)) closing.set(bare, [...(closing.get(bare) ?? []), number]);
  });
  const masked = [...lines];
  for (let number = 0; number < lines.length; number++) {
    const opened = FENCE.exec(lines[number]!);
    const ends = (opened && closing.get(opened[1]!)) || [];
    while (ends.length && ends[0]! <= number) ends.shift();
    if (!ends.length) continue;
    for (let inside = number; inside <= ends[0]!; inside++) masked[inside] = MASK.repeat(lines[inside]!.length);
    number = ends[0]!;
  }
  return masked;
}

export function expandTabs(line: string): string {
  let out = "";
  for (const sign of line) out += sign === "\t" ? " ".repeat(4 - (out.length % 4)) : sign;
  return out;
}

function maskIndented(lines: readonly string[]): string[] {
  let [level, afterBlank, inCode] = [0, true, false];
  return lines.map((line) => {
    const plain = expandTabs(line);
    const indent = plain.length - plain.replace(/^ +/, "").length;
    if (!plain.trim()) {
      afterBlank = true;
    } else if (indent >= 4 * (level + 1) && (afterBlank || inCode)) {
      [inCode, afterBlank] = [true, false];
      return MASK.repeat(line.length);
    } else {
      if (ITEM.test(plain)) level = Math.floor(indent / 4) + 1;
      else if (indent < 4 && afterBlank) level = 0;
      inCode = afterBlank = false;
    }
    return line;
  });
}

function maskSpans(block: string): string {
  if (!block.includes("`")) return block;
  let [out, done] = ["", 0];
  for (const [start, end] of spans(block)) {
    out += block.slice(done, start) + block.slice(start, end).replace(/[^\n]/g, MASK);
    done = end;
  }
  return out + block.slice(done);
}

function* spans(block: string): Generator<[number, number]> {
  const runs = [...block.matchAll(/`+/g)].map((match) => [match.index!, match[0].length] as const);
  for (let index = 0; index < runs.length; ) {
    let [start, size] = runs[index]!;
    const slashes = /\\*$/.exec(block.slice(0, start))![0].length;
    if (slashes % 2) [start, size] = [start + 1, size - 1];
    let [closer, longest] = [-1, 0];
    for (let later = index + 1; later < (size ? runs.length : 0); later++) {
      if (runs[later]![1] === size) {
        [closer, longest] = [later, size];
        break;
      }
      if (runs[later]![1] > longest) [closer, longest] = [later, runs[later]![1]];
    }
    if (closer < 0 || longest > size) {
      index += 1;
      continue;
    }
    yield [start + size - longest, runs[closer]![0] + longest];
    index = closer + 1;
  }
}
