// Facets, their counts and what is chosen flow in, the panel beside the results flows out, and the chips above them. A script of
// its own: it comes when the first results stand, so that a page that nobody searches never loads it.

import { count, say } from "../base/say";
import type { Chosen, Facet, Narrowing, Value } from "./facets";
import type { Results } from "./reader";
import { picture, type Sign } from "./signs";

/** Values of a facet that are shown before somebody asks for all. */
const FEW = 8;
/** Facets that are open of themselves, where counting them costs nothing more. */
const OPEN = 4;
const KIND = "kind";

export interface Tools {
  /** Where the chips stand, and the panel. */
  readonly bar: HTMLElement;
  readonly side: HTMLElement;
  readonly narrowing: Narrowing;
  readonly signs: () => ReadonlyMap<string, Sign>;
  /** Told when somebody chooses: the new choices. */
  readonly change: (chosen: Chosen) => void;
  readonly toggled: (chosen: Chosen, facet: string, value: string) => Chosen;
}

export interface Panel {
  /** Shows what there is to choose for these results. */
  show(results: Results, chosen: Chosen): Promise<void>;
}

declare global {
  interface Window {
    AUZOLAN_PANEL?: (tools: Tools) => Panel;
  }
}

/** One facet in the page. */
interface Part {
  readonly facet: Facet;
  readonly box: HTMLDetailsElement;
  readonly list: HTMLUListElement;
  readonly more: HTMLButtonElement;
  /** The order in which the values stand: kept while somebody chooses, so that nothing moves under the finger. */
  order: string[];
  all: boolean;
}

