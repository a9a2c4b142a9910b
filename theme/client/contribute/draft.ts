// What somebody has written so far is kept in this browser alone, and comes back. Where the browser keeps nothing (some do not for
// pages on a disk), the form works without.

import type { Values } from "./kinds";

const LONGEST = 300_000;

export class Draft {
  constructor(private readonly key: string) {}

  read(): Values | undefined {
    try {
      const kept = localStorage.getItem(this.key);
      const values: unknown = kept ? JSON.parse(kept) : undefined;
      return typeof values === "object" && values !== null && !Array.isArray(values) ? (values as Values) : undefined;
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
