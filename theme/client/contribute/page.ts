// The page of a form flows in, as it was made; with this script it checks, shows, remembers and sends what is written. The only
// file of contribute/ that begins by itself.

import { addWords, listen, say } from "../base/say";
import { asking, query } from "./asking";
import { sourcesOf, unanswered } from "./asked";
import { check, type Finding, type Tables } from "./check/index";
import { isSlug } from "./check/known";
import { Draft } from "./draft";
import { counts, enhancer, offerSources, settle, type Surroundings } from "./enhance";
import { Entry, type Written } from "./entry";
import { blocksOf, fill, pickedBy, picksOf, prepare } from "./fields";
import { controlIn, showFindings } from "./findings";
import { isMap, type Kind, type Values } from "./kinds";
import { type Codes, loadCodes, loadText, loadNames, script } from "./load";
import { preview, shown } from "./preview";
import { Near } from "./near";
import { searchIn } from "./search";
import type { Sending } from "./sending";
import { isAsked, statement, Still } from "./still";
import { leave, type Way } from "./ways";

listen();

interface Data extends Kind {
  readonly label: string;
  readonly texts: readonly [string, number];
  readonly default: string;
  readonly site: string;
  readonly search: boolean;
  readonly places: readonly string[];
  readonly vocabularies: readonly string[];
  readonly sending: Sending;
}

const SOON = 250;
const WAYS: readonly Way[] = ["send", "propose", "save", "copy"];
const by = <T extends HTMLElement>(id: string): T | null => document.getElementById(id) as T | null;

class Page {
  private readonly entry: Entry;
  private readonly around: Surroundings;
  private readonly near: Near;
  private draft: Draft;
  private tables: Tables = {};
  private codes: Codes | undefined;
  private found: Finding[] = [];
  private readonly touched = new WeakSet<Element>();
  private timer = 0;
  private all = false;
  private left = false;
  private still: Still | undefined;

  constructor(private readonly form: HTMLFormElement, private readonly data: Data) {
    data.words = {};
    data.relations = {};
    searchIn(data.search, data.kinds);
    this.entry = new Entry(form, data, data.default);
    this.near = new Near(data.name, this.entry.taken);
    this.draft = this.draftOf("new");
    this.around = { places: data.places, fields: data.fields, kindLabels: () => "", changed: () => this.soon() };
  }

  private draftOf(name: string): Draft {
    return new Draft(`auzolan-form ${this.data.site} ${this.data.name} ${name}`);
  }

  async begin(): Promise<void> {
    const { form } = this;
    prepare(form);
    await this.load();
    const enhance = enhancer(this.around);
    enhance(form);
    counts(form, this.data.fields);
    this.listenToButtons();
    this.showHow();
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusout", (event) => this.leftField(event.target as Element));
    this.follow();
    const asked = new URLSearchParams(query());
    const slug = asked.get("entry") ?? "";
    if (slug && isSlug(slug)) await this.open(slug);
    else await this.restore(asked.get("name") ?? "");
    // Some letters are typed before this script is there.
    this.keep((await this.look()).values);
    const pressed = WAYS.find((way) => window.AUZOLAN_PRESSED === `way-${way}`);
    if (pressed) await this.leave(pressed);
  }

  private listenToButtons(): void {
    for (const way of WAYS) by(`way-${way}`)?.addEventListener("click", () => void this.leave(way));
    this.form.querySelectorAll<HTMLInputElement>("input[name=how]").forEach((radio) => radio.addEventListener("change", () => this.showHow()));
  }

  private showHow(): void {
    const field = by("how-source");
    if (field) field.hidden = !!this.form.querySelector("input[value=itself]:checked");
  }

  private async load(): Promise<void> {
    if (this.codes) return;
    const codes = await loadCodes();
    if (!codes || this.codes) return;
    this.codes = this.around.codes = codes;
    addWords(codes.says);
    const words = this.data.vocabularies.map((name) => [name, { labels: codes.words[name] ?? {}, names: {} }] as const);
    this.data.words = Object.fromEntries(words);
    this.data.relations = codes.relations;
    this.tables = { ...this.tables, countries: new Set(Object.keys(codes.countries)), languages: new Set(Object.keys(codes.languages)) };
  }

