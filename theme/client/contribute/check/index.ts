// An entry as it stands in the form flows in; every finding about it flows out: the rules that are marked `browser` in
// model/rules.py, the same here as there (tests/vectors/checks.json).

import type { Draft, Finding } from "./finding";
import { checkIdentity, checkImages, checkLicenses, checkPlaces, checkRecord, checkRelations, checkWords } from "./known";
import { leavesOf } from "./leaves";
import { checkShape } from "./shape";
import { checkSigns, checkTexts } from "./texts";
import { checkTypes } from "./types";

export type { Draft, Finding, Path, Tables } from "./finding";

export const WARNINGS: ReadonlySet<string> = new Set(["D010", "D011", "T010", "V002", "L003", "R010", "C006", "I005"]);

export function check(draft: Draft): Finding[] {
  const leaves = [...leavesOf(draft.kind.fields, draft.values)];
  return [
    ...checkShape(draft), ...checkSigns(draft.values), ...checkTexts(draft, leaves), ...checkTypes(draft, leaves), ...checkWords(draft, leaves),
    ...checkPlaces(draft, leaves), ...checkLicenses(draft, leaves), ...checkRelations(draft, leaves), ...checkRecord(draft, leaves), ...checkImages(leaves), ...checkIdentity(draft),
  ];
}
