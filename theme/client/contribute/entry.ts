// The fields of the form flow in; the entry that they write flows out: its values, its file's name and text.

import { blocksOf, isSaid, itemsOf, read, tidy } from "./fields";
import { isMap, type Kind, type Values } from "./kinds";
import { loadLetters } from "./load";
import { ascii, slugOf, tablesFor } from "./slug";
import { keyOf, sourceValues } from "./source";
import { shown } from "./preview";
import { type Look, looked } from "./still";
import { entryText } from "./writer";

/** What the editing script gives for the text of an entry's file. */
export interface Editor {
  /** The checksum of the text that the edit begins with, in eight signs. */
  readonly began: string;
  readonly values: Values;
  readonly apply: (values: Values) => string;
}

declare global {
  interface Window {
    AUZOLAN_EDIT?: (text: string, fields: Kind["fields"]) => Editor;
  }
}

export interface Written {
  readonly values: Values;
  readonly slug: string;
  readonly file: string;
  readonly text: string;
}

let letters: Awaited<ReturnType<typeof loadLetters>> = new Map();
const plain = (text: string): string => ascii(text, letters);

export class Entry {
  editor: Editor | undefined;
  /** The slug that the file has, where it is there already. */
  slug = "";
  /** Keys of sources that changed when the form was last read: old → new. */
  readonly renamed = new Map<string, string>();
  /** That the entry still holds, where somebody says so. */
  look: Look | undefined;
  /** Slugs that other entries have, as far as they were met. */
  readonly taken = new Set<string>();

  constructor(private readonly form: HTMLElement, private readonly kind: Kind, private readonly language: string) {}

  /** Reads the form. Letters of other scripts are looked up first. */
  async written(): Promise<Written> {
    this.renamed.clear();
    this.nameSources();
    const values = this.values();
    const answer = this.form.querySelector<HTMLInputElement>("#how-source")?.value ?? "";
    const needed = tablesFor(shown(values["name"]) + answer);
    if (needed.length) letters = await loadLetters(needed);
    const told = this.values();
    const slug = this.slug || slugOf(plain(licenseId(told) || shown(told["name"])), (one) => this.taken.has(one));
    const text = this.editor ? this.editor.apply(told) : entryText(this.kind.name, this.kind.fields, told);
    return { values: told, slug, file: `${this.kind.folder}${slug}.yaml`, text };
  }

  private values(): Values {
    const values = this.told();
    return this.look ? looked(values, this.look) : values;
  }

  private told(): Values {
    const before = this.editor?.values ?? {};
    const values = read(this.form, this.kind.fields, before);
    if (values["written_in"] === this.language && before["written_in"] === undefined) delete values["written_in"];
    const how = this.form.querySelector<HTMLElement>("#how");
    if (!how || how.hidden) return values;
    const itself = how.querySelector<HTMLInputElement>("input[value=itself]")?.checked;
    const source = tidy(how.querySelector<HTMLInputElement>("#how-source")?.value ?? "");
    if (!itself && !source) return values;
    const told = sourceValues(itself ? "itself" : source, plain);
    const record = isMap(values["record"]) ? values["record"] : {};
    const sources = { ...(isMap(told["sources"]) ? told["sources"] : {}), ...(isMap(record["sources"]) ? record["sources"] : {}) };
    const { sources: _, ...rest } = record;
    values["record"] = { ...told, ...rest, ...(Object.keys(sources).length ? { sources } : {}) };
    return values;
  }

  /** Sources that somebody adds have a short name of their own, by which other fields name them. */
  private nameSources(): void {
    const record = blocksOf(this.form).get("record");
    const block = record && blocksOf(record).get("sources");
    const used = new Set<string>();
    for (const item of block ? itemsOf(block) : []) {
      const key = item.querySelector<HTMLInputElement>("[data-key]");
      const field = item.querySelector<HTMLInputElement>('[data-f="title"] input,[data-f="title"] textarea');
      const title = field?.value ?? "";
      // A name stays once its title was left: others may lean on it.
      if (!key || (key.value && (!key.dataset["made"] || (key.dataset["made"] === "title" && document.activeElement !== field)))) {
        if (key) used.add(key.value);
        continue;
      }
      if (!isSaid(item)) {
        key.value = "";
        continue;
      }
      const name = keyOf(title || "source", plain);
      let free = name;
      for (let number = 2; used.has(free); number++) free = `${name}-${number}`;
      if (key.value && key.value !== free) this.renamed.set(key.value, free);
      key.value = free;
      key.dataset["made"] = title ? "title" : "no title";
      used.add(free);
    }
  }
}

/** A licence's file is named by its id. */
function licenseId(values: Values): string {
  const id = values["spdx_id"];
  return typeof id === "string" ? id.replace(/^LicenseRef-/, "").replace(/\+/g, "-or-later") : "";
}
