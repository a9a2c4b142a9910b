// The path of a script of the site flows in; what it does or hands over flows out of what the file holds. The scripts of the form
// (contribute/) ask here in place of loading files.

import type { Held } from "./held";

declare global {
  interface Window {
    AUZOLAN_HELD?: Files;
  }
}

/** What stands in for the files of a site. */
export interface Files {
  /** Whether the script could be had; it has run then. */
  script(path: string): Promise<boolean>;
  /** The text of an entry's file. */
  text(id: string): Promise<string | undefined>;
  /** What is asked of the page: `?entry=x`, as an address has it. */
  query(): string;
}

const CODE = "code";
const TABLES = "tables";
const SEARCH = "static/built/search.js";
type Texts = Readonly<Record<string, string>>;

export function script(held: Held, path: string): boolean {
  if (path === SEARCH) return true; // it is here already
  const code = textIn(held.json<Texts>(CODE), path);
  if (code !== undefined) {
    run("script", code).remove();
    return true;
  }
  const table = textIn(held.json<Texts>(TABLES), path);
  if (table === undefined) return false;
  const [, name = "", told = ""] = /^(AUZOLAN_[A-Z]+)\(([^]*)\);\s*$/.exec(table) ?? [];
  const takes = (window as unknown as Record<string, unknown>)[name];
  if (typeof takes !== "function") return false;
  (takes as (...told: unknown[]) => void)(...(JSON.parse(`[${told}]`) as unknown[]));
  return true;
}

/** A text that lies beside the scripts; "" where there is none. */
export const beside = (held: Held, path: string): string => textIn(held.json<Texts>(CODE), path) ?? "";

/** Puts a style into the page, once. */
export function style(held: Held, path: string): void {
  if (document.querySelector(`style[data-of="${path}"]`)) return;
  const text = textIn(held.json<Texts>(CODE), path);
  if (text !== undefined) run("style", text).dataset["of"] = path;
}

/** The policy of the file knows the digests of these texts, and of no others. */
function run(tag: "script" | "style", text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  document.head.append(made);
  return made;
}

const textIn = (texts: Texts, path: string): string | undefined =>
  Object.prototype.hasOwnProperty.call(texts, path) ? texts[path] : undefined;
