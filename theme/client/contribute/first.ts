// The page of a form flows in; the same page with its parts folded flows out. All that reads, checks and sends comes with form.js,
// which is loaded when somebody begins to write, or comes with something to be written: most readers only look.

import { asking, query } from "./asking";

declare global {
  interface Window {
    /** A button that was pressed before form.js was there. */
    AUZOLAN_PRESSED?: string;
  }
}

const { root = "" } = document.documentElement.dataset;
const form = document.getElementById("form");
let loaded = false;

function load(): void {
  if (loaded) return;
  loaded = true;
  if (window.AUZOLAN_HELD) return void window.AUZOLAN_HELD.script("static/built/form.js");
  const script = document.createElement("script");
  script.src = `${root || "./"}static/built/form.js`;
  script.dataset["form"] = "";
  document.head.append(script);
}

function hasDraft(): boolean {
  try {
    const { site = "", kind = "" } = form?.dataset ?? {};
    return localStorage.getItem(`auzolan-form ${site} ${kind} new`) !== null;
  } catch (reason) {
    return false;
  }
}

if (form) {
  form.querySelectorAll<HTMLDetailsElement>("details[open]").forEach((more) => (more.open = false));
  form.querySelectorAll<HTMLElement>("#ways,#by-copy,#preview,[data-share]").forEach((part) => {
    if (!part.matches("[data-share]") || "share" in navigator) part.hidden = false;
  });
  // On paper nothing is ticked beforehand.
  const source = form.querySelector<HTMLInputElement>("input[name=how][value=source]");
  if (source && !form.querySelector("input[name=how]:checked")) source.checked = true;
  const first = form.querySelector("#ways li:not([hidden]) .btn");
  form.querySelectorAll("#ways .btn").forEach((button) => {
    button.classList.toggle("first", button === first);
    button.addEventListener("click", () => (window.AUZOLAN_PRESSED = button.id), { once: true });
  });
  for (const event of ["pointerdown", "focusin", "keydown"]) form.addEventListener(event, load, { once: true });
  if (query() || hasDraft()) load();
} else if (query()) {
  // The door: what is asked for goes along to the form.
  document.querySelectorAll<HTMLAnchorElement>("#kinds a").forEach((link) => asking(link, query()));
}
