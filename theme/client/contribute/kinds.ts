// What a page of the form says of its kind, and what an entry says: the shapes that all of contribute/ shares. They come from
// render/form/declared.py, which makes them of directory/kinds; nothing about a field is known here by itself.

/** A value as a file writes it: texts, lists and mappings of texts. */
export type Plain = string | Plain[] | { [name: string]: Plain };
export type Values = { [name: string]: Plain };

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  readonly many?: "list" | "keyed";
  readonly max?: number;
  readonly items?: number;
  readonly required?: boolean;
  readonly essential?: boolean;
  readonly examples?: readonly string[];
  readonly vocabulary?: string;
  readonly to?: readonly string[];
  readonly fields?: readonly Field[];
}

/** The words of a vocabulary with their labels, and other names that lead to them (folded). */
export interface Words {
  readonly labels: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, string>>;
}

export interface RelationName {
  readonly label: string;
  /** Whether it is one of the two names of its type, and no other name of them. */
  readonly main: boolean;
  readonly forward: string;
  readonly inverse: boolean;
  readonly derived: boolean;
  readonly symmetric: boolean;
}

export interface Kind {
  readonly name: string;
  /** Where its files lie: `directory/cooperatives/`. */
  readonly folder: string;
  readonly traits: readonly string[];
  readonly fields: readonly Field[];
  readonly kinds: readonly string[];
  /** Empty until they are loaded. */
  words: Readonly<Record<string, Words>>;
  relations: Readonly<Record<string, RelationName>>;
}

export const isMap = (value: Plain | undefined): value is { [name: string]: Plain } =>
  typeof value === "object" && !Array.isArray(value);

export const has = (object: object, name: string): boolean => Object.prototype.hasOwnProperty.call(object, name);

/** Texts are counted in code points, as Python counts them. */
export const length = (text: string): number => Array.from(text).length;

/** Whether two values say the same. */
export function same(one: Plain | undefined, other: Plain | undefined): boolean {
  if (typeof one === "string" || typeof other === "string" || one === undefined || other === undefined) return one === other;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((item, at) => same(item, other[at]));
  }
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => has(other, name) && same(one[name], other[name]));
}
