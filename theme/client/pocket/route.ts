// The part of an address behind its # flows in; which page of the file is meant, where on it, and what is asked, flows out.

/** `name` is "" for the list, `about`, `contribute-<kind>`, or that of an entry (`cooperatives/x`); `anchor` an id on its page;
 * `query` what stands behind the question mark. */
export interface Route {
  readonly name: string;
  readonly anchor: string;
  readonly query: string;
}

/** The route that an address means; undefined where it is none: `#main` leads to a place on the page that is shown. `prefix` is
 * that of the site's pages in this language (`ca/`), whose addresses lead here too: `#/ca/cooperatives/x.html`. */
export function routeOf(hash: string, prefix: string): Route | undefined {
  if (hash && !hash.startsWith("#/") && hash !== "#") return undefined;
  const [path = "", ...rest] = hash.slice(2).split("?");
  const bare = prefix && path.startsWith(prefix) ? path.slice(prefix.length) : path;
  const steps = bare.split("/").map(readable);
  const deep = steps.length > 1 ? 2 : 1;
  const name = steps.slice(0, deep).join("/").replace(/\.html$/, "");
  return { name, anchor: steps.slice(deep).join("/"), query: rest.join("?") };
}

/** The address of a route. */
export function hashOf({ name, anchor, query }: Route): string {
  return `#/${[name, ...(anchor ? [anchor] : [])].join("/")}${query && `?${query}`}`;
}

function readable(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch (reason) {
    return step;
  }
}
