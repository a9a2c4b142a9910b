// A pocket edition flows in, as one file; with this script it has pages, a search and forms. The address behind the # says what is
// shown, so that Back works wherever the file was opened from. Nothing is loaded, and nothing is kept but drafts of forms.

import type {} from "../contribute/first";
import { addWords, say } from "../base/say";
import { addressOf, type Asked, askedIn } from "../search/asked";
import type { Chosen } from "../search/facets";
import { signsIn } from "../search/signs";
import { isUnspaced, parseQuery } from "../search/words";
import { beside, script, style } from "./forms";
import { Held, type HeldEntry } from "./held";
import { List } from "./list";
import { hashOf, type Route, routeOf } from "./route";

interface Told {
  readonly title: string;
  readonly site: string;
  readonly prefix: string;
  readonly together: number;
  readonly shown: number;
  readonly digest: string;
  /** Where the whole site is, or "". */
  readonly away: string;
  readonly words: Readonly<Record<string, string>>;
  readonly signs: unknown;
}

const PAUSE = 250;
const [STYLE, FORM_STYLE, NOTICES] = ["static/style.css", "static/form.css", "static/built/THIRD-PARTY.txt"] as const;
const FORM = /^contribute(-|$)/;
const by = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const told = JSON.parse(by("told").textContent ?? "") as Told;
const held = new Held(by("held").textContent ?? "");
style(held, STYLE);
const views = { list: by("view-list"), page: by("view-page"), about: by("view-about") };
const box = by("q") as HTMLInputElement;
/** Where the reader was on each page, by its address: who comes back finds the place again. */
const places = new Map<string, number>();

addWords(told.words);
const list = new List(by("browse"), by("hits"), by("search-status"), { held, signs: signsIn(told.signs), shown: told.shown, digest: told.digest, change });
const names = list.names;
let route: Route = { name: "", anchor: "", query: "" };
let here = "";
/** The address of what is seen: while another page is being made ready, still that of the one before. */
let seen = "";
let settled = true;
let timer = 0;
let turn = 0;

window.AUZOLAN_SEARCH = (text, limit, near, chosen) => list.search(text, limit, near, chosen);
window.AUZOLAN_HELD = {
  script: async (path) => script(held, path),
  text: async (id) => entryAt(list.ids.indexOf(id))?.[2],
  query: () => (route.query ? `?${route.query}` : ""),
};

function entryAt(place: number): HeldEntry | undefined {
  if (place < 0) return undefined;
  const together = held.json<readonly HeldEntry[]>(`e${Math.floor(place / told.together)}`);
  return together[place % told.together];
}

/** The page of a name; undefined where the file has none. */
function pageOf(name: string): string | undefined {
  if (FORM.test(name)) return held.shared("forms", name);
  return entryAt(names.indexOf(name))?.[1];
}

/** Which page the browser is at: as we noted it in its history, or as somebody wrote it into the address. */
const asked = (): string => (history.state as { to?: string } | null)?.to ?? location.hash;

/** Shows the page that is asked for: `how` says whether the file has just been opened, somebody follows a link, or goes back. */
async function go(how: "begin" | "follow" | "back"): Promise<void> {
  const next = routeOf(asked(), told.prefix);
  if (!next) return;
  const mine = ++turn;
  const [begin, back] = [how === "begin", how === "back"];
  const same = !begin && next.name === route.name && (next.name === "" || next.query === route.query);
  route = next;
  here = hashOf(next);
  if (!begin) places.set(seen, scrollY);
  if (next.name === "") await showList(askedIn(`?${next.query}`));
  else if (next.name !== "about" && !same) await showPage(next);
  if (mine !== turn) return;
  const last = seen;
  seen = here;
  const view = next.name === "" ? views.list : next.name === "about" ? views.about : views.page;
  for (const one of Object.values(views)) one.hidden = one !== view;
  doors(next.name);
  const heading = view.querySelector<HTMLElement>("h1,h2");
  const words = next.name === "" ? "" : (heading?.textContent ?? "");
  document.title = words ? `${words} · ${told.site}` : told.title;
  if (next.anchor) return to(document.getElementById(next.anchor));
  if (same && !back) return;
  const place = back ? (places.get(here) ?? 0) : 0;
  if (!begin && document.activeElement !== box) focusOn(back ? (linkTo(last, view) ?? heading) : heading);
  if (!begin || place) scrollTo({ top: place, behavior: "instant" as ScrollBehavior });
}

