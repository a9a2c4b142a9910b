// The folder of npm packages and a file of documents and questions come in; a file of the ids that one peer finds goes out.
//
//     node peers.mjs NPM_FOLDER GIVEN.json FOUND.json
//
// Each peer gets the texts that our own index gets, in fields of the same weights.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, given, answered] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const SNOWBALL = { ca: "catalan", en: "english", es: "spanish", fr: "french" };

/** `[[8, "Som Energia"], …]` → `{w8: "Som Energia …", …}` */
function fieldsOf(texts) {
  const fields = {};
  for (const [weight, text] of texts) {
    const name = `w${weight}`;
    fields[name] = fields[name] === undefined ? text : `${fields[name]}\n${text}`;
  }
  return fields;
}

function weightsOf(documents) {
  const weights = new Map();
  for (const document of documents) for (const [weight] of document.texts) weights.set(`w${weight}`, weight);
  return weights;
}

/** As its guide does it: fields with boosts; English by its own pipeline, other languages by Snowball. */
function lunr({ documents, language }) {
  const library = require("lunr");
  const weights = weightsOf(documents);
  const built = library(function () {
    this.ref("id");
    if (language !== "en") {
      const stemmer = require("snowball-stemmers").newStemmer(SNOWBALL[language]);
      const stem = (token) => token.update((word) => stemmer.stem(word));
      library.Pipeline.registerFunction(stem, `stem-${language}`);
      this.pipeline.reset();
      this.searchPipeline.reset();
      this.pipeline.add(library.trimmer, stem);
      this.searchPipeline.add(stem);
    }
    for (const [name, weight] of weights) this.field(name, { boost: weight });
    for (const document of documents) this.add({ id: document.id, ...fieldsOf(document.texts) });
  });
  // By terms: its query language would read signs in a question as operators.
  return (query) => built.query((asked) => asked.term(library.tokenizer(query), {})).map((hit) => hit.ref);
}

/** With a stemmer, and where `more` says so with the prefix and fuzzy options of its guide. */
function minisearch({ documents, language }, more) {
  const MiniSearch = require("minisearch");
  const stemmer = require("snowball-stemmers").newStemmer(SNOWBALL[language]);
  const weights = weightsOf(documents);
  const built = new MiniSearch({
    fields: [...weights.keys()],
    processTerm: (term) => stemmer.stem(term.toLowerCase()),
    searchOptions: { boost: Object.fromEntries(weights), ...more },
  });
  built.addAll(documents.map((document) => ({ id: document.id, ...fieldsOf(document.texts) })));
  return (query) => built.search(query).map((hit) => hit.id);
}

function escaped(text) {
  return text.replace(/[&<>]/gu, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
}

/** Pages through its Node API, and its own script for browsers, which gets its files from this process. */
async function pagefind({ documents, language }) {
  const { createIndex, close } = await import(pathToFileURL(join(modules, "node_modules", "pagefind", "lib", "index.js")));
  const { index } = await createIndex({ forceLanguage: language });
  for (const [number, document] of documents.entries()) {
    const texts = document.texts.map(([weight, text]) => {
      const tag = weight >= 8 ? "h1" : "p";
      return `<${tag} data-pagefind-weight="${Math.min(weight, 10)}">${escaped(text)}</${tag}>`;
    });
    const content = `<html lang="${language}"><body data-pagefind-body>${texts.join("\n")}</body></html>`;
    const { errors } = await index.addHTMLFile({ url: `/${number}/`, content });
    if (errors.length) throw new Error(errors.join("; "));
  }
  const folder = await mkdtemp(join(dirname(answered), "pagefind-"));
  await index.writeFiles({ outputPath: folder });
  await close();
  const server = createServer(async (request, response) => {
    try {
      response.end(await readFile(join(folder, normalize(new URL(request.url, "http://localhost").pathname))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const script = await import(pathToFileURL(join(folder, "pagefind.js")));
  await script.options({ basePath: `http://127.0.0.1:${server.address().port}/`, baseUrl: "/" });
  const search = async (query, depth) => {
    const { results } = await script.search(query);
    const shown = await Promise.all(results.slice(0, depth).map((result) => result.data()));
    return shown.map((data) => documents[Number(data.url.split("/")[1])].id);
  };
  search.end = async () => {
    server.close();
    await rm(folder, { recursive: true });
  };
  return search;
}

const PEERS = {
  lunr,
  minisearch: (asked) => minisearch(asked, {}),
  "minisearch-fuzzy": (asked) => minisearch(asked, { prefix: true, fuzzy: 0.2 }),
  pagefind,
};

const asked = JSON.parse(await readFile(given, "utf-8"));
const search = await PEERS[asked.peer](asked);
const found = {};
for (const { id, query } of asked.questions) found[id] = (await search(query, asked.depth)).slice(0, asked.depth);
await search.end?.();
await writeFile(answered, JSON.stringify(found));
process.exit(0);