window.AUZOLAN_PANEL = (tools) => {
  const { bar, side, narrowing, signs } = tools;
  const parts = new Map<string, Part>();
  const chips = element("ul", "chips");
  const toggle = element("button", "btn narrow");
  const done = element("button", "btn first done");
  toggle.type = done.type = "button";
  let results: Results | undefined;
  let chosen: Chosen = new Map();
  let text = "";
  let ready: Promise<void> | undefined;

  function shut(is: boolean): void {
    side.classList.toggle("shut", is);
    toggle.setAttribute("aria-expanded", String(!is));
  }

  async function start(): Promise<void> {
    const listed = await narrowing.facets();
    const kinds: Facet = { id: KIND, label: say("Kind"), wide: true, kinds: [], digest: "", values: [] };
    const cheap = listed.every((facet) => !facet.digest);
    [kinds, ...listed].forEach((facet, place) => {
      const part = partOf(facet, place === 0 || (cheap && place < OPEN));
      parts.set(facet.id, part);
      side.append(part.box);
    });
    side.append(done);
    bar.append(toggle, chips);
    shut(true);
    toggle.addEventListener("click", () => shut(toggle.getAttribute("aria-expanded") === "true"));
    done.addEventListener("click", () => {
      shut(true);
      toggle.focus();
      bar.scrollIntoView({ block: "start" });
    });
  }

  function partOf(facet: Facet, open: boolean): Part {
    const box = element("details", "facet");
    box.open = open;
    const summary = document.createElement("summary");
    const heading = document.createElement("h2");
    heading.textContent = facet.label;
    summary.append(heading);
    const list = document.createElement("ul");
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", facet.label);
    group.append(list);
    const more = element("button", "all");
    more.type = "button";
    box.append(summary, group, more);
    const part: Part = { facet, box, list, more, order: [], all: false };
    box.addEventListener("toggle", () => box.open && void fill([part]));
    more.addEventListener("click", () => {
      part.all = true;
      void fill([part]).then(() => list.querySelectorAll("input")[FEW]?.focus());
    });
    list.addEventListener("change", (event) => {
      const value = (event.target as HTMLInputElement).value;
      tools.change(tools.toggled(chosen, facet.id, value));
    });
    return part;
  }

  const valuesOf = async (facet: Facet): Promise<readonly Value[]> =>
    facet.id === KIND
      ? narrowing.kinds.map(([id, number]) => ({ id, label: signs().get(id)?.label ?? id, count: number }))
      : narrowing.values(facet);

  /** Whether a facet sorts what may be there: several kinds, one of those chosen, or it is chosen itself. */
  const fits = ({ facet }: Part): boolean =>
    facet.wide || chosen.has(facet.id) || facet.kinds.some((kind) => chosen.get(KIND)?.includes(kind));

  /** Counts the values of these facets, and shows them. */
  async function fill(open: readonly Part[]): Promise<void> {
    const of = results;
    if (!of) return;
    const counts = await of.counts(open.map((part) => part.facet.id));
    const values = await Promise.all(open.map((part) => valuesOf(part.facet)));
    if (of !== results) return;
    open.forEach((part, place) => draw(part, counts.get(part.facet.id) ?? new Map(), values[place] ?? []));
  }

  function draw(part: Part, counts: ReadonlyMap<string, number>, values: readonly Value[]): void {
    const asked = chosen.get(part.facet.id) ?? [];
    const labels = new Map(values.map((value) => [value.id, value.label]));
    const there = [...new Set([...values.map((value) => value.id), ...counts.keys(), ...asked])].filter(
      (id) => counts.has(id) || asked.includes(id),
    );
    const places = new Map(part.order.map((id, place) => [id, place]));
    const at = (id: string) => places.get(id) ?? part.order.length;
    there.sort((a, b) => at(a) - at(b) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    part.order = there;
    const shown = part.all ? there : there.filter((id, place) => place < FEW || asked.includes(id));
    const before = new Map([...part.list.children].map((line) => [line.querySelector("input")?.value ?? "", line]));
    const lines = shown.map((id) => line(part, id, labels.get(id) ?? id, counts.get(id) ?? 0, asked.includes(id), before.get(id)));
    for (const old of [...part.list.children]) if (!lines.includes(old as HTMLLIElement)) old.remove();
    lines.forEach((one, place) => part.list.children[place] === one || part.list.insertBefore(one, part.list.children[place] ?? null));
    part.more.hidden = shown.length === there.length;
    part.more.textContent = say("All values");
    part.box.hidden = !fits(part) || there.length === 0;
  }

  function line(part: Part, id: string, label: string, number: number, on: boolean, before?: Element): HTMLLIElement {
    const made = (before as HTMLLIElement | undefined) ?? newLine(part, id, label);
    const box = made.querySelector("input");
    const told = made.querySelector(".n");
    if (box) box.checked = on;
    made.classList.toggle("on", on);
    if (told) told.textContent = new Intl.NumberFormat(document.documentElement.lang || "en").format(number);
    return made;
  }

  function newLine(part: Part, id: string, label: string): HTMLLIElement {
    const made = document.createElement("li");
    const whole = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = id;
    const name = document.createElement("bdi");
    name.textContent = label;
    const sign = part.facet.id === KIND ? signs().get(id) : undefined;
    whole.append(box, ...(sign ? [picture(sign)] : []), name, element("span", "n"));
    made.append(whole);
    return made;
  }

  async function drawChips(): Promise<void> {
    const all = [...chosen].flatMap(([facet, values]) => values.map((value) => [facet, value] as const));
    const made = all.map(async ([facet, value]) => {
      const part = parts.get(facet);
      const label = part && (await valuesOf(part.facet)).find((one) => one.id === value)?.label;
      const name = document.createElement("bdi");
      name.textContent = label ?? value;
      return chip(name, say("Take back: {words}", { words: `${part?.facet.label ?? facet}: ${label ?? value}` }), "×", () =>
        tools.toggled(chosen, facet, value),
      );
    });
    const of = results;
    const lines = await Promise.all(made);
    if (of !== results) return;
    chips.textContent = "";
    chips.append(...lines, ...(all.length > 1 ? [chip(say("Clear all"), "", "", () => new Map())] : []));
    toggle.textContent = say("Narrow down") + (all.length ? ` (${all.length})` : "");
    done.textContent = count(of?.total ?? 0, "Show {count} result", "Show {count} results");
  }

  function chip(name: Node | string, does: string, cross: string, next: () => Chosen): HTMLLIElement {
    const made = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.append(name);
    if (cross) {
      const sign = element("span", "x");
      sign.textContent = cross;
      sign.setAttribute("aria-hidden", "true");
      button.append(sign);
      button.setAttribute("aria-label", does);
    }
    button.addEventListener("click", () => {
      tools.change(next());
      (toggle.offsetParent ? toggle : side.querySelector("summary"))?.focus({ preventScroll: true });
    });
    made.append(button);
    return made;
  }

  return {
    async show(found, now) {
      await (ready ??= start());
      const other = found.query !== text;
      [results, chosen, text] = [found, now, found.query];
      // Where nothing was found and nothing is chosen, there is nothing to choose.
      const none = !found.total && !now.size;
      toggle.hidden = none;
      const open: Part[] = [];
      for (const part of parts.values()) {
        const { facet, box } = part;
        box.hidden = none || !fits(part);
        if (chosen.has(facet.id)) box.open = true;
        if (other) part.order = [];
        if (box.open && !box.hidden) open.push(part);
      }
      await Promise.all([fill(open), drawChips()]);
    },
  };
};

function element<K extends keyof HTMLElementTagNameMap>(tag: K, classes: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = classes;
  return made;
}
