// The fields of a kind and what an entry says flow in; every single value of them flows out, with its field and what stands
// beside it (model/leaves.py).

import { type Field, has, isMap, type Plain, type Values } from "../kinds";
import type { Path } from "./finding";

export interface Leaf {
  readonly field: Field;
  readonly value: Plain;
  readonly path: Path;
  /** What the value stands in, and the fields of that. */
  readonly around: Values;
  readonly beside: readonly Field[];
}

export function* leavesOf(fields: readonly Field[], values: Values, path: Path = []): Generator<Leaf> {
  for (const field of fields) {
    if (!has(values, field.name)) continue;
    const value = values[field.name]!;
    const here = [...path, field.name];
    let items: [Path, Plain][] = [[here, value]];
    const most = field.items || Infinity;
    if (field.many === "list" && Array.isArray(value)) items = value.slice(0, most).map((item, at) => [[...here, at], item]);
    if (field.many === "keyed" && isMap(value)) items = Object.entries(value).slice(0, most).map(([key, item]) => [[...here, key], item]);
    for (const [where, item] of items) {
      yield { field, value: item, path: where, around: values, beside: fields };
      if (field.fields && isMap(item)) yield* leavesOf(field.fields, item, where);
    }
  }
}
