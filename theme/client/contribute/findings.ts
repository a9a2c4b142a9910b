// Findings flow in, they stand below the fields they speak of, in the reader's words, with what is the way out.

import { say } from "../base/say";
import { type Finding, WARNINGS } from "./check/index";
import { blocksOf, placeAt } from "./fields";

/** Shows those of `found` that `wanted` allows, and takes away all others. Gives the first that forbids sending. */
export function showFindings(form: HTMLElement, found: readonly Finding[], wanted: (place: HTMLElement) => boolean): HTMLElement | undefined {
  form.querySelectorAll(".finding").forEach((old) => old.remove());
  form.querySelectorAll("[aria-invalid]").forEach((old) => {
    old.removeAttribute("aria-invalid");
    describe(old, "");
  });
  form.querySelectorAll(".has-finding").forEach((old) => old.classList.remove("has-finding"));
  let first: HTMLElement | undefined;
  found.forEach((one, number) => {
    const place = placeOf(form, one);
    const grave = !WARNINGS.has(one.code);
    if (!place || !wanted(place)) return;
    if (grave) first = first ?? place;
    const line = document.createElement("p");
    line.className = grave ? "finding" : "finding mild";
    line.id = `finding-${number}`;
    const code = document.createElement("code");
    code.textContent = one.code;
    line.append(say(one.text, one.values), " ", code);
    place.append(line);
    place.classList.add("has-finding");
    const control = controlIn(place);
    if (!control) return;
    if (grave) control.setAttribute("aria-invalid", "true");
    describe(control, line.id);
  });
  return first;
}

/** Where a finding is shown: at its field, or where it would be answered. */
export function placeOf(form: HTMLElement, one: Finding): HTMLElement | undefined {
  const how = form.querySelector<HTMLElement>("#how");
  if (how && !how.hidden && one.path[0] === "record" && (one.path[1] === "sources" || one.path.length === 1)) {
    const ours = placeAt(form, one.path);
    return one.path.length > 2 && ours?.matches("[data-item],[data-item] *") ? ours : how;
  }
  return placeAt(form, one.path) ?? blocksOf(form).get(String(one.path[0])) ?? form.querySelector<HTMLElement>("#findings") ?? undefined;
}

export const controlIn = (place: HTMLElement): HTMLElement | null => place.querySelector<HTMLElement>("input:not([type=hidden]),textarea,select");

function describe(control: Element, id: string): void {
  const told = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && !one.startsWith("finding-"));
  if (id) told.push(id);
  if (told.length) control.setAttribute("aria-describedby", told.join(" "));
  else control.removeAttribute("aria-describedby");
}
