// A word that nothing uses and the forms that resemble it at one end flow in; the forms that were probably meant flow out. Loaded when
// a word is unknown: most are known. The rules are those of near.ts.

import { LONGEST, NEAR_STEMS, SHORTEST, slips } from "./near";
import type { Form } from "./shards";
import { isBefore } from "./words";

/** Whether a form is ever near a word. */
export function mayBeMeant({ text, stem }: Form): boolean {
  return stem !== "" && slips(Array.from(text).length === SHORTEST - 1 ? `${text}x` : text) > 0;
}

/** Of `forms` those with the fewest slips, one of each stem, the likeliest first. */
export function nearest(word: string, forms: Iterable<Form>): Form[] {
  const most = slips(word);
  const letters = Array.from(word);
  const found = new Map<string, { form: Form; away: number; other: number }>();
  for (const form of most ? forms : []) {
    const its = Array.from(form.text);
    if (found.has(form.text) || !mayBeMeant(form)) continue;
    const away = distance(letters, its, most);
    if (away <= most) found.set(form.text, { form, away, other: Number(its[0] !== letters[0]) });
  }
  const ranked = [...found.values()].sort(
    (a, b) => a.away - b.away || a.other - b.other || b.form.size - a.form.size || (isBefore(a.form.text, b.form.text) ? -1 : 1),
  );
  const meant = new Map<string, Form>();
  for (const { form, away } of ranked) if (away === ranked[0]?.away && !meant.has(form.stem)) meant.set(form.stem, form);
  return [...meant.values()].slice(0, NEAR_STEMS);
}

type Row = Uint8Array;
const FAR = 9;
/** Rows of the table, for words of `LONGEST` letters: to make them anew for each pair would take most of the time. */
const ROWS = [1, 2, 3].map(() => new Uint8Array(LONGEST + 4)) as [Row, Row, Row];

/** How many slips lie between two words, the first of no more than `LONGEST` letters; more than `most` is told as any greater number. */
export function distance(one: readonly string[], other: readonly string[], most: number): number {
  if (Math.abs(one.length - other.length) > most) return FAR;
  let [twice, before, row] = ROWS;
  row.fill(FAR).set([0, 1, 2]);
  for (let down = 0; down < one.length; down++) {
    [twice, before, row] = [before, row, twice];
    row.fill(FAR)[0] = down + 1;
    let least = down + 1;
    // Nothing within `most` slips leads further off the diagonal.
    for (let across = Math.max(0, down - most); across < other.length && across <= down + most; across++) {
      let here = Math.min(row[across]!, before[across + 1]!, before[across]! - Number(one[down] === other[across])) + 1;
      if (down && across && one[down] === other[across - 1] && one[down - 1] === other[across]) here = Math.min(here, twice[across - 1]! + 1);
      row[across + 1] = here;
      least = Math.min(least, here);
    }
    if (least > most) return FAR;
  }
  return row[other.length]!;
}
