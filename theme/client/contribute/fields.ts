// A form's fields flow in, what they say flows out, and back. The markup is that of theme/templates/_form.html: a block (data-f) for
// a field, an item (data-item) for one of several. What the form does not show of an entry is kept as it was.

import { type Field, has, isMap, type Plain, type Values } from "./kinds";

const templates = new WeakMap<HTMLElement, HTMLElement>();
const kept = new WeakMap<HTMLElement, Plain>();
const tongues = new WeakMap<HTMLElement, string>();
let clones = 0;

/** Called for every part of the form that is new: the page, and each item that is added. */
export type Enhance = (container: HTMLElement) => void;

const owner = (element: HTMLElement): Element | null => element.parentElement?.closest("[data-f],[data-item],form") ?? null;

const owned = (container: HTMLElement, selector: string): HTMLElement[] =>
  [...container.querySelectorAll<HTMLElement>(selector)].filter((element) => owner(element) === container);

/** The blocks that stand directly in a form, an item or a group, by the names of their fields. */
export function blocksOf(container: HTMLElement): Map<string, HTMLElement> {
  return new Map(owned(container, "[data-f]").map((block) => [block.dataset["f"]!, block]));
}

/** The items of a block, in the order in which they were written; those of picked words stand where the words do. */
export function itemsOf(block: HTMLElement): HTMLElement[] {
  const place = (item: HTMLElement): number => Number(item.dataset["at"] ?? Infinity);
  return owned(block, "[data-item]").map((item, number) => ({ item, number })).sort((one, other) => (place(one.item) === place(other.item) ? one.number - other.number : place(one.item) - place(other.item))).map(({ item }) => item);
}

/** Remembers what an item looks like, before anything is written. */
export function prepare(container: HTMLElement): void {
  for (const block of owned(container, "[data-f]")) {
    const items = itemsOf(block);
    if (items[0]) {
      templates.set(block, items[0].cloneNode(true) as HTMLElement);
      if (picksOf(block).length) items[0].remove();
      else prepare(items[0]);
    } else if (block.dataset["c"] === "group") prepare(block);
  }
}

/** An item more, at the end of a block or after a line of it. */
export function addItem(block: HTMLElement, enhance: Enhance, after?: Element): HTMLElement {
  const item = templates.get(block)!.cloneNode(true) as HTMLElement;
  rename(item, `~${++clones}`);
  item.querySelectorAll<HTMLDetailsElement>("details[open]").forEach((inner) => (inner.open = false));
  item.classList.remove("blank");
  if (after) after.after(item);
  else (block.querySelector(":scope > .items") ?? block).append(item);
  prepare(item);
  enhance(item);
  return item;
}