  private async loadNames(): Promise<void> {
    const names = await loadNames();
    if (!names) return;
    this.tables = {
      ...this.tables, licenses: new Set(names.licenses), exceptions: new Set(names.exceptions), deprecated: new Map(Object.entries(names.deprecated)),
    };
    this.data.words = Object.fromEntries(Object.entries(this.data.words).map(([name, told]) => [name, { ...told, names: names.names[name] ?? {} }]));
  }

  /** An entry that is there already, to be improved. */
  private async open(slug: string): Promise<void> {
    const id = `${this.data.name}/${slug}`;
    const [text] = await Promise.all([loadText(id, slug, this.data.texts), script("static/built/edit.js")]);
    if (text === undefined || !window.AUZOLAN_EDIT) {
      this.say(say("This entry could not be opened. You can write what you know below, and its name."));
      return this.restore("");
    }
    this.entry.editor = window.AUZOLAN_EDIT(text, this.data.fields);
    this.entry.slug = slug;
    this.draft = this.draftOf(slug);
    await this.loadNames();
    const { values } = this.entry.editor;
    const title = by("form-title");
    if (title) title.textContent = say("Improve: {name}", { name: shown(values["name"]) });
    document.title = `${title?.textContent ?? ""} · ${document.title.split(" · ").pop()}`;
    const lead = by("form-lead");
    if (lead) lead.textContent = say("Change what you know better. Everything else stays as it is, the order and the comments of the file too.");
    const how = by("how");
    const record = values["record"];
    if (how) how.hidden = isMap(record) && (record["sources"] !== undefined || record["submitted_by"] !== undefined);
    this.form.querySelector(".kinds-of")?.setAttribute("hidden", "");
    const kept = isAsked() ? null : this.draft.read();
    this.put(kept ?? values);
    if (kept) this.kept();
    if (isAsked()) this.ask(shown(values["name"]));
  }

  /** That all of it still holds: nothing but how one knows it. */
  private ask(name: string): void {
    const title = by("form-title");
    if (title) title.textContent = say("Still correct: {name}", { name });
    const lead = by("form-lead");
    if (lead) lead.hidden = true;
    this.still = new Still(this.form, (way) => void this.leave(way));
    if (title) document.title = `${title.textContent} · ${document.title.split(" · ").pop()}`;
  }

  private async restore(name: string): Promise<void> {
    const kept = this.draft.read();
    if (kept && !(name && shown(kept["name"]) !== name)) {
      this.put(kept);
      this.kept();
    } else if (name) {
      const field = blocksOf(this.form).get("name")?.querySelector<HTMLInputElement>("input");
      if (field) field.value = name;
      void this.near.look(this.form, name);
    }
  }

  private put(values: Values): void {
    const own = typeof values["written_in"] === "string" ? values["written_in"] : this.data.default;
    const told = this.entry.editor || values["written_in"] ? { ...values, written_in: own } : { ...values, written_in: this.data.default };
    fill(this.form, this.data.fields, told, [document.documentElement.lang, own, "en"], enhancer(this.around));
    for (const block of this.form.querySelectorAll<HTMLElement>("[data-f]")) {
      for (const box of picksOf(block)) {
        const item = box.closest(".pickline")?.nextElementSibling;
        if (box.checked && item instanceof HTMLElement && item.matches("[data-item]")) settle(item, pickedBy(box));
      }
    }
    this.form.querySelectorAll("input,textarea").forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
  }

  private kept(): void {
    const line = by("draft");
    if (!line) return;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "linklike";
    again.textContent = say("Begin afresh");
    again.addEventListener("click", () => this.afresh());
    line.textContent = "";
    line.append(`${say("What you wrote here before is back; it was kept in this browser alone.")} `, again);
  }

