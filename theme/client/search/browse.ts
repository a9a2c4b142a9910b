// The page of a kind or of a facet's value: what is needed to narrow it down is loaded when somebody wants to, not before.

const list = document.querySelector<HTMLElement>("#browse[data-facet]");
const { root = "", lang = "" } = document.documentElement.dataset;
const { facet = "", value = "" } = list?.dataset ?? {};
const wish = list?.querySelector<HTMLElement>("[data-wish]");
let loaded = false;

function load(): void {
  loaded = true;
  for (const file of [`static/search.${lang}.js`, "static/built/search.js"]) {
    const script = document.createElement("script");
    script.src = (root || "./") + file;
    script.async = false; // in this order
    document.head.append(script);
  }
}

/** Asks for the page's own value and one more, by the address, which the search script reads. */
function narrow(more: string): void {
  const address = `?${encodeURIComponent(facet)}=${encodeURIComponent(value)}${more && `&${more}`}`;
  try {
    history.pushState(null, "", address);
    load();
  } catch (reason) {
    location.assign(address); // from a disk some browsers allow no other way
  }
}

function clicked(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-narrow], [data-wish] button") : null;
  if (loaded || !link || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  narrow(link.dataset["narrow"] ?? "");
}

if (wish) wish.hidden = false;
list?.addEventListener("click", clicked);
if (list && location.search.length > 1) load();

export {};
