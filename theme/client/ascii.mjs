// The tables of any-ascii flow in; scripts flow out as JSON, {name: text}: how the letters of all scripts are written in ASCII, 4,096
// code points a script, so that a form loads only what the name before it needs. Run with the package folder.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const packages = resolve(process.argv[2] ?? "node_modules");
createRequire(join(packages, "here.js"));
const { default: block } = await import(pathToFileURL(join(packages, "any-ascii", "block.js")));

const scripts = {};
for (let table = 0; table <= 0x1f; table++) {
  const letters = [];
  for (let row = 0; row < 16; row++) {
    const written = (block(table * 16 + row) || "").split("\t");
    for (let at = 0; at < 256; at++) letters.push(table === 0 && row === 0 && at < 128 ? "" : (written[at] ?? ""));
  }
  while (letters.length && !letters[letters.length - 1]) letters.pop();
  if (letters.length) scripts[`${table}.js`] = `AUZOLAN_ASCII(${table},${JSON.stringify(letters.join("\t"))});\n`;
}
process.stdout.write(JSON.stringify(scripts));