  /** Nothing that is still on its way may keep the draft again, and the browser may not fill in again what a page held before. */
  private afresh(): void {
    this.left = true;
    this.draft.forget();
    this.form.reset();
    location.reload();
  }

  private say(text: string): void {
    const line = by("draft");
    if (line) line.textContent = text;
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look().then((written) => this.keep(written.values)), SOON);
  }

  private keep(values: Values): void {
    if (this.still || this.left) return;
    const before = this.entry.editor?.values ?? {};
    if (JSON.stringify(values) !== JSON.stringify(before) && Object.keys(values).some((name) => name !== "written_in")) this.draft.write(values);
  }

  /** Reads, checks and shows what is written. */
  private async look(): Promise<Written> {
    const written = await this.entry.written();
    if (!this.tables.licenses && /"(?:license|spdx_id)":/.test(JSON.stringify(written.values))) await this.loadNames();
    const draft = { kind: this.data, id: `${this.data.name}/${written.slug}`, values: written.values, tables: this.tables };
    const asked = this.entry.editor ? [] : unanswered(this.form, this.data.fields, written.values);
    const isAsked = (one: Finding): boolean => one.code === "C006" && asked.some(({ path }) => path[0] === "record");
    this.found = [...check(draft).filter((one) => !isAsked(one)), ...asked];
    offerSources(this.form, sourcesOf(written.values), this.entry.renamed);
    showFindings(this.form, this.found, (place) => this.all || this.touched.has(place) || !!place.querySelector("[data-touched]"));
    preview(written.values, written.file, written.text, this.codes);
    if (!this.entry.editor) void this.near.look(this.form, shown(written.values["name"]));
    return written;
  }

  private leftField(field: Element): void {
    if (!field.matches("input,textarea,select") || field.matches("[type=radio],[type=checkbox]")) return;
    const value = (field as HTMLInputElement).value;
    if (!value.trim() && !field.hasAttribute("data-touched")) return;
    field.setAttribute("data-touched", "");
    const block = field.closest("[data-f],#how");
    if (block) this.touched.add(block);
    this.soon();
  }

  private async leave(way: Way): Promise<void> {
    await this.load();
    const told = by("sent");
    this.entry.look = this.still?.look;
    if (this.still && !this.entry.look) {
      if (told) told.textContent = say("Say how you know it: a tap above is enough.");
      return this.still.ask(way);
    }
    this.all = true;
    const written = await this.look();
    const grave = showFindings(this.form, this.found, () => true);
    if (grave) {
      if (this.still) by("still-more")?.click();
      for (let more = grave.closest("details"); more; more = more.parentElement?.closest("details") ?? null) more.open = true;
      controlIn(grave)?.focus();
      grave.scrollIntoView({ block: "center" });
      if (told) told.textContent = say("Something is missing or wrong; it is marked in red above.");
      return;
    }
    const parcel = { file: written.file, subject: `${this.data.label}: ${shown(written.values["name"])}`, text: written.text, isEdit: !!this.entry.editor, began: this.entry.editor?.began ?? "", ...(this.entry.look ? { short: statement(`${this.data.name}/${written.slug}`, this.entry.look) } : {}) };
    const said = await leave(way, parcel, this.data.sending);
    if (told) told.textContent = said;
    if (this.still) told?.scrollIntoView({ block: "nearest" });
  }

  /** What one has written goes along to the form of another kind. */
  private follow(): void {
    this.form.querySelectorAll<HTMLAnchorElement>(".pick a").forEach((link) =>
      link.addEventListener("click", () => {
        const name = blocksOf(this.form).get("name")?.querySelector<HTMLInputElement>("input")?.value.trim();
        if (name) asking(link, `?name=${encodeURIComponent(name)}`);
      }),
    );
  }
}

const form = by<HTMLFormElement>("form");
const told = by("kind")?.textContent;
if (form && told) void new Page(form, JSON.parse(told) as Data).begin();