/** Ids stand once in a page; what in the item leads to one of its own parts follows them. */
function rename(item: HTMLElement, mark: string): void {
  const own = new Set([...item.querySelectorAll("[id]")].map((element) => element.id));
  for (const element of item.querySelectorAll<HTMLElement>("[id],[for],[name],[aria-describedby],[aria-labelledby]")) {
    for (const name of ["id", "for", "aria-describedby", "aria-labelledby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.split(" ").map((id) => (own.has(id) ? id + mark : id)).join(" "));
    }
    if (element.hasAttribute("name")) element.setAttribute("name", element.getAttribute("name")! + mark);
  }
}

export const picksOf = (block: HTMLElement): HTMLInputElement[] => [...block.querySelectorAll<HTMLInputElement>("input[data-pick]")];

/** What a box stands for: `set=ussen&principle=solidarity`. */
export const pickedBy = (box: HTMLInputElement): Values => Object.fromEntries(new URLSearchParams(box.dataset["pick"]));

/** What the fields in `container` say. `before` is what was said there when it was filled. */
export function read(container: HTMLElement, fields: readonly Field[], before: Values = {}): Values {
  const blocks = blocksOf(container);
  const values: Values = {};
  for (const field of fields) {
    const block = blocks.get(field.name);
    const value = block ? readBlock(block, field) : before[field.name];
    if (value !== undefined) values[field.name] = value;
  }
  for (const name of Object.keys(before)) if (!fields.some((field) => field.name === name)) values[name] = before[name]!;
  return values;
}

function readBlock(block: HTMLElement, field: Field): Plain | undefined {
  const control = block.dataset["c"];
  if (control === "checks") {
    const boxes = [...block.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
    const now = boxes.filter((box) => box.checked).map((box) => box.value);
    // What was written keeps its order; what is new comes behind it.
    const before = kept.get(block);
    const old = Array.isArray(before) ? before.filter((word): word is string => typeof word === "string") : [];
    const known = new Set(boxes.map((box) => box.value));
    return listed([...old.filter((word) => now.includes(word) || !known.has(word)), ...now.filter((word) => !old.includes(word))]);
  }
  if (control === "identifier") {
    const told: Values = {};
    for (const item of itemsOf(block)) {
      const [scheme, number] = [item.querySelector<HTMLInputElement>("select,input"), item.querySelector<HTMLInputElement>("[data-number]")];
      if (scheme?.value && number?.value.trim()) told[scheme.value] = tidy(number.value);
    }
    return filled(told);
  }
  if (field.many === "keyed") return readKeyed(block, field);
  if (field.many) return listed(itemsOf(block).map((item) => readItem(item, block, field)).filter((value): value is Plain => value !== undefined));
  if (control === "group") return filled(read(block, field.fields ?? [], mapOf(kept.get(block))));
  return readControl(block, block);
}

function readItem(item: HTMLElement, block: HTMLElement, field: Field): Plain | undefined {
  return field.fields ? filled(read(item, field.fields, mapOf(kept.get(item)))) : readControl(item, block);
}

function readKeyed(block: HTMLElement, field: Field): Plain | undefined {
  const told: Values = {};
  for (const item of itemsOf(block)) {
    const value = filled(read(item, field.fields ?? [], mapOf(kept.get(item))));
    const key = item.querySelector<HTMLInputElement>("[data-key]")?.value;
    if (value !== undefined && key) told[key] = value;
  }
  return filled(told);
}

/** One control's value, whether it stands in a block or in an item of it. */
function readControl(place: HTMLElement, block: HTMLElement): Plain | undefined {
  const radios = [...place.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  if (radios.length) return radios.find((radio) => radio.checked)?.value ?? unknownWord(place, radios);
  const control = place.querySelector<HTMLInputElement>("input:not([type=hidden]),textarea,select");
  if (!control) return undefined;
  const text = block.dataset["c"] === "area" ? prose(control.value) : tidy(control.value);
  if (block.dataset["c"] === "reference") return readReference(control, text, kept.get(place));
  return readText(place, text);
}

const unknownWord = (place: HTMLElement, radios: readonly HTMLInputElement[]): Plain | undefined => {
  const before = kept.get(place);
  return typeof before === "string" && !radios.some((radio) => radio.value === before) ? before : undefined;
};

/** A text in one of several languages: the others stay. */
function readText(place: HTMLElement, text: string): Plain | undefined {
  const before = kept.get(place);
  const tongue = tongues.get(place);
  if (!isMap(before) || !tongue) return text || undefined;
  const { [tongue]: _, ...others } = before;
  if (text) return has(before, tongue) ? Object.fromEntries(Object.entries(before).map(([tag, one]) => [tag, tag === tongue ? text : one])) : { ...before, [tongue]: text };
  return filled(others);
}

function readReference(input: HTMLInputElement, text: string, before: Plain | undefined): Plain | undefined {
  if (!text) return undefined;
  if (input.dataset["id"] && input.dataset["shown"] === text) return input.dataset["id"];
  if (before !== undefined && input.dataset["shown"] === text) return before;
  return /^[a-z][a-z0-9-]*\/[a-z0-9.-]+$/.test(text) ? text : { name: text };
}

export const tidy = (text: string): string => text.replace(/\r?\n/g, " ").trim().normalize("NFC");
const prose = (text: string): string => text.replace(/\r\n?/g, "\n").replace(/[ \t]+$/gm, "").trim().normalize("NFC");
const listed = (items: Plain[]): Plain | undefined => (items.length ? items : undefined);
const filled = (values: Values): Values | undefined => (Object.keys(values).length ? values : undefined);
const mapOf = (value: Plain | undefined): Values => (isMap(value) ? value : {});

/** Which language of a text by language a reader is shown: the first of `wanted` that there is, else any. */
export type Wanted = readonly string[];

/** Writes what an entry says into the fields in `container`. */
export function fill(container: HTMLElement, fields: readonly Field[], values: Values, wanted: Wanted, enhance: Enhance): void {
  const blocks = blocksOf(container);
  for (const field of fields) {
    const block = blocks.get(field.name);
    const value = has(values, field.name) ? values[field.name] : undefined;
    if (block) fillBlock(block, field, value, wanted, enhance);
  }
}

function fillBlock(block: HTMLElement, field: Field, value: Plain | undefined, wanted: Wanted, enhance: Enhance): void {
  const control = block.dataset["c"];
  remember(block, value);
  if (control === "checks") {
    const words = Array.isArray(value) ? value : [];
    block.querySelectorAll<HTMLInputElement>("input[type=checkbox]").forEach((box) => (box.checked = words.includes(box.value)));
  } else if (control === "identifier" || field.many) {
    const pairs: [string, Plain][] = isMap(value) ? Object.entries(value) : Array.isArray(value) ? value.map((item) => ["", item]) : [];
    const picks = picksOf(block);
    itemsOf(block).slice(picks.length ? 0 : 1).forEach((item) => item.remove());
    picks.forEach((box) => (box.checked = false));
    (pairs.length || picks.length ? pairs : [["", ""] as [string, Plain]]).forEach(([key, one], at) => {
      const line = picks.find((box) => isMap(one) && Object.entries(pickedBy(box)).every(([name, word]) => one[name] === word));
      if (line) line.checked = true;
      const item = (!picks.length && at === 0 && itemsOf(block)[0]) || addItem(block, enhance, line?.closest(".pickline") ?? undefined);
      if (picks.length) item.dataset["at"] = String(at);
      fillItem(item, block, field, key, one, wanted, enhance);
    });
  } else if (control === "group") fill(block, field.fields ?? [], mapOf(value), wanted, enhance);
  else fillControl(block, block, value, wanted);
}

function fillItem(item: HTMLElement, block: HTMLElement, field: Field, key: string, value: Plain, wanted: Wanted, enhance: Enhance): void {
  remember(item, value === "" ? undefined : value);
  if (block.dataset["c"] === "identifier") {
    write(item.querySelector("select,input"), key);
    write(item.querySelector("[data-number]"), typeof value === "string" ? value : "");
    return;
  }
  const keyed = item.querySelector<HTMLInputElement>("[data-key]");
  if (keyed) keyed.value = key;
  if (field.fields) fill(item, field.fields, mapOf(value), wanted, enhance);
  else fillControl(item, block, value, wanted);
}

function fillControl(place: HTMLElement, block: HTMLElement, value: Plain | undefined, wanted: Wanted): void {
  remember(place, value);
  let text = typeof value === "string" ? value : "";
  if (isMap(value)) {
    const isReference = block.dataset["c"] === "reference";
    const texts = isReference ? mapOf(typeof value["name"] === "string" ? { "": value["name"] } : value["name"]) : value;
    const tongue = [...wanted, ...Object.keys(texts)].find((tag) => typeof texts[tag] === "string") ?? "";
    text = typeof texts[tongue] === "string" ? (texts[tongue] as string) : "";
    if (!isReference) tongues.set(place, tongue);
  }
  const radios = [...place.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  radios.forEach((radio) => (radio.checked = radio.value === text));
  if (radios.length) return;
  const control = place.querySelector<HTMLInputElement>("input:not([type=hidden]),textarea,select");
  write(control, text);
  if (block.dataset["c"] === "reference" && control) {
    control.dataset["shown"] = text;
    if (typeof value === "string") control.dataset["id"] = value;
  }
}

/** The language that a field shows of its text; "" where the text names none. */
export const tongueOf = (place: HTMLElement): string => tongues.get(place) ?? "";

function write(control: HTMLInputElement | HTMLSelectElement | null, text: string): void {
  if (!control) return;
  if (control instanceof HTMLSelectElement && text && ![...control.options].some((option) => option.value === text)) control.add(new Option(text, text));
  control.value = text;
  control.dispatchEvent(new CustomEvent("filled", { bubbles: true }));
}

function remember(place: HTMLElement, value: Plain | undefined): void {
  if (value === undefined) kept.delete(place);
  else kept.set(place, value);
}

/** The part of the form that a finding's path leads to: the innermost there is. */
export function placeAt(form: HTMLElement, path: readonly (string | number)[]): HTMLElement | undefined {
  let [container, place]: [HTMLElement, HTMLElement | undefined] = [form, undefined];
  for (let at = 0; at < path.length; at++) {
    const block = typeof path[at] === "string" ? blocksOf(container).get(path[at] as string) : undefined;
    if (!block) return place;
    [container, place] = [block, block];
    const key = path[at + 1];
    if (!block.dataset["many"] || key === undefined) continue;
    const items = itemsOf(block);
    const item = typeof key === "number" ? items.filter((one) => isSaid(one))[key] : items.find((one) => one.querySelector<HTMLInputElement>("[data-key]")?.value === key);
    if (!item) return place;
    [container, place] = [item, item];
    at++;
  }
  return place;
}

/** Whether anything is written in an item. */
export const isSaid = (item: HTMLElement): boolean =>
  [...item.querySelectorAll<HTMLInputElement>("input:not([type=hidden]),textarea,select")].some((one) => (/^(?:radio|checkbox)$/.test(one.type) ? one.checked : one.value.trim() !== ""));
