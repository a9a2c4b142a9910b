// Answers flow in, the list that shows them flows out: groups, rows, what was looked for instead, and a sentence on the whole.

import { count, say } from "../base/say";
import type { Hit, Results } from "./reader";
import { element, rowOf, WHY } from "./row";
import type { Sign } from "./signs";

/** The place where results stand. The notice on replaced words is the first line of the list, so that the list
 * itself never moves while somebody types. */
export class Rows {
  readonly list = element("ul", "rows");
  private readonly more = element("button", "btn");
  private readonly typed = document.createElement("a");
  private readonly notice = element("li", "typo");

  constructor(
    private readonly hits: HTMLElement,
    private readonly status: HTMLElement,
    private readonly root: string,
    private readonly signs: () => ReadonlyMap<string, Sign>,
    wantMore: () => void,
  ) {
    this.more.type = "button";
    this.more.addEventListener("click", wantMore);
    hits.append(this.list);
  }

  /** The hits that do not show why they were found, each with the line that is to say it. */
  unexplained(results: Results): (readonly [hit: Hit, line: HTMLElement])[] {
    const rows = [...this.list.querySelectorAll<HTMLElement>("li.row")];
    return results.hits.flatMap((hit, place) => {
      const line = rows[place]?.querySelector<HTMLElement>(`.${WHY}`);
      return line ? [[hit, line] as const] : [];
    });
  }

  links(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll<HTMLAnchorElement>("h2 a")];
  }

  /** `asTyped` is the address of the same words, none of them replaced. */
  show(results: Results, asTyped: string): void {
    const rows = results.hits.map((hit) => rowOf(hit, this.root, this.signs().get(hit.kind), results.found));
    const parted = results.complete < results.total;
    const lines = rows.flatMap((row, place) =>
      parted && (place === 0 || place === results.complete) ? [heading(results, place), row] : [row],
    );
    if (results.meant.length || (results.unknown.length && results.total)) lines.unshift(this.instead(results, asTyped));
    fill(this.list, ...lines);
    this.more.textContent = say("Show more results");
    if (rows.length < results.total) this.hits.append(this.more);
    else this.more.remove();
    const { total, complete, unknown } = results;
    const all = complete && complete < total && !unknown.length ? count(complete, "{count} has all words.", "{count} have all words.") : "";
    this.say([found(results), all].join(" ").trim(), missed(results).join(" "));
  }

  clear(text = ""): void {
    fill(this.list);
    this.more.remove();
    this.say(text, "");
  }

  /** `heard` stands in the list too, for those who see it. */
  private say(seen: string, heard: string): void {
    const hidden = element("span", "vh");
    hidden.textContent = heard;
    // What is shown in two steps is told once.
    if (this.status.textContent === `${seen}${heard && ` ${heard}`}`) return;
    fill(this.status, seen, ...(heard ? [" ", hidden] : []));
  }

  private instead(results: Results, asTyped: string): HTMLLIElement {
    const [noText, showing] = missed(results);
    const first = document.createElement("p");
    const second = document.createElement("p");
    second.append(noText ?? "");
    if (showing) {
      const strong = document.createElement("strong");
      strong.textContent = showing;
      first.append(strong);
      this.typed.href = asTyped;
      this.typed.textContent = say("Search for what was typed");
      second.append(" ", this.typed);
    }
    fill(this.notice, ...(showing ? [first] : []), second);
    return this.notice;
  }
}

/** What the results from `place` on have in common. */
function heading({ complete, unknown }: Results, place: number): HTMLLIElement {
  const line = element("li", "note");
  const words = document.createElement("strong");
  const all = unknown.length ? "With all other words" : "With all words";
  words.textContent = say(place === complete ? "With some of the words" : all);
  line.append(words);
  return line;
}

function found({ total, unknown, narrowed }: Results): string {
  if (total) return count(total, "{count} result.", "{count} results.");
  if (narrowed) return say("Nothing is left. Take one of the choices back.");
  if (unknown.length) return say("Nothing was found. Try another word, or fewer letters.");
  return say("These words are in nearly every text. Please add another one.");
}

/** That no text has some words, and what is looked for in place of them. */
function missed({ meant, unknown }: Results): string[] {
  const words = [...meant.map(([word]) => word), ...unknown];
  const instead = meant.flatMap(([, forms]) => forms);
  return [
    ...(words.length ? [say("No text here has {words}.", { words: quoted(words) })] : []),
    ...(instead.length ? [say("Showing results for {words}.", { words: quoted(instead) })] : []),
  ];
}

/** Words in the direction in which they are written, whatever stands around them. */
const quoted = (words: readonly string[]): string => words.map((word) => `“\u2068${word}\u2069”`).join(", ");

/** Puts these in place of all that stands in a part of the page. */
function fill(part: HTMLElement, ...inside: (Node | string)[]): void {
  part.textContent = "";
  part.append(...inside);
}
