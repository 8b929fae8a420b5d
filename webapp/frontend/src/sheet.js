// The map on paper: an A4 sheet with title, map, legend, scale, date and sources.
import { Map as MapLibre } from "maplibre-gl";
import { RASTER, say } from "./atlas.js";
import { inView } from "./census.js";
import { drawing, element } from "./element.js";
import { lendIcons } from "./icons.js";
import { metresPerPixel, roundLength, scaleDenominator } from "./scale.js";
import { swatch } from "./swatch.js";

/** @typedef {import("./atlas.js").Atlas} Atlas */
/** @typedef {import("./atlas.js").LayerInfo} LayerInfo */
/** @typedef {import("./view.js").LayerStates} LayerStates */

const PX_PER_MM = 4; // of the map drawn for paper
const WIDTH_MM = 186;
const HEIGHT_MM = 165;
const BAR_MM = 50;
const MARGIN_PX = 16;
const DEVICE_RATIO = 2; // 8 dots a mm, about 200 dpi

/**
 * Draw the view anew at the size of the paper, lay out the sheet and print it.
 * @param {MapLibre} map
 * @param {Atlas} atlas
 * @param {LayerStates} states
 */
export async function printSheet(map, atlas, states) {
  const paper = await paperMap(map, atlas);
  const image = await picture(paper, atlas.texts["title"] ?? "");
  layOut(paper, atlas, states, image, PX_PER_MM);
  paper.remove();
  print();
}

/**
 * Lay out the sheet with what the screen shows, at once, for a browser that is about to print by itself.
 * @param {MapLibre} map
 * @param {Atlas} atlas
 * @param {LayerStates} states
 */
export function printAsSeen(map, atlas, states) {
  if (document.querySelector(".map-sheet")) return; // the button's own
  map.redraw(); // a canvas of WebGL is empty once it has been shown
  layOut(map, atlas, states, copied(map.getCanvas()), map.getContainer().clientWidth / WIDTH_MM);
}

/**
 * Put a sheet together: title, map, legends, scale, day and sources; it goes when the printing is over.
 * @param {MapLibre} map what is drawn on it
 * @param {Atlas} atlas
 * @param {LayerStates} states
 * @param {HTMLElement} image
 * @param {number} pxPerMm px of the map that a millimetre of paper shows
 */
function layOut(map, atlas, states, image, pxPerMm) {
  const metres = metresPerPixel(map.getZoom(), map.getCenter().lat);
  const shown = atlas.layers.filter(({ id }) => states.get(id)?.on);
  const legends = shown.flatMap((layer) => legend(atlas, layer, inView(map, layer).byChoice));
  const sheet = element(
    "section",
    { class: "map-sheet" },
    element("h1", {}, heading(atlas)),
    image,
    element("div", { class: "map-sheet-legends" }, ...legends),
    scaleBar(atlas, metres, pxPerMm),
    element("p", {}, say(atlas.texts["printed"], { day: new Date().toLocaleDateString(language(), { dateStyle: "long" }) })),
    element("p", {}, `${atlas.texts["sources"]}: ${sources(shown)}.`),
    ...(shown.some((layer) => layer.sample) ? [element("p", { class: "map-sheet-sample" }, atlas.texts["sample"] ?? "")] : []),
  );
  for (const earlier of document.querySelectorAll(".map-sheet")) putAway(earlier);
  document.body.append(sheet);
  document.body.classList.add("map-printing");
  addEventListener("afterprint", () => putAway(sheet), { once: true });
}

/**
 * Copy a canvas, its middle where it is higher than the sheet has room for.
 * @param {HTMLCanvasElement} seen
 */
function copied(seen) {
  const height = Math.min(seen.height, Math.round((seen.width * HEIGHT_MM) / WIDTH_MM));
  const copy = element("canvas", { width: seen.width, height });
  copy.getContext("2d")?.drawImage(seen, 0, (height - seen.height) / 2);
  return copy;
}

