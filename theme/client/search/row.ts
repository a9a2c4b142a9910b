// A hit flows in, the list item that shows it flows out. Titles and texts are data: they are set as text, never as markup.

import { pieces } from "./highlight";
import type { Hit } from "./reader";
import { picture, type Sign } from "./signs";

/** What says why a result was found, where none of its shown words does; filled in later, its line is there from the beginning. */
export const WHY = "why";

export function rowOf(hit: Hit, root: string, sign: Sign | undefined, found: (form: string) => boolean): HTMLLIElement {
  const row = element("li", `row wide ${sign?.class ?? ""}`);
  const text = document.createElement("div");
  const link = document.createElement("a");
  // The root is a relative path, so that an address can never begin with a scheme.
  link.href = root + hit.url;
  link.append(marked("bdi", "", hit.title, found));
  const heading = document.createElement("h2");
  heading.append(link);
  const kind = element("p", `kind ${sign?.class ?? ""}`);
  kind.textContent = sign?.label ?? "";
  text.append(...(sign ? [kind] : []), heading);
  if (hit.summary) text.append(marked("p", "sum", hit.summary, found));
  // Without words nothing was looked for.
  const asked = hit.score > 0 && ![hit.title, hit.summary, hit.place].some((one) => pieces(one, found).some(([, is]) => is));
  if (asked) text.append(element("p", WHY));
  row.append(...(sign ? [picture(sign)] : []), text);
  if (hit.place) {
    const where = element("p", "where");
    where.append(marked("span", "", hit.place, found));
    row.append(where);
  }
  return row;
}

function marked(tag: "p" | "bdi" | "span", classes: string, text: string, found: (form: string) => boolean): HTMLElement {
  const whole = element(tag, classes);
  whole.dir = "auto";
  for (const [piece, is] of pieces(text, found)) {
    if (!is) {
      whole.append(piece);
      continue;
    }
    const mark = document.createElement("mark");
    mark.textContent = piece;
    whole.append(mark);
  }
  return whole;
}

/** An element of these classes. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, classes: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (classes.trim()) made.className = classes.trim();
  return made;
}
