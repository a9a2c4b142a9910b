// What every rule of the form gives, and what it may look things up in.

import type { Kind, Plain, Values } from "../kinds";

export type Path = readonly (string | number)[];

/** A finding of rule `code` at a value: an English text of the interface, to be said in the reader's language. */
export interface Finding {
  readonly code: string;
  readonly path: Path;
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

export const found = (code: string, path: Path, text: string, values: Readonly<Record<string, string>> = {}): Finding => ({
  code, path, text, values,
});

/** Lists that are loaded when they are needed. A rule whose list is not there says nothing: the check says it later. */
export interface Tables {
  readonly countries?: ReadonlySet<string>;
  readonly regions?: ReadonlySet<string>;
  readonly languages?: ReadonlySet<string>;
  readonly licenses?: ReadonlySet<string>;
  readonly exceptions?: ReadonlySet<string>;
  readonly deprecated?: ReadonlyMap<string, string>;
}

/** One entry as the rules see it. `id` is what it will be called. */
export interface Draft {
  readonly kind: Kind;
  readonly id: string;
  readonly values: Values;
  readonly tables: Tables;
}

/** The texts in a text by language, or the one. */
export function* textsIn(value: Plain, path: Path): Generator<[Path, string]> {
  if (typeof value === "string") yield [path, value];
  else if (!Array.isArray(value)) {
    for (const [name, text] of Object.entries(value)) if (typeof text === "string") yield [[...path, name], text];
  }
}
