// What is typed into the search box of any page flows in, up to six things of such names flow out: a combobox by the ARIA pattern
// (editable, with a list, nothing chosen of itself). Loaded when somebody types; Enter alone leads to the search page.

import { addWords, count } from "../base/say";
import type { Hit } from "./reader";
import { picture, type Sign, signsIn } from "./signs";

const MOST = 6;
const PAUSE = 200;
const LIST = "suggestions";

const { root = "", lang = "" } = document.documentElement.dataset;
const base = root || "./";

/** Adds scripts one after the other; none of them may be missing. */
async function load(): Promise<void> {
  for (const file of window.AUZOLAN_SEARCH ? [] : [`static/search.${lang}.js`, "static/built/search.js"]) {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = base + file;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }
  addWords(window.AUZOLAN_FOUND?.words ?? {});
}

function start(box: HTMLInputElement, form: HTMLFormElement): void {
  const list = document.createElement("ul");
  list.id = LIST;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  form.append(list, status);
  const states = { role: "combobox", "aria-expanded": "false", "aria-controls": LIST, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(states)) box.setAttribute(name, value);

  let signs: ReadonlyMap<string, Sign> | undefined;
  let turn = 0;
  let timer = 0;
  let active = -1;

  const options = (): HTMLLIElement[] => [...list.querySelectorAll("li")];

  function open(is: boolean): void {
    list.hidden = !is;
    box.setAttribute("aria-expanded", String(is));
    if (!is) mark(-1);
  }

  /** Marks one option as the active one; -1: none, the box itself. */
  function mark(place: number): void {
    active = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = options()[place];
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  async function ask(): Promise<void> {
    const mine = ++turn;
    const text = box.value;
    try {
      const results = text.trim().length > 1 ? await window.AUZOLAN_SEARCH?.(text, MOST) : undefined;
      if (mine !== turn || document.activeElement !== box) return;
      list.textContent = "";
      list.append(...(results?.hits ?? []).map(optionOf));
      const some = options().length > 0;
      open(some);
      status.textContent = results ? count(results.hits.length, "{count} suggestion.", "{count} suggestions.") : "";
    } catch (reason) {
      open(false); // the search page says what is wrong
    }
  }

  function optionOf(hit: Hit, place: number): HTMLLIElement {
    signs ??= signsIn(window.AUZOLAN_FOUND?.signs);
    const option = document.createElement("li");
    option.id = `${LIST}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset["url"] = hit.url;
    const sign = signs.get(hit.kind);
    const name = document.createElement("bdi");
    name.textContent = hit.title;
    const more = document.createElement("span");
    // Each in the direction in which it is written, whatever stands beside it.
    more.textContent = [...new Set([sign?.label, hit.place])].filter(Boolean).map((part) => `\u2068${part}\u2069`).join(" · ");
    option.append(...(sign ? [picture(sign)] : []), name, " ", more);
    return option;
  }

  // The root is a relative path, so that an address can never begin with a scheme.
  const go = (option: HTMLElement): void => location.assign(base + (option.dataset["url"] ?? ""));

  function typed(): void {
    window.clearTimeout(timer);
    mark(-1);
    timer = window.setTimeout(() => void ask(), PAUSE);
  }

  function pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = options();
    const chosen = all[active];
    if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Enter" && chosen && !list.hidden) go(chosen);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = list.hidden ? -1 : active;
      open(true);
      if (!event.altKey) mark(from < 0 && step < 0 ? all.length - 1 : from + step < all.length ? from + step : -1);
    } else return;
    event.preventDefault();
  }

  box.addEventListener("input", (event) => (event as InputEvent).isComposing || typed());
  box.addEventListener("compositionend", typed);
  box.addEventListener("keydown", pressed);
  box.addEventListener("blur", () => open(false));
  // The box keeps the focus, so that the list still stands when the finger is lifted.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>("li") : null;
    if (option) go(option);
  });
  void ask();
}

const box = document.querySelector<HTMLInputElement>("input#q");
const form = box?.form;
if (box && form) void load().then(() => start(box, form), () => undefined);
