// How a choice looks in a legend: its icon, line or area, drawn as SVG so that it also prints.
import { RASTER } from "./atlas.js";
import { drawing } from "./element.js";

/** @typedef {import("./atlas.js").Choice} Choice */
const SIZE = /** @type {[number, number]} */ ([22, 22]);
const DRAWING = "translate(5 5) scale(0.8)";

/**
 * Draw a choice as the map does.
 * @param {import("./atlas.js").LayerInfo} layer
 * @param {Choice} choice
 * @param {Record<string, string>} icons
 */
export function swatch(layer, choice, icons) {
  if (layer.geometry === "MultiLineString" || layer.classify === "level") return line(choice);
  if (layer.geometry === "Point" || (layer.geometry === "Geometry" && choice.icon !== "marker")) return disc(choice, icons);
  return layer.geometry === RASTER ? cell(choice) : area(choice);
}

/** @param {Choice} choice */
function line({ colour, width, dashed }) {
  const body = { d: "M1 11H21", stroke: colour, "stroke-width": Math.max(width, 1), fill: "none" };
  const casing = { d: "M1 11H21", stroke: "#4f4a3e", "stroke-width": Math.max(width, 1) + 1.2, "stroke-opacity": 0.55 };
  if (dashed) return drawing(SIZE, "map-swatch", ["path", { ...body, "stroke-dasharray": "5 3" }]);
  return drawing(SIZE, "map-swatch", ["path", casing], ["path", body]);
}

/**
 * @param {Choice} choice
 * @param {Record<string, string>} icons
 */
function disc({ colour, icon }, icons) {
  const path = { d: icons[icon] ?? "", fill: "#ffffff", transform: DRAWING };
  return drawing(SIZE, "map-swatch", ["circle", { cx: 11, cy: 11, r: 10.5, fill: colour }], ["path", path]);
}

/** @param {Choice} choice */
function area({ colour, dashed }) {
  const box = { x: 2, y: 4, width: 18, height: 14, rx: 2, stroke: colour, fill: dashed ? "none" : colour };
  return drawing(SIZE, "map-swatch", ["rect", { ...box, "fill-opacity": 0.5, ...(dashed && { "stroke-dasharray": "3 2" }) }]);
}

/** @param {Choice} choice */
function cell({ colour }) {
  return drawing(SIZE, "map-swatch", ["rect", { x: 2, y: 4, width: 18, height: 14, rx: 2, fill: colour }]);
}
