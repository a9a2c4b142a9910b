// The search page, and lists that are narrowed down: what is typed and chosen flows in, rows of results flow out. The only file of
// search that listens to the page; the page works without it (a form, lists and links), and the lists stay whenever search
// cannot answer.

import { addWords, say } from "../base/say";
import { addressOf, among, type Asked, askedIn, toggled } from "./asked";
import { type Trouble, Unreadable } from "./bytes";
import { type Chosen, KIND } from "./facets";
import { target } from "./keys";
import { loader } from "./load";
import type { Panel } from "./panel";
import { type Nearest, Reader, type Results } from "./reader";
import { element } from "./row";
import { Rows } from "./rows";
import { type Sign, signsIn } from "./signs";
import { cut, isUnspaced, parseQuery, spellings } from "./words";

// Of a large site each row is a file: few come at first.
const FIRST = 10;
const MORE = 20;
const PAUSE = 250;
/** How long somebody must have stopped scrolling before the place is remembered. */
const REST = 400;
/** What in a page without results leads to a narrowed list. */
const WISHES = "a[data-narrow], [data-wish] button";
/** Read by base/page.ts. */
const KEYS = "auzolan-keys";
const RELOADED = "auzolan-search-reloaded";

declare global {
  interface Window {
    AUZOLAN_SEARCH?: (text: string, limit?: number, near?: boolean, chosen?: Chosen, early?: (some: Results) => void) => Promise<Results>;
    AUZOLAN_NEAREST?: Awaited<ReturnType<Nearest>>;
    /** The words of search in the page's language, the signs of kinds, and the parts in which names of words lie
     * (static/search.<language>.js). */
    AUZOLAN_FOUND?: { words: Readonly<Record<string, string>>; signs: unknown; named?: readonly string[] };
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

const wordsOf = (text: string): string[] => spellings(text).flatMap(({ written }) => cut(written));

const remembered = remember();
let reader: Promise<Reader> | undefined;

function open(): Promise<Reader> {
  if (!reader) {
    reader = Reader.open(loader(base, lang, addScript, remembered), nearest);
    reader.catch(() => (reader = undefined));
  }
  return reader;
}

const nearest: Nearest = async () => {
  await (window.AUZOLAN_NEAREST || addScript(`${base}static/built/nearest.js`).catch(() => undefined));
  if (window.AUZOLAN_NEAREST) return window.AUZOLAN_NEAREST;
  throw new Unreadable("missing");
};

window.AUZOLAN_SEARCH = async (text, limit = FIRST, near = true, chosen = new Map(), early) =>
  (await open()).search(text, limit, near, chosen, early);

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

/** Where the answers stand. `box` is that of the search page; `browse` is what is shown while nothing is asked. A list of
 * one value of a facet says which in `data-facet` and `data-value`. */
interface Place {
  readonly box: HTMLInputElement | null;
  readonly find: string;
  readonly hits: HTMLElement;
  readonly status: HTMLElement;
  readonly browse: HTMLElement | null;
}

function start({ box, find, hits, status, browse }: Place): void {
  let signs: ReadonlyMap<string, Sign> | undefined;
  const grid = element("div", "cols-main start found");
  const bar = element("div", "bar");
  const side = element("div", "side");
  hits.replaceWith(bar, grid);
  grid.append(side, hits);
  grid.hidden = bar.hidden = true;
  status.tabIndex = -1;
  const shownAs = (): ReadonlyMap<string, Sign> => (signs ??= signsIn(window.AUZOLAN_FOUND?.signs));
  const rows = new Rows(hits, status, base, shownAs, () => {
    const first = shown;
    shown += MORE;
    void ask().then(() => rows.links()[first]?.focus());
  });

  const { facet = "", value = "" } = browse?.dataset ?? {};
  const own: Chosen = new Map(facet ? [[facet, [value]]] : []);
  let asked: Asked = askedIn("");
  let panel: Promise<Panel | undefined> | undefined;
  let reasons: ReturnType<typeof openReasons> | undefined;
  let turn = 0;
  let timer = 0;
  let settled = true;
  let shown = FIRST;

  /** Asks, and shows the answer unless something newer was asked meanwhile. `y` is how far down to go then. */
  async function ask(y?: number): Promise<void> {
    const mine = ++turn;
    try {
      const { words, beginning } = parseQuery(asked.text);
      const chosen = await facetsOf(asked.chosen);
      const wanted = words.length || beginning || chosen.size;
      // Whoever comes back to a place further down, or wants more, needs all rows first.
      const early = (some: Results) => void (mine === turn && y === undefined && shown === FIRST && show(some));
      const results = wanted ? await window.AUZOLAN_SEARCH?.(asked.text, shown, asked.near, chosen, early) : undefined;
      if (mine !== turn) return;
      show(results);
      if (y !== undefined) scrollTo(0, y);
      if (!results) return;
      void explain(results, mine);
      const beside = await (panel ??= openPanel());
      if (mine === turn) await beside?.show(results, chosen);
    } catch (reason) {
      if (mine === turn) fail(reason instanceof Unreadable ? reason.trouble : "damaged");
    }
  }

  /** Those of the choices that are of facets; on a list its own besides. */
  async function facetsOf(chosen: Chosen): Promise<Chosen> {
    if (!chosen.size) return chosen;
    const { facets } = await open();
    const others = [...chosen.keys()].some((facet) => facet !== KIND);
    return among(chosen, new Set([KIND, ...(others ? await facets.facets() : []).map((facet) => facet.id)]));
  }

  function show(results: Results | undefined): void {
    if (results && browse?.contains(document.activeElement)) {
      // What was pressed is about to vanish: whoever goes on by keys goes on from here.
      status.focus();
    }
    const first = grid.hidden && results;
    if (browse) browse.hidden = results !== undefined;
    by("answered")?.remove(); // what `auzolan serve` answered
    grid.hidden = bar.hidden = results === undefined;
    history.scrollRestoration = results ? "manual" : "auto";
    if (results) rows.show(results, addressOf({ ...asked, near: false }));
    else rows.clear();
    if (first && status.getBoundingClientRect().top < 0) status.scrollIntoView();
  }

  /** Says of each result that does not show it why it was found. */
  async function explain(results: Results, mine: number): Promise<void> {
    const lines = rows.unexplained(results);
    if (!lines.length) return;
    reasons ??= openReasons();
    const told = await (await reasons)?.(results, lines.map(([hit]) => hit));
    if (mine !== turn) return;
    for (const [hit, line] of lines) {
      line.textContent = told?.get(hit.id) ?? say(hit.named ? "Found by another name" : "Found in its text");
    }
  }

  async function openReasons() {
    try {
      const add = (path: string) => addScript(`${base}static/${path}`);
      await add("built/why.js");
      return window.AUZOLAN_WHY?.({ narrowing: (await open()).facets, cut: wordsOf, parts: window.AUZOLAN_FOUND?.named ?? [], addScript: add });
    } catch (reason) {
      reasons = undefined; // then the general reason is told
      return undefined;
    }
  }

  async function openPanel(): Promise<Panel | undefined> {
    try {
      await addScript(`${base}static/built/facets.js`);
    } catch (reason) {
      panel = undefined; // without it there are words
      return undefined;
    }
    const narrowing = (await open()).facets;
    return window.AUZOLAN_PANEL?.({ bar, side, narrowing, signs: shownAs, change, toggled });
  }

  function fail(trouble: Trouble): void {
    if (trouble === "mismatch" && !remembered && remember(String(Date.now())) !== "never") return location.reload();
    if (browse) browse.hidden = false;
    grid.hidden = bar.hidden = true;
    rows.clear(say(TROUBLES[trouble]));
  }

  /** Keeps what is asked in the address, where the browser allows it: on pages from a disk some do not. */
  function keep(again: boolean): boolean {
    const address = addressOf(asked) || location.pathname;
    try {
      if (again) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      return true;
    } catch (reason) {
      return false;
    }
  }

  /** Remembers how far down the reader is, and how many results are shown, for whoever comes back. */
  function mark(): void {
    if (grid.hidden) return;
    try {
      history.replaceState({ y: scrollY, shown }, "");
    } catch (reason) {
      // then one comes back to the top
    }
  }

  function change(chosen: Chosen): void {
    clearTimeout(timer);
    mark();
    asked = { ...asked, text: box?.value ?? asked.text, chosen };
    // A list whose own value is taken back, or is one of several, is none any more.
    const isOwn = !facet || chosen.get(facet)?.join() === value;
    if (chosen.size && !isOwn) return location.assign(find + addressOf(asked));
    if (!keep(false)) return location.assign(addressOf(asked) || location.pathname);
    settled = true;
    shown = FIRST;
    void ask();
  }

  function typed(): void {
    clearTimeout(timer);
    const text = box?.value ?? "";
    const enough = !text.trim() || Array.from(text.trim()).length > 1 || isUnspaced(parseQuery(text).beginning);
    if (!enough) return;
    timer = window.setTimeout(() => {
      shown = FIRST;
      asked = { ...asked, text, near: true };
      keep(!settled);
      settled = false;
      void ask();
    }, PAUSE);
  }

  function fromAddress(): void {
    clearTimeout(timer);
    asked = askedIn(location.search);
    if (box) box.value = asked.text;
    const state = history.state as { y?: number; shown?: number } | null;
    settled = true;
    shown = state?.shown ?? FIRST;
    void ask(state?.y);
  }

  function submit(event: Event): void {
    clearTimeout(timer);
    asked = { ...asked, text: box?.value ?? "", near: true };
    if (!keep(!settled)) return; // the form goes its own way, and the page comes again with ?q=
    event.preventDefault();
    settled = true;
    shown = FIRST;
    void ask();
  }

  function moved(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const links = rows.links();
    const from = links.findIndex((link) => link === event.target);
    if (from < 0 && event.target !== box) return;
    const to = target(event.key, from, links.length);
    if (to === null || (to < 0 && !box)) return;
    event.preventDefault();
    (to < 0 ? box : links[to])?.focus();
  }

  /** A link to the page of a value narrows this page down instead. */
  function followed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>(WISHES) : null;
    if (!link || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    change(new Map([...own, ...askedIn(`?${link.dataset["narrow"] ?? ""}`).chosen]));
  }

  let resting = 0;
  window.addEventListener("scroll", () => {
    clearTimeout(resting);
    resting = window.setTimeout(mark, REST);
  });
  window.addEventListener("pagehide", mark);
  box?.addEventListener("input", (event) => (event as InputEvent).isComposing || typed());
  box?.addEventListener("compositionend", typed);
  box?.form?.addEventListener("submit", submit);
  browse?.addEventListener("click", followed);
  document.addEventListener("keydown", moved);
  window.addEventListener("popstate", fromAddress);
  fromAddress();
}

/** The choice whether keys lead to the box, kept in this browser: single keys get in the way of some (WCAG 2.1.4). */
function keysChoice(): HTMLElement {
  const whole = element("div", "wrap keys");
  const label = document.createElement("label");
  const choice = document.createElement("input");
  choice.type = "checkbox";
  try {
    choice.checked = localStorage.getItem(KEYS) !== "off";
  } catch (reason) {
    choice.disabled = choice.checked = true;
  }
  choice.addEventListener("change", () => localStorage.setItem(KEYS, choice.checked ? "on" : "off"));
  label.append(choice, " ", say("The keys / and Ctrl-K lead to the search box"));
  whole.append(label);
  return whole;
}

addWords(window.AUZOLAN_FOUND?.words ?? {});
const box = by<HTMLInputElement>("q");
const find = box?.form?.action ?? "";
const browse = by("browse");
const hits = by("hits");
const status = by("search-status");
if (hits && status) {
  start({ box, find, hits, status, browse });
  document.querySelector("main")?.append(keysChoice());
} else if (browse?.dataset["facet"]) {
  const place = element("div", "wrap");
  const [line, list] = [element("p", "note"), element("div", "hits")];
  line.id = "search-status";
  list.id = "hits";
  line.setAttribute("role", "status");
  place.append(line, list);
  browse.before(place);
  start({ box: null, find, hits: list, status: line, browse });
}
