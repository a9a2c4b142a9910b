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

// A ring that crosses the date line goes on beyond the edge of the picture and comes again, whole, at the other edge:
// else a line would run across the world. One that goes round the pole is closed along the foot of the picture.
function rings(points) {
  const turned = points.slice(0, 1);
  for (const [longitude, latitude] of points.slice(1)) {
    const before = turned[turned.length - 1][0];
    turned.push([longitude - 360 * Math.round((longitude - before) / 360), latitude]);
  }
  const [first, last] = [turned[0][0], turned[turned.length - 1][0]];
  if (Math.abs(last - first) > 180) turned.push([last, -90], [first, -90], turned[0]);
  const longitudes = turned.map(([longitude]) => longitude);
  const shifts = [0, ...(Math.max(...longitudes) > 180 ? [-360] : []), ...(Math.min(...longitudes) < -180 ? [360] : [])];
  return shifts.map((shift) => ring(turned.map(([longitude, latitude]) => [longitude + shift, latitude]))).join("");
}

// Points that fall together at one decimal are said once.
function ring(points) {
  const places = points.map(([longitude, latitude]) => `${x(longitude)} ${y(latitude)}`);
  const kept = places.filter((place, at) => place !== places[at - 1]);
  return kept.length > 3 ? `M${kept.slice(0, -1).join("L")}Z` : "";
}

const land = feature(atlas, atlas.objects.land);
const shapes = land.type === "FeatureCollection" ? land.features.map((one) => one.geometry) : [land.geometry];
const polygons = shapes.flatMap((shape) => (shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates));
process.stdout.write(`${JSON.stringify({ path: polygons.flat().map(rings).join("") })}\n`);
