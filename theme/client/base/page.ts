// The script of every page: the keys that lead to the search box, the list of languages that closes, the words.

import { listen } from "./say";

listen();

const box = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>("input#q");

/** Whether keys typed here are text, not commands. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** Whether the reader has switched the keys off (WCAG 2.1.4), on the search page. */
function isOff(): boolean {
  try {
    return localStorage.getItem("auzolan-keys") === "off";
  } catch (reason) {
    return false;
  }
}

function focusBox(event: KeyboardEvent): void {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isField(event.target);
  const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const field = box();
  if (!field || event.isComposing || !(slash || control) || isOff()) return;
  event.preventDefault();
  field.focus();
  field.select();
}

const menus = (): HTMLDetailsElement[] => [...document.querySelectorAll<HTMLDetailsElement>("details.langs[open]")];

function closeMenus(target: EventTarget | null): void {
  for (const menu of menus()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
}

function escapeMenu(event: KeyboardEvent): void {
  for (const menu of event.key === "Escape" ? menus() : []) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary")?.focus();
  }
}

document.addEventListener("keydown", focusBox);
document.addEventListener("keydown", escapeMenu);
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));

const asked = new URLSearchParams(location.search).get("q");
const field = box();
if (asked && field && !field.value) field.value = asked;

/** The first letter typed loads what suggests names; the search page answers by itself. */
function suggest(): void {
  const script = document.createElement("script");
  script.src = `${document.documentElement.dataset["root"] || "./"}static/built/suggest.js`;
  document.head.append(script);
}

if (!document.querySelector("script[src$='built/search.js']")) field?.addEventListener("input", suggest, { once: true });
