// The search page: what is typed flows in, rows of results flow out. The only file of search that listens to the page; the
// page works without it (a form and the A to Z below), and the A to Z stays whenever search cannot answer.

import { count, say } from "../base/say";
import { type Trouble, Unreadable } from "./bytes";
import { target } from "./keys";
import { loader } from "./load";
import { Reader, type Results } from "./reader";
import { rowOf, signsOf } from "./row";
import { isUnspaced, parseQuery } from "./words";

const PAGE = 20;
const PAUSE = 150;
/** The part of an address that says: no other words in place of unknown ones. */
const AS_TYPED = "typed";
const RELOADED = "auzolan-search-reloaded";

declare global {
  interface Window {
    AUZOLAN_SEARCH?: (text: string, limit?: number, near?: boolean) => Promise<Results>;
  }
}

const { root = "", lang = "" } = document.documentElement.dataset;
const base = root || "./";
const by = <T extends HTMLElement>(id: string): T | null => document.getElementById(id) as T | null;

function addScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(address));
    document.head.append(script);
    script.remove();
  });
}

const remembered = remember();
let reader: Promise<Reader> | undefined;

function open(): Promise<Reader> {
  if (!reader) {
    reader = Reader.open(loader(base, lang, addScript, remembered));
    reader.catch(() => (reader = undefined));
  }
  return reader;
}

const search = async (text: string, limit = PAGE, near = true): Promise<Results> => (await open()).search(text, limit, near);
window.AUZOLAN_SEARCH = search;

/** Which load of this page this is: "" the first, else a word for the addresses of a page that was loaded again because
 * its search files did not agree. */
function remember(set?: string): string {
  try {
    if (set !== undefined) sessionStorage.setItem(RELOADED, set);
    return sessionStorage.getItem(RELOADED) ?? "";
  } catch (reason) {
    return set === undefined ? "" : "never";
  }
}

const TROUBLES: Readonly<Record<Trouble, string>> = {
  missing: "A part of the search could not be loaded. The list below has everything.",
  damaged: "A part of the search is damaged. The list below has everything.",
  version: "The search files are of another version than this page. The list below has everything.",
  mismatch: "The search files here are of two different ages. Please try again later; the list below has everything.",
};

