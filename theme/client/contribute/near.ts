// The name that is being typed flows in; entries that may be the same thing are shown below it: "is it one of these?"

import { say } from "../base/say";
import { blocksOf } from "./fields";
import { base } from "./load";
import { alike, entriesLike } from "./search";

export class Near {
  private asked = "";

  /** `taken` gathers the slugs of entries of this kind that were met. */
  constructor(private readonly kind: string, private readonly taken: Set<string>) {}

  /** Whether it is here already, under this name or one like it. */
  async look(form: HTMLElement, name: string): Promise<void> {
    if (name === this.asked) return;
    this.asked = name;
    const found = name.length > 2 ? (await entriesLike(name, 12)).filter((one) => alike(name, one.name)) : [];
    if (name !== this.asked) return;
    for (const one of found) if (one.kind === this.kind) this.taken.add(one.id.split("/")[1] ?? "");
    const block = blocksOf(form).get("name");
    block?.querySelector(":scope > .near-names")?.remove();
    if (!block || !found.length) return;
    const box = document.createElement("div");
    box.className = "near-names slip";
    box.setAttribute("role", "status");
    const title = document.createElement("p");
    title.textContent = say("Is it one of these?");
    const list = document.createElement("ul");
    for (const one of found.slice(0, 4)) {
      const [row, link, note] = [document.createElement("li"), document.createElement("a"), document.createElement("span")];
      link.href = base + one.url;
      link.textContent = one.name;
      link.target = "_blank";
      link.rel = "noopener";
      note.textContent = one.place;
      row.append(link, " ", note);
      list.append(row);
    }
    box.append(title, list);
    block.append(box);
  }
}
