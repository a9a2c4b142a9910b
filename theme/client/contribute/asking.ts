// What is asked of a page of the form flows out, and links that ask go out: by the address, or, where all pages stand in one file, by
// what is behind its #.

import type {} from "../pocket/forms";

/** What is asked: `?entry=x&still=correct`, or "". */
export const query = (): string => window.AUZOLAN_HELD?.query() ?? location.search;

/** Makes a link ask this too, in place of what it asked. */
export function asking(link: HTMLAnchorElement, asked: string): void {
  if (window.AUZOLAN_HELD) link.setAttribute("href", (link.getAttribute("href") ?? "").split("?")[0] + asked);
  else link.search = asked;
}