/** @param {Element} sheet */
function putAway(sheet) {
  for (const image of sheet.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  sheet.remove();
  document.body.classList.remove("map-printing");
}

/**
 * Draw the same layers and place in a map of the paper's size, out of sight, until nothing is left to load.
 * @param {MapLibre} map
 * @param {Atlas} atlas
 */
async function paperMap(map, atlas) {
  const container = element("div", { class: "map-offscreen" });
  container.style.width = `${WIDTH_MM * PX_PER_MM}px`;
  container.style.height = `${HEIGHT_MM * PX_PER_MM}px`;
  document.body.append(container);
  const paper = new MapLibre({
    container,
    style: map.getStyle(),
    ...viewOf(map, atlas),
    pixelRatio: DEVICE_RATIO,
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  lendIcons(paper, atlas.icons, DEVICE_RATIO);
  paper.once("remove", () => container.remove());
  await paper.once("idle");
  return paper;
}

/**
 * Choose what the paper shows: what the screen does, or the whole regency without the rest around it.
 * @param {MapLibre} map
 * @param {Atlas} atlas
 * @returns {Partial<import("maplibre-gl").MapOptions>}
 */
function viewOf(map, { bounds }) {
  const seen = map.getBounds();
  const whole = bounds && seen.contains([bounds[0], bounds[1]]) && seen.contains([bounds[2], bounds[3]]);
  return whole ? { bounds, fitBoundsOptions: { padding: MARGIN_PX } } : { bounds: seen };
}

/**
 * @param {MapLibre} paper
 * @param {string} title
 */
async function picture(paper, title) {
  const blob = await new Promise((/** @type {(b: Blob | null) => void} */ done) => paper.getCanvas().toBlob(done));
  const image = element("img", { alt: title });
  if (blob) image.src = URL.createObjectURL(blob);
  await image.decode();
  return image;
}

/**
 * @param {Atlas} atlas
 * @param {LayerInfo} layer
 * @param {Map<string, number>} counts of what the sheet shows
 */
function legend(atlas, layer, counts) {
  if (layer.geometry === RASTER) {
    const classes = layer.choices.map((choice) => element("li", {}, swatch(layer, choice, atlas.icons), choice.title));
    const title = layer.estimate ? `${layer.title} (${atlas.texts["estimate"]})` : layer.title;
    return [element("h2", {}, title), element("ul", {}, ...classes)];
  }
  const present = layer.choices.filter(({ id }) => counts.has(id));
  const items = present.map((choice) => {
    const n = (counts.get(choice.id) ?? 0).toLocaleString(language());
    return element("li", {}, swatch(layer, choice, atlas.icons), `${choice.title} (${n})`);
  });
  return items.length ? [element("h2", {}, layer.title), element("ul", {}, ...items)] : [];
}

/**
 * @param {Atlas} atlas
 * @param {number} metres of ground that one px shows
 * @param {number} pxPerMm
 */
function scaleBar(atlas, metres, pxPerMm) {
  const length = roundLength(metres * pxPerMm * BAR_MM);
  const width = length / metres / pxPerMm; // mm
  const half = { x: 0, y: 2, width: width / 2, height: 1.2, fill: "#1d2b2a" };
  const frame = { x: 0, y: 2, width, height: 1.2, fill: "none", stroke: "#1d2b2a", "stroke-width": 0.2 };
  const bar = drawing([width + 0.4, 4], "map-sheet-bar", ["rect", frame], ["rect", half]);
  bar.setAttribute("width", `${width + 0.4}mm`);
  bar.setAttribute("height", "4mm");
  const words = length >= 1000 ? `${(length / 1000).toLocaleString(language())} km` : `${length} m`;
  const n = scaleDenominator(metres, 1 / pxPerMm).toLocaleString(language());
  return element("p", { class: "map-sheet-scale" }, bar, ` ${words} · ${say(atlas.texts["scale"], { n })}`);
}

/** @param {Atlas} atlas */
function heading({ texts, regency }) {
  return regency ? `${texts["title"]} – ${regency}` : (texts["title"] ?? "");
}

/** @param {LayerInfo[]} layers */
function sources(layers) {
  return [...new Set(layers.map((layer) => `${layer.source} (${layer.licence})`))].join("; ");
}

function language() {
  return document.documentElement.lang;
}
