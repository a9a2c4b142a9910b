// A part of the form flows in, as it came in the page; the same part with lists to choose from, buttons for more and fewer items,
// suggestions and counts flows out.

import { say } from "../base/say";
import { addItem, type Enhance, itemsOf, pickedBy, picksOf } from "./fields";
import { fold } from "./fold";
import { type Field, length, type Values } from "./kinds";
import { type Codes, loadPlaces, type Places } from "./load";
import { entriesLike } from "./search";
import { type Choice, suggest } from "./suggest";

export interface Surroundings {
  readonly places: readonly string[];
  readonly fields: readonly Field[];
  readonly kindLabels: (kind: string) => string;
  readonly changed: () => void;
  codes?: Codes;
}

const TOWNS = 8;
const NEAR_FULL = 0.7;

export function enhancer(around: Surroundings): Enhance {
  const enhance: Enhance = (container) => {
    const blocks = [...container.querySelectorAll<HTMLElement>("[data-f]")];
    for (const block of blocks) {
      if (block.dataset["many"] || block.dataset["c"] === "identifier") buttons(block, enhance, around);
      picks(block, enhance, around);
    }
    if (around.codes) lists(container, around.codes);
    for (const block of blocks) {
      if (block.dataset["c"] === "reference") references(block, around);
      if (block.dataset["c"] === "country") country(block, around);
    }
    const here = container.closest<HTMLElement>("[data-f]");
    if (here?.dataset["c"] === "reference" && container.matches("[data-item]")) references(here, around);
  };
  return enhance;
}

/** Makes lists of the lines that are answered with a code or a word. */
export function lists(container: HTMLElement, codes: Codes): void {
  const blocks = [...container.querySelectorAll<HTMLElement>("[data-c]"), ...(container.closest<HTMLElement>("[data-c]") ? [container.closest<HTMLElement>("[data-c]")!] : [])];
  for (const block of blocks) {
    const options = optionsOf(block, codes);
    if (!options) continue;
    const fields = [...block.querySelectorAll<HTMLInputElement>("input[type=text]:not([data-number]),select")].filter((field) => field.closest("[data-f]") === block);
    for (const field of fields) {
      if (field instanceof HTMLSelectElement) fillOptions(field, options);
      else listFor(field, options);
    }
  }
}

type Options = readonly (readonly [string, string])[];

function optionsOf(block: HTMLElement, codes: Codes): Options | undefined {
  const vocabulary = block.dataset["v"] ?? "";
  switch (block.dataset["c"]) {
    case "country":
      return Object.entries(codes.countries);
    case "language":
      return Object.entries(codes.languages);
    case "region":
    case "source":
      return [];
    case "identifier":
    case "select":
      if (vocabulary !== "relations") return Object.entries(codes.words[vocabulary] ?? {}).filter(([word]) => word !== "withdrawn");
      return Object.entries(codes.relations)
        .filter(([, name]) => name.main && !name.derived)
        .map(([word, name]) => [word, name.label] as const)
        .sort((one, other) => one[1].localeCompare(other[1], document.documentElement.lang));
    default:
      return undefined;
  }
}

function listFor(input: HTMLInputElement, options: Options): void {
  const select = document.createElement("select");
  for (const name of ["id", "aria-describedby", "aria-label", "aria-labelledby"]) {
    const value = input.getAttribute(name);
    if (value !== null) select.setAttribute(name, value);
  }
  select.add(new Option(say("Choose"), ""));
  const written = fold(input.value);
  fillOptions(select, options);
  const meant = options.find(([code, label]) => written && (fold(code) === written || fold(label) === written));
  const hadFocus = document.activeElement === input;
  input.replaceWith(select);
  if (input.value && !meant) select.add(new Option(input.value, input.value));
  select.value = meant ? meant[0] : input.value;
  if (hadFocus) select.focus();
}

function fillOptions(select: HTMLSelectElement, options: Options): void {
  const known = new Set([...select.options].map((option) => option.value));
  for (const [code, label] of options) if (!known.has(code)) select.add(new Option(label, code));
  for (const option of select.options) option.text = options.find(([code]) => code === option.value)?.[1] ?? option.text;
}

