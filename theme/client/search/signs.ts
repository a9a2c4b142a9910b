// What the page was told of kinds flows in, their signs flow out.

/** How a kind is shown: the class of its colour, its symbol in the page's sprite, its name. */
export interface Sign {
  readonly class: string;
  readonly symbol: string;
  readonly flip: boolean;
  readonly label: string;
}

const SVG = "http://www.w3.org/2000/svg";

/** The signs that the page was told, by kind. */
export function signsIn(told: unknown): ReadonlyMap<string, Sign> {
  return new Map(Object.entries(told && typeof told === "object" ? (told as Record<string, Sign>) : {}));
}

/** The sign of a kind; beside it its name must stand. */
export function picture(sign: Sign): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `sign ${sign.class}${sign.flip ? " flip" : ""}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${sign.symbol}`);
  svg.append(use);
  return svg;
}
