// The land of Natural Earth, as the world-atlas package has it, flows in; one SVG path flows out, for the picture of the map.
// Equirectangular, viewBox 0 0 1000 500, one decimal. Run with the package folder: node outlines.mjs node_modules

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const packages = resolve(process.argv[2] ?? "node_modules");
const { feature } = createRequire(join(packages, "here.js"))("topojson-client");
const atlas = JSON.parse(readFileSync(join(packages, "world-atlas", "land-110m.json"), "utf8"));

const tenths = (number) => Math.round(number * 10) / 10;
const x = (longitude) => tenths((longitude + 180) * (1000 / 360));
const y = (latitude) => tenths((90 - latitude) * (500 / 180));

// Points that fall together at one decimal are said once.
function ring(points) {
  const places = points.map(([longitude, latitude]) => `${x(longitude)} ${y(latitude)}`);
  const kept = places.filter((place, at) => place !== places[at - 1]);
  return kept.length > 3 ? `M${kept.slice(0, -1).join("L")}Z` : "";
}

const land = feature(atlas, atlas.objects.land);
const shapes = land.type === "FeatureCollection" ? land.features.map((one) => one.geometry) : [land.geometry];
const polygons = shapes.flatMap((shape) => (shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates));
process.stdout.write(`${JSON.stringify({ path: polygons.flat().map(ring).join("") })}\n`);
