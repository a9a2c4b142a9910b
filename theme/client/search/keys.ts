// A key and the place of the focus flow in, the place to go to flows out: 0, 1, … a result, -1 the search box.

/** Where `key` leads from `from` among `count` results; null where the key means something else. */
export function target(key: string, from: number, count: number): number | null {
  const last = count - 1;
  if (key === "Escape") return from >= 0 ? -1 : null;
  if (count === 0) return null;
  if (key === "ArrowDown") return Math.min(from + 1, last);
  if (key === "ArrowUp") return from >= 0 ? from - 1 : null;
  // In the box, Home and End move within what is typed.
  if (key === "Home" && from >= 0) return 0;
  if (key === "End" && from >= 0) return last;
  return null;
}