/** Offers the sources of the entry wherever one is named; `renamed` are keys that changed while a title was typed. */
export function offerSources(form: HTMLElement, sources: Options, renamed: ReadonlyMap<string, string>): void {
  for (const select of form.querySelectorAll<HTMLSelectElement>('[data-c="source"] select')) {
    const now = renamed.get(select.value) ?? select.value;
    const wanted = sources.map(([key]) => key).join("\n");
    if (select.dataset["offered"] === wanted && now === select.value) continue;
    select.dataset["offered"] = wanted;
    [...select.options].slice(1).forEach((option) => option.remove());
    sources.forEach(([key, title]) => select.add(new Option(title ? `${title.slice(0, 60)} (${key})` : key, key)));
    if (now && !sources.some(([key]) => key === now)) select.add(new Option(now, now));
    select.value = now;
  }
}

function buttons(block: HTMLElement, enhance: Enhance, around: Surroundings): void {
  const holder = block.querySelector<HTMLElement>(":scope > .items");
  if (!holder || block.querySelector(":scope > .add")) return;
  const add = document.createElement("button");
  add.type = "button";
  add.className = "add";
  const name = block.querySelector("legend,label")?.firstChild?.textContent?.trim() ?? "";
  add.textContent = `+ ${say("Another one")}`;
  add.setAttribute("aria-label", `${say("Another one")}: ${name}`);
  add.addEventListener("click", () => {
    const item = addItem(block, enhance);
    removable(item, name, around);
    item.querySelector<HTMLElement>("input:not([type=hidden]),textarea,select")?.focus();
  });
  holder.after(add);
  new MutationObserver(() => itemsOf(block).forEach((item, at) => at && removable(item, name, around))).observe(holder, { childList: true });
}

function removable(item: HTMLElement, name: string, around: Surroundings): void {
  if (item.querySelector(":scope > .remove")) return;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "remove";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `${say("Take this one away")}: ${name}`);
  remove.addEventListener("click", () => {
    const next = item.parentElement?.parentElement?.querySelector<HTMLElement>(":scope > .add");
    item.remove();
    next?.focus();
    around.changed();
  });
  item.append(remove);
}

/** Words that are picked, each an item of its own: the rest about it opens below. */
function picks(block: HTMLElement, enhance: Enhance, around: Surroundings): void {
  for (const box of picksOf(block)) {
    if (box.closest("[data-f]") !== block) continue;
    const line = box.closest(".pickline")!;
    const follow = (): void => {
      const here = line.nextElementSibling;
      const item = here?.matches("[data-item]") ? (here as HTMLElement) : null;
      if (box.checked && !item) settle(addItem(block, enhance, line), pickedBy(box));
      while (!box.checked && line.nextElementSibling?.matches("[data-item]")) line.nextElementSibling.remove();
      around.changed();
    };
    box.addEventListener("change", follow);
  }
}

/** What the box says already is not asked again. */
export function settle(item: HTMLElement, picked: Values): void {
  for (const [name, word] of Object.entries(picked)) {
    const block = item.querySelector<HTMLElement>(`[data-f="${name}"]`);
    const control = block?.querySelector<HTMLInputElement | HTMLSelectElement>("input,select");
    const radio = block?.querySelector<HTMLInputElement>(`input[type=radio][value="${CSS.escape(String(word))}"]`);
    if (block) block.hidden = true;
    if (radio) radio.checked = true;
    else if (control) {
      if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === word)) control.add(new Option(String(word), String(word)));
      control.value = String(word);
    }
  }
}

function references(block: HTMLElement, around: Surroundings): void {
  for (const input of block.querySelectorAll<HTMLInputElement>("input[type=text]")) {
    if (input.closest("[data-f]") !== block || input.hasAttribute("aria-controls")) continue;
    suggest(input, async (text) => {
      const found = await entriesLike(text, TOWNS);
      return found.map((one): Choice => ({
        text: one.name,
        note: [around.kindLabels(one.kind), one.place].filter(Boolean).join(", "),
        pick: () => {
          input.value = one.name;
          input.dataset["id"] = one.id;
          input.dataset["shown"] = one.name.trim().normalize("NFC");
          around.changed();
        },
      }));
    });
  }
}

