// The list that stands in the file flows in, and what is asked; the entries that answer flow out, with ways to narrow them down. What is
// shown while nothing is asked is the list itself. The index is read as on the site (search/reader.ts); what it shows of each
// entry is read off the list.

import { say } from "../base/say";
import { addressOf, among, type Asked, toggled } from "../search/asked";
import { type Chosen, KIND } from "../search/facets";
import "../search/panel";
import type { Panel } from "../search/panel";
import { nearest } from "../search/nearest";
import { Reader, type Results } from "../search/reader";
import { element } from "../search/row";
import { Rows } from "../search/rows";
import { picture, type Sign } from "../search/signs";
import type { Held } from "./held";

const FIRST = 20;
const MORE = 40;

/** What of the list search shows: [id, kind, address, title, summary, place]. */
type Line = readonly [id: string, kind: string, url: string, title: string, summary: string, place: string];

export interface Tools {
  readonly held: Held;
  readonly signs: ReadonlyMap<string, Sign>;
  /** How many documents lie together in the index, and what their part of it begins with, in hex. */
  readonly shown: number;
  readonly digest: string;
  /** Told when somebody chooses. */
  readonly change: (chosen: Chosen) => void;
}

export class List {
  private readonly lines: readonly Line[];
  private readonly reader: Promise<Reader>;
  private readonly rows: Rows;
  private readonly panel: Promise<Panel | undefined>;
  private asked: Asked = { text: "", near: true, chosen: new Map() };
  private turn = 0;
  private most = FIRST;

  constructor(private readonly browse: HTMLElement, hits: HTMLElement, status: HTMLElement, private readonly tools: Tools) {
    this.lines = linesOf(browse, tools.signs);
    this.reader = Reader.open((shard) => this.load(shard), () => Promise.resolve(nearest));
    const [bar, grid, side, main] = [element("div", "bar"), element("div", "cols-main start found"), element("div", "side"), element("div", "")];
    hits.replaceWith(bar, grid);
    main.append(hits, browse);
    grid.append(side, main);
    this.rows = new Rows(hits, status, "#/", () => tools.signs, () => this.showMore());
    const { signs, change } = tools;
    this.panel = this.reader.then(({ facets }) => window.AUZOLAN_PANEL?.({ bar, side, narrowing: facets, signs: () => signs, change, toggled }));
    this.panel.catch(() => undefined); // told where the list is shown
  }

  /** The ids in the file, in their order. */
  get ids(): readonly string[] {
    return this.lines.map(([id]) => id);
  }

  /** The names of the pages of entries, in the order in which they are packed. */
  get names(): readonly string[] {
    return this.lines.map(([, , url]) => url);
  }

  /** Answers from the file's own index, as `AUZOLAN_SEARCH` does on the site. */
  async search(text: string, limit = FIRST, near = true, chosen: Chosen = new Map()): Promise<Results> {
    return (await this.reader).search(text, limit, near, chosen);
  }

  /** Shows what is asked; settles when it stands. */
  async show(asked: Asked): Promise<void> {
    const same = addressOf(asked) === addressOf(this.asked);
    if (!same) this.most = FIRST;
    this.asked = asked;
    await this.draw();
  }

  private async draw(): Promise<void> {
    const mine = ++this.turn;
    try {
      const reader = await this.reader;
      const { facets } = reader;
      const known = new Set([KIND, ...(await facets.facets()).map((facet) => facet.id)]);
      const chosen = among(this.asked.chosen, known);
      const wanted = !!this.asked.text.trim() || chosen.size > 0;
      // All there is, so that each value can be counted.
      const every: Chosen = new Map([[KIND, facets.kinds.map(([kind]) => kind)]]);
      const results = await reader.search(this.asked.text, wanted ? this.most : 0, this.asked.near, wanted ? chosen : every);
      if (mine !== this.turn) return;
      this.browse.hidden = wanted;
      if (wanted) this.rows.show(results, `#/${addressOf({ ...this.asked, near: false })}`);
      else this.rows.clear();
      for (const [hit, line] of wanted ? this.rows.unexplained(results) : []) {
        line.textContent = say(hit.named ? "Found by another name" : "Found in its text");
      }
      await (await this.panel)?.show(results, chosen);
    } catch (reason) {
      if (mine !== this.turn) return;
      this.browse.hidden = false;
      this.rows.clear(say("A part of the search is damaged. The list below has everything."));
    }
  }

  private showMore(): void {
    const first = this.most;
    this.most += MORE;
    void this.draw().then(() => this.rows.links()[first]?.focus());
  }

  private async load(shard: string): Promise<Uint8Array> {
    if (!shard.startsWith("t/")) return this.tools.held.bytes(shard);
    const start = Number(shard.slice(2)) * this.tools.shown;
    const some = this.lines.slice(start, start + this.tools.shown).map(([id, kind, url, title, summary, place]) => [title, summary, place, id, kind, [url]]);
    const lines = new TextEncoder().encode(JSON.stringify(some));
    const digest = (this.tools.digest.match(/../g) ?? []).map((byte) => parseInt(byte, 16));
    return Uint8Array.from([...digest, ...lines]);
  }
}

/** Reads the list, and gives each of its names a link and the sign of its kind. */
function linesOf(browse: HTMLElement, signs: ReadonlyMap<string, Sign>): Line[] {
  const lines: Line[] = [];
  for (const section of browse.querySelectorAll<HTMLElement>("[data-kind]")) {
    const { kind = "", folder = "" } = section.dataset;
    const sign = signs.get(kind);
    for (const row of section.querySelectorAll<HTMLElement>("[data-slug]")) {
      const url = `${folder}/${row.dataset["slug"] ?? ""}`;
      const name = row.querySelector<HTMLElement>("h3");
      const link = document.createElement("a");
      link.href = `#/${url}`;
      if (name) link.append(...name.childNodes);
      name?.append(link);
      if (sign) row.prepend(picture(sign));
      const text = (part: string): string => row.querySelector(part)?.textContent ?? "";
      lines.push([`${kind}/${row.dataset["slug"] ?? ""}`, kind, url, text("h3"), text("p"), text("small")]);
    }
  }
  // By code points, as the index numbers them; ids are ASCII.
  return lines.sort(([one], [other]) => (one < other ? -1 : 1));
}
