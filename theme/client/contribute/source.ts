// The answer to "how do you know?" flows in; what the record says of it flows out (intake/answers.py, `source_values`).

import { strip } from "./scalars";
import { slugOf } from "./slug";
import type { Values } from "./kinds";

export function sourceValues(answer: string, ascii: (text: string) => string): Values {
  if (answer === "itself") return { submitted_by: "itself" };
  const host = /^https?:\/\//.test(answer) ? answer.split("/")[2]!.replace(/^www\./, "") : "";
  if (/^https?:\/\//.test(answer)) {
    return { submitted_by: "third-party", sources: { [slugOf(ascii(host.split(".")[0]!))]: { title: host, url: answer } } };
  }
  return { submitted_by: "third-party", sources: { [keyOf(answer, ascii)]: { title: answer } } };
}

/** A short name for a source, by its title. */
export const keyOf = (title: string, ascii: (text: string) => string): string =>
  strip(slugOf(ascii(title)).slice(0, 20)).replace(/^-+|-+$/g, "");
