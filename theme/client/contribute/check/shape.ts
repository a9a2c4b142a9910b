// Shapes: what is said is known, is there where it must be, and has the shape that is declared (check/fields.py).

import { type Field, has, isMap, type Plain, type Values } from "../kinds";
import { type Draft, type Finding, found, type Path } from "./finding";

const MAPPINGS = new Set(["text", "prose", "reference", "identifier"]);

/** D001, D002, D003, D005, D006, D010. */
export function* checkShape({ kind, values }: Draft): Generator<Finding> {
  yield* mapping(kind.fields, values, [], values["status"] === "withdrawn");
}

const toSource = (field: Field): boolean => field.to?.length === 1 && field.to[0] === "source";

function* mapping(fields: readonly Field[], values: Values, path: Path, withdrawn = false): Generator<Finding> {
  const byName = new Map(fields.map((field) => [field.name, field]));
  for (const [name, value] of Object.entries(values)) {
    const field = byName.get(name);
    const here = [...path, name];
    if (!field) yield found("D001", here, "“{name}” is not a field of this kind.", { name });
    else if (value === "") yield found("D006", here, "This is empty: write something, or take it away.");
    else if (field.many) yield* many(field, value, here);
    else if (field.fields || typeof value !== "string") yield* one(field, value, here);
  }
  for (const field of withdrawn ? [] : fields) {
    if (field.required && !has(values, field.name)) yield found("D002", [...path, field.name], "This is needed: {name}.", { name: field.label ?? field.name });
  }
}

function* many(field: Field, value: Plain, path: Path): Generator<Finding> {
  let items: [string | number, Plain][];
  if (field.many === "list") {
    if (!Array.isArray(value)) return void (yield found("D003", path, "This takes a list."));
    items = value.map((item, at) => [at, item]);
    const seen = new Set<string>();
    for (const [at, item] of items) {
      if (typeof item !== "string") continue;
      if (item === "") yield found("D006", [...path, at], "This is empty: write something, or take it away.");
      else if (seen.has(item)) yield found("D010", [...path, at], "“{word}” stands here twice: keep one.", { word: item });
      seen.add(item);
    }
  } else {
    if (!isMap(value)) return void (yield found("D003", path, "This takes named items."));
    items = Object.entries(value);
  }
  if (field.items && items.length > field.items) yield found("D005", path, "There are {count} of these; at most {most} fit.", { count: String(items.length), most: String(field.items) });
  for (const [key, item] of items) yield* one(field, item, [...path, key]);
}

function* one(field: Field, value: Plain, path: Path): Generator<Finding> {
  if (Array.isArray(value)) yield found("D003", path, "This takes one value, not a list.");
  else if (field.fields) {
    if (isMap(value)) yield* mapping(field.fields, value, path);
    else yield found("D003", path, "This has parts of its own.");
  } else if (isMap(value)) {
    if (!MAPPINGS.has(field.type) || toSource(field)) return void (yield found("D003", path, "This takes one value."));
    if (!Object.keys(value).length) yield found("D006", path, "This is empty: write something, or take it away.");
    for (const [name, item] of Object.entries(value)) {
      if (typeof item !== "string") {
        if (field.type !== "reference") yield found("D003", [...path, name], "This takes one text.");
      } else if (item === "") yield found("D006", [...path, name], "This is empty: write something, or take it away.");
    }
  }
}