async function showList(asked: Asked): Promise<void> {
  if (document.activeElement !== box || settled) box.value = asked.text;
  await list.show(asked);
}

async function showPage({ name }: Route): Promise<void> {
  const html = pageOf(name);
  if (FORM.test(name)) style(held, FORM_STYLE);
  views.page.textContent = "";
  if (html === undefined) return missing();
  delete window.AUZOLAN_PRESSED;
  views.page.innerHTML = html; // written by our templates, as pages are
  views.page.hidden = false; // scripts of forms look at what is shown
  // A form's script looks for its form once: each form is a page of its own to it.
  if (FORM.test(name)) await window.AUZOLAN_HELD?.script("static/built/contribute.js");
}

function missing(): void {
  const whole = document.createElement("div");
  whole.className = "wrap title";
  const [title, words, back] = [document.createElement("h1"), document.createElement("p"), document.createElement("a")];
  title.textContent = say("This page is not in this copy");
  words.className = "lead";
  words.textContent = say("It may be in another part of the commons, or in a newer copy.");
  back.href = told.away || "#/";
  back.textContent = told.away ? told.site : say("To the list");
  whole.append(title, words, back);
  views.page.append(whole);
}

function doors(name: string): void {
  const own = FORM.test(name) ? "#/contribute" : name === "about" ? "#/about" : "#/";
  for (const link of by("doors").querySelectorAll("a")) {
    if (link.getAttribute("href") === own) link.setAttribute("aria-current", here === own ? "page" : "true");
    else link.removeAttribute("aria-current");
  }
}

/** The link that led away from a view: whoever goes back by keys goes on from there. */
function linkTo(hash: string, view: HTMLElement): HTMLElement | undefined {
  return [...view.querySelectorAll<HTMLAnchorElement>("a[href^='#/']")].find((link) => {
    const there = routeOf(link.getAttribute("href") ?? "", told.prefix);
    return !!there && hashOf(there) === hash && link.offsetParent !== null;
  });
}

function focusOn(part: HTMLElement | null): void {
  if (!part) return;
  if (!part.matches("a,button,input,textarea,select,[tabindex]")) part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

function to(part: HTMLElement | null): void {
  focusOn(part);
  part?.scrollIntoView();
}

/** Goes to a page; `again` takes the place of the step before in the browser's history. A file without an origin may lead nowhere
 * by its links, and not change its address, but it may always note where it is. */
function follow(hash: string, again: boolean): void {
  const [note, state] = [again ? "replaceState" : "pushState", { to: hash }] as const;
  try {
    history[note](state, "", hash);
  } catch (reason) {
    history[note](state, "");
  }
  void go("follow");
}

function change(chosen: Chosen): void {
  clearTimeout(timer);
  settled = true;
  follow(`#/${addressOf({ ...askedIn(`?${route.query}`), text: box.value, chosen })}`, false);
}

/** What is typed is asked when the fingers rest: the first letters are a step of the history, the others are not. */
function ask(now: boolean): void {
  clearTimeout(timer);
  const text = box.value;
  const enough = now || !text.trim() || Array.from(text.trim()).length > 1 || isUnspaced(parseQuery(text).beginning);
  if (!enough) return;
  timer = window.setTimeout(() => {
    const chosen: Chosen = route.name === "" ? askedIn(`?${route.query}`).chosen : new Map();
    const again = !settled && route.name === "";
    settled = now;
    const hash = `#/${addressOf({ text, near: true, chosen })}`;
    if (hash !== here) follow(hash, again);
  }, now ? 0 : PAUSE);
}

function clicked(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='#']") : null;
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button) return;
  const hash = link.getAttribute("href") ?? "";
  if (hash.startsWith("#/")) {
    if (link.target) return;
    event.preventDefault();
    settled = true;
    return follow(hash, hash === asked());
  }
  event.preventDefault(); // the address is for pages
  to(document.getElementById(hash.slice(1)));
}

try {
  history.scrollRestoration = "manual";
} catch (reason) {
  // then the browser finds the place by itself, or not
}
window.addEventListener("popstate", () => void go("back"));
document.addEventListener("click", clicked);
box.addEventListener("input", (event) => (event as InputEvent).isComposing || ask(false));
box.addEventListener("compositionend", () => ask(false));
box.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(true);
});
by("ask").hidden = by("doors").hidden = false;
views.about.hidden = true;
by("notices").hidden = false;
by("notices").addEventListener("toggle", () => {
  by("notices").lastElementChild!.textContent = beside(held, NOTICES);
});
void go("begin");