function start(box: HTMLInputElement, form: HTMLFormElement, hits: HTMLElement, status: HTMLElement): void {
  const signs = signsOf(by("signs")?.textContent ?? "");
  const browse = by("browse");
  const list = document.createElement("ul");
  list.className = "rows";
  const more = document.createElement("button");
  more.type = "button";
  more.className = "btn";
  more.textContent = say("Show more results");
  const otherwise = document.createElement("p");
  otherwise.className = "note";
  const asTyped = document.createElement("a");
  asTyped.textContent = say("Search for what was typed");
  otherwise.append(asTyped);
  hits.append(list);

  let near = true;
  let turn = 0;
  let timer = 0;
  let settled = true;
  let shown = PAGE;

  /** Asks, and shows the answer unless something newer was asked meanwhile. */
  async function ask(text: string): Promise<void> {
    const mine = ++turn;
    try {
      const { words, beginning } = parseQuery(text);
      const results = words.length || beginning ? await search(text, shown, near) : undefined;
      if (mine === turn) show(results);
    } catch (reason) {
      if (mine === turn) fail(reason instanceof Unreadable ? reason.trouble : "damaged");
    }
  }

  function show(results: Results | undefined): void {
    if (browse) browse.hidden = results !== undefined;
    by("answered")?.remove(); // what `auzolan serve` answered
    const rows = (results?.hits ?? []).map((hit) => rowOf(hit, base, signs.get(hit.kind), results?.found ?? (() => false)));
    list.textContent = "";
    const parted = results && results.complete < results.total;
    rows.forEach((row, place) => {
      if (parted && (place === 0 || place === results.complete)) list.append(heading(results, place));
      list.append(row);
    });
    if (results?.meant.length) {
      asTyped.href = addressOf(box.value, false);
      hits.insertBefore(otherwise, list);
    } else otherwise.remove();
    if (results && rows.length < results.total) hits.append(more);
    else more.remove();
    status.textContent = results ? sentence(results) : "";
  }

  /** What the results from `place` on have in common. */
  function heading({ complete, unknown }: Results, place: number): HTMLLIElement {
    const line = document.createElement("li");
    line.className = "note";
    const words = document.createElement("strong");
    const all = unknown.length ? "With all other words" : "With all words";
    words.textContent = say(place === complete ? "With some of the words" : all);
    line.append(words);
    return line;
  }

  function fail(trouble: Trouble): void {
    if (trouble === "mismatch" && !remembered && remember(String(Date.now())) !== "never") return location.reload();
    list.textContent = "";
    more.remove();
    otherwise.remove();
    if (browse) browse.hidden = false;
    status.textContent = say(TROUBLES[trouble]);
  }

  /** Keeps the query in the address, where the browser allows it: on pages from a disk some do not. */
  function keep(text: string, again: boolean): boolean {
    const address = text ? addressOf(text, near) : location.pathname;
    try {
      if (again) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      return true;
    } catch (reason) {
      return false;
    }
  }

  function typed(): void {
    window.clearTimeout(timer);
    const text = box.value;
    const enough = !text.trim() || Array.from(text.trim()).length > 1 || isUnspaced(parseQuery(text).beginning);
    if (!enough) return;
    timer = window.setTimeout(() => {
      shown = PAGE;
      near = true;
      keep(text, !settled);
      settled = false;
      void ask(text);
    }, PAUSE);
  }

  function fromAddress(): void {
    window.clearTimeout(timer);
    const address = new URLSearchParams(location.search);
    box.value = address.get("q") ?? "";
    near = !address.has(AS_TYPED);
    settled = true;
    shown = PAGE;
    void ask(box.value);
  }

  function submit(event: Event): void {
    window.clearTimeout(timer);
    near = true;
    if (!keep(box.value, !settled)) return; // the form goes its own way, and the page comes again with ?q=
    event.preventDefault();
    settled = true;
    shown = PAGE;
    void ask(box.value);
  }

  function moved(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const links = [...list.querySelectorAll<HTMLAnchorElement>("h2 a")];
    const from = links.findIndex((link) => link === event.target);
    if (from < 0 && event.target !== box) return;
    const to = target(event.key, from, links.length);
    if (to === null) return;
    event.preventDefault();
    (to < 0 ? box : links[to])?.focus();
  }

  more.addEventListener("click", () => {
    const first = shown;
    shown += PAGE;
    void ask(box.value).then(() => list.querySelectorAll<HTMLAnchorElement>("h2 a")[first]?.focus());
  });
  box.addEventListener("input", (event) => (event as InputEvent).isComposing || typed());
  box.addEventListener("compositionend", typed);
  form.addEventListener("submit", submit);
  document.addEventListener("keydown", moved);
  window.addEventListener("popstate", fromAddress);
  fromAddress();
}

/** The address of a query; without `near` words are looked for as they were typed. */
function addressOf(text: string, near: boolean): string {
  return `?q=${encodeURIComponent(text)}${near ? "" : `&${AS_TYPED}=1`}`;
}

/** Words in the direction in which they are written, whatever stands around them. */
const quoted = (words: readonly string[]): string => words.map((word) => `“\u2068${word}\u2069”`).join(", ");

function sentence(results: Results): string {
  const { total, complete, unknown, meant } = results;
  const found = total
    ? count(total, "{count} result.", "{count} results.")
    : unknown.length
      ? say("Nothing was found. Try another word, or fewer letters.")
      : say("These words are in nearly every text. Please add another one.");
  const missed = [...meant.map(([word]) => word), ...unknown];
  const instead = meant.flatMap(([, forms]) => forms);
  return [
    found,
    ...(complete && complete < total && !unknown.length ? [count(complete, "{count} has all words.", "{count} have all words.")] : []),
    ...(missed.length ? [say("No text here has {words}.", { words: quoted(missed) })] : []),
    ...(instead.length ? [say("Showing results for {words}.", { words: quoted(instead) })] : []),
  ].join(" ");
}

const box = by<HTMLInputElement>("q");
const hits = by("hits");
const status = by("search-status");
if (box?.form && hits && status) start(box, box.form, hits, status);
