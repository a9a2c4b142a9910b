// A text and the words found flow in; the text in pieces flows out, each marked or not.

import { cut, isUnspaced, spellings, stretches } from "./words";
import { fold } from "./fold";

export type Piece = readonly [text: string, marked: boolean];

/** The pieces join to `text` again; neighbours of one kind are one piece. */
export function pieces(text: string, found: (form: string) => boolean): Piece[] {
  const out: Piece[] = [];
  let end = 0;
  for (const { start, written } of spellings(text)) {
    add(out, text.slice(end, start), false);
    for (const stretch of stretches(written)) {
      if (isUnspaced(stretch)) unspaced(out, stretch, found);
      else add(out, stretch, cut(stretch).some(found));
    }
    end = start + written.length;
  }
  add(out, text.slice(end), false);
  return out;
}

/** In unspaced scripts the words are pairs of characters: both of a pair that was found are marked. */
function unspaced(out: Piece[], stretch: string, found: (form: string) => boolean): void {
  const letters = Array.from(stretch);
  const folded = letters.map(fold);
  letters.forEach((letter, at) => {
    const here = folded[at] ?? "";
    const pairs = [(folded[at - 1] ?? "") + here, here + (folded[at + 1] ?? ""), here];
    add(out, letter, pairs.some((pair) => pair !== "" && found(pair)));
  });
}

function add(out: Piece[], text: string, marked: boolean): void {
  const last = out[out.length - 1];
  if (text === "") return;
  if (last && last[1] === marked) out[out.length - 1] = [last[0] + text, marked];
  else out.push([text, marked]);
}
