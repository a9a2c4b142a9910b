// The page of a form flows in; that its entry still holds, and how somebody knows it, flows out, by one tap: it leaves by the way that
// was asked for, else by the first there is. The rest of the form waits behind a button.

import { query } from "./asking";
import { isMap, type Plain, type Values } from "./kinds";
import type { Way } from "./ways";

export interface Look {
  readonly on: string;
  readonly how: string;
}

/** What `max_items` of `record.verified` lets stand: the oldest goes first. */
const MOST = 20;

/** The day as all the world counts it (UTC): nobody's today is tomorrow where it is read. */
const today = (): string => new Date().toISOString().slice(0, 10);

export const isAsked = (): boolean => new URLSearchParams(query()).has("still") && !!document.getElementById("still");

export class Still {
  private how = "";
  /** A way that was pressed before anybody said how they know. */
  wanted: Way | undefined;
  private readonly day = document.getElementById("still-on") as HTMLInputElement;
  private readonly part = document.getElementById("still")!;

  constructor(form: HTMLElement, leave: (way: Way) => void) {
    const rest = [...form.children].filter((part): part is HTMLElement => part instanceof HTMLElement && part !== this.part && part.id !== "send");
    this.day.value = today();
    this.part.hidden = false;
    rest.forEach((part) => (part.hidden = true));
    const buttons = [...this.part.querySelectorAll<HTMLButtonElement>("[data-how]")];
    for (const button of buttons) {
      button.addEventListener("click", () => {
        this.how = button.dataset["how"]!;
        buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
        leave(this.wanted ?? firstWay(form));
      });
    }
    document.getElementById("still-more")?.addEventListener("click", (event) => {
      rest.forEach((part) => (part.hidden = false));
      (event.target as HTMLElement).hidden = true;
      toTop();
    });
    toTop();
  }

  /** What was done to know it; undefined while nobody has said so. */
  get look(): Look | undefined {
    return this.how ? { on: /^\d{4}-\d{2}-\d{2}$/.test(this.day.value) ? this.day.value : today(), how: this.how } : undefined;
  }

  ask(way: Way): void {
    this.wanted = way;
    this.part.querySelector<HTMLElement>("[data-how]")?.focus();
    this.part.scrollIntoView();
  }
}

/** To the title, which says what this is about. */
const toTop = (): void => document.getElementById("form-title")?.scrollIntoView();

/** The first way that this browser and this commons have: the button that stands out. */
function firstWay(form: HTMLElement): Way {
  const id = form.querySelector("#ways .btn.first")?.id ?? "way-save";
  return id.replace("way-", "") as Way;
}

/** The entry's values with a look more in its record. */
export function looked(values: Values, look: Look): Values {
  const record: Values = isMap(values["record"]) ? values["record"] : {};
  const before = record["verified"];
  const list: Plain[] = Array.isArray(before) ? before : before === undefined ? [] : [before];
  return { ...values, record: { ...record, verified: [...list.slice(1 - MOST), { on: look.on, how: look.how }] } };
}

/** What a short mail says where the file would be too long for one. */
export const statement = (id: string, look: Look): string => `Still correct: ${id}\non: ${look.on}\nhow: ${look.how}\n`;
