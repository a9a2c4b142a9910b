// Paths of HTML files come in, one a line; a JSON list of [path, line, column, rule, message] goes out.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });
const found = [];
for (const path of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const report = await validator.validateString(readFileSync(path, "utf8"));
  for (const { messages } of report.results) {
    for (const { line, column, ruleId, message } of messages) found.push([path, line, column, ruleId, message]);
  }
}
console.log(JSON.stringify(found));
