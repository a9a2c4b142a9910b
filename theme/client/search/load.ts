// The name of a shard flows in, its payload flows out, whichever file hands it over. Files are scripts: nothing else may
// be read from a page that was opened from a disk.

import { type Inflate, inflates, unpack, Unreadable } from "./bytes";
import type { Load } from "./reader";

type Hand = (name: string, text: string) => void;

declare global {
  interface Window {
    AUZOLAN_SHARD?: Hand & { early?: [string, string][] };
    AUZOLAN_INFLATE?: Inflate;
  }
}

/** Adds a script to the page; settles when it has run, rejects when it cannot be had. */
export type AddScript = (address: string) => Promise<void>;

/** The loader for the index of `language` in the site at `root`. With `fresh`, addresses carry it, to get past a cache
 * that keeps files of an older build. Takes over `window.AUZOLAN_SHARD`. */
export function loader(root: string, language: string, addScript: AddScript, fresh = ""): Load {
  const shards = new Map<string, string>();
  const early = window.AUZOLAN_SHARD?.early ?? [];
  window.AUZOLAN_SHARD = (name, text) => void shards.set(name, text);
  early.forEach(([name, text]) => shards.set(name, text));

  return async (shard) => {
    const [sort = "", number] = shard.split("/");
    const name = number === undefined ? `${sort}/${language}` : `${sort}/${language}/${number}`;
    if (!shards.has(name)) {
      const file = number === undefined ? "header" : `${sort}${number}`;
      const query = fresh && `?${encodeURIComponent(fresh)}`;
      await addScript(`${root}search/${language}/${file}.js${query}`).catch(() => undefined);
    }
    const text = shards.get(name);
    if (text === undefined) throw new Unreadable("missing");
    shards.delete(name);
    if (!inflates() && !window.AUZOLAN_INFLATE) await addScript(`${root}static/built/inflate.js`).catch(() => undefined);
    return unpack(text, window.AUZOLAN_INFLATE);
  };
}