/** The regions and towns of the country that is chosen. */
function country(block: HTMLElement, around: Surroundings): void {
  const item = block.parentElement?.closest<HTMLElement>("[data-item],[data-f]");
  const find = (name: string): HTMLElement | null => item?.querySelector<HTMLElement>(`[data-f="${name}"]`) ?? null;
  const [region, town] = [find("region"), find("locality")?.querySelector<HTMLInputElement>("input") ?? null];
  const chosen = (): string => block.querySelector<HTMLInputElement>("input,select")?.value ?? "";
  let known: Places | undefined;
  const follow = async (): Promise<void> => {
    const code = chosen();
    known = code ? await loadPlaces(code, around.places) : undefined;
    if (code !== chosen() || !region) return;
    const select = region.querySelector<HTMLSelectElement>("select");
    if (!select) return;
    const was = select.value;
    [...select.options].slice(1).forEach((option) => option.remove());
    (known?.regions ?? []).forEach(([id, name]) => select.add(new Option(name, id)));
    if (was && ![...select.options].some((option) => option.value === was) && was.startsWith(`${code}-`)) select.add(new Option(was, was));
    select.value = was;
    region.hidden = !code || (!known?.regions.length && !was);
  };
  block.addEventListener("change", () => void follow());
  block.addEventListener("filled", () => void follow());
  if (region && around.codes) region.hidden = !chosen();
  if (!town || town.hasAttribute("aria-controls")) return;
  suggest(town, async (text) => {
    known = chosen() ? await loadPlaces(chosen(), around.places) : undefined;
    const wanted = fold(text);
    const towns = (known?.towns ?? []).filter(([name]) => fold(name).startsWith(wanted)).slice(0, TOWNS);
    return towns.map(([name, latitude, longitude]): Choice => ({
      text: name,
      pick: () => {
        town.value = name;
        for (const [part, value] of [["latitude", latitude], ["longitude", longitude]] as const) {
          const field = find(part)?.querySelector<HTMLInputElement>("input");
          if (field) field.value = String(value);
        }
        const precision = find("precision");
        const radio = precision?.querySelector<HTMLInputElement>('input[value="town"]');
        if (radio && !precision?.querySelector("input:checked")) radio.checked = true;
        around.changed();
      },
    }));
  });
}

/** Says how much room is left, where a text comes near its end. */
export function counts(form: HTMLElement, fields: readonly Field[]): void {
  const limits = new Map<string, number>();
  const gather = (list: readonly Field[], path: string): void => {
    for (const field of list) {
      const here = path ? `${path}.${field.name}` : field.name;
      if ((field.type === "text" || field.type === "prose") && field.max) limits.set(here, field.max);
      gather(field.fields ?? [], here);
    }
  };
  gather(fields, "");
  form.addEventListener("input", (event) => {
    const control = event.target as HTMLInputElement;
    const block = control.closest<HTMLElement>("[data-f]");
    const most = block ? limits.get(pathOf(block)) : undefined;
    if (!block || !most || !control.matches("input[type=text],textarea")) return;
    const size = length(control.value.trim());
    let line = control.parentElement!.querySelector<HTMLElement>(":scope > .count");
    if (size < most * NEAR_FULL) return void line?.remove();
    if (!line) {
      line = document.createElement("p");
      line.className = "count";
      control.after(line);
    }
    line.textContent = say("{count} of {most} characters", { count: String(size), most: String(most) });
  });
}

/** `contact.email`: the names of a block and of those it stands in. */
export function pathOf(block: HTMLElement): string {
  const outer = block.parentElement?.closest<HTMLElement>("[data-f]");
  return outer ? `${pathOf(outer)}.${block.dataset["f"]}` : block.dataset["f"]!;
}
