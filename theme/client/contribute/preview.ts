// What is written flows in; the card and the file that will come of it are shown, as they change.

import { say } from "../base/say";
import { has, isMap, type Plain, type Values } from "./kinds";
import type { Codes } from "./load";

const by = (id: string): HTMLElement | null => document.getElementById(id);

export function preview(values: Values, path: string, text: string, codes: Codes | undefined): void {
  const panel = by("preview");
  if (!panel) return;
  panel.hidden = false;
  put("card-name", shown(values["name"]) || "…");
  put("card-summary", shown(values["summary"]));
  put("file-name", path);
  put("file-text", text);
  const facts = by("card-facts");
  if (!facts) return;
  facts.textContent = "";
  const places = Array.isArray(values["places"]) ? values["places"].map((place) => placeName(place, codes)).filter(Boolean) : [];
  const record = isMap(values["record"]) ? values["record"] : {};
  const sources = isMap(record["sources"]) ? Object.values(record["sources"]).map((source) => (isMap(source) ? shown(source["title"]) : "")) : [];
  row(facts, say("Place"), places.join(" · "));
  row(facts, say("Source"), sources.filter(Boolean).join(" · "));
  row(facts, say("Submitted"), record["submitted_by"] === "itself" ? say("by the group itself, not proved") : record["submitted_by"] ? say("by a third party") : "");
}

function put(id: string, text: string): void {
  const element = by(id);
  if (element && element.textContent !== text) element.textContent = text;
}

function row(list: HTMLElement, label: string, text: string): void {
  if (!text) return;
  const [term, told, name] = [document.createElement("dt"), document.createElement("dd"), document.createElement("bdi")];
  term.textContent = label;
  name.textContent = text;
  told.append(name);
  list.append(term, told);
}

/** A text as a reader of this page sees it. */
export function shown(value: Plain | undefined): string {
  if (typeof value === "string") return value;
  if (!isMap(value)) return "";
  const texts = [document.documentElement.lang, "en", ...Object.keys(value)].map((tag) => (has(value, tag) ? value[tag] : ""));
  return texts.find((text): text is string => typeof text === "string" && text !== "") ?? "";
}

function placeName(place: Plain, codes: Codes | undefined): string {
  if (!isMap(place)) return "";
  const country = shown(place["country"]);
  return [shown(place["locality"]), codes?.countries[country] ?? country].filter(Boolean).join(", ");
}
