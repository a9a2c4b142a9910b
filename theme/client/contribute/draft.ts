// What somebody has written so far is kept in this browser alone, and comes back. Where the browser keeps nothing (some do not for
// pages on a disk), the form works without.

import type { Plain, Values } from "./kinds";

const LONGEST = 300_000;
const DEEPEST = 8;

/** Whether it is what an entry may say. Other pages of the same address may have kept anything under our name. */
const isPlain = (value: unknown, depth = 0): value is Plain =>
  typeof value === "string" ||
  (typeof value === "object" && value !== null && depth < DEEPEST && Object.values(value).every((one) => isPlain(one, depth + 1)));

export class Draft {
  constructor(private readonly key: string) {}

  read(): Values | undefined {
    try {
      const kept = localStorage.getItem(this.key);
      const values: unknown = kept && kept.length <= LONGEST ? JSON.parse(kept) : undefined;
      return isPlain(values) && typeof values !== "string" && !Array.isArray(values) ? values : undefined;
    } catch (reason) {
      return undefined;
    }
  }

  write(values: Values): boolean {
    try {
      const text = JSON.stringify(values);
      if (text.length > LONGEST) return false;
      localStorage.setItem(this.key, text);
      return true;
    } catch (reason) {
      return false;
    }
  }

  forget(): void {
    try {
      localStorage.removeItem(this.key);
    } catch (reason) {
      // Then there is nothing to forget.
    }
  }
}
