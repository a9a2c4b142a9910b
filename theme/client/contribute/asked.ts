// What is written flows in; findings on the questions that come first and were not answered flow out. A file may leave some of them
// out; whoever adds an entry is asked.

import { found, type Finding } from "./check/finding";
import { blocksOf } from "./fields";
import { type Field, isMap, type Values } from "./kinds";
import { shown } from "./preview";

const needed = (path: readonly string[]): Finding => found("D002", path, "This question wants an answer.");

/** The sources of an entry: [key, title]. */
export function sourcesOf(values: Values): [string, string][] {
  const record = values["record"];
  const sources = isMap(record) ? record["sources"] : undefined;
  return isMap(sources) ? Object.entries(sources).map(([key, one]) => [key, isMap(one) ? shown(one["title"]) : ""]) : [];
}

export function unanswered(form: HTMLElement, fields: readonly Field[], values: Values): Finding[] {
  const blocks = blocksOf(form);
  const asked = fields.filter((field) => field.essential && !field.required && values[field.name] === undefined);
  const record = isMap(values["record"]) ? values["record"] : {};
  const known = !form.querySelector("#how") || record["sources"] !== undefined || record["submitted_by"] === "itself";
  return [
    ...asked.filter(({ name }) => name !== "record" && blocks.get(name)?.closest(".f")).map(({ name }) => needed([name])),
    ...(known ? [] : [needed(["record"])]),
  ];
}
