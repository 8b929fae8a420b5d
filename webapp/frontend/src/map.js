// The interactive map: MapLibre in the place of the server-drawn map, with layers, legends, details and print.
import * as maplibre from "maplibre-gl";
import { fetchStyle } from "./atlas.js";
import { showCounts } from "./census.js";
import { controls, locale } from "./controls.js";
import { element } from "./element.js";
import { lendIcons } from "./icons.js";
import { keepLayers, startingStates, applyStates } from "./states.js";
import { addPoints } from "./points.js";
import { layersPanel, margins } from "./panel.js";
import { tieDetails } from "./details.js";
import { printAsSeen } from "./sheet.js";
import { tools } from "./tools.js";

/** @typedef {import("./atlas.js").Atlas} Atlas */

const MAX_ZOOM = 18;
const INDONESIA = /** @type {Partial<maplibre.MapOptions>} */ ({ center: [118, -2.5], zoom: 4 });

/** @type {WeakMap<HTMLElement, maplibre.Map>} the map in each frame, also one that has lost its context */
const drawn = new WeakMap();

/**
 * Draw the interactive map into a frame, over the server-drawn one, which stays for print and for a lost context.
 * @param {HTMLElement} frame an element made by the macro map_frame
 */
export async function openMap(frame) {
  const { dataset } = frame;
  if (dataset.worker && !maplibre.getWorkerUrl()) maplibre.setWorkerUrl(new URL(dataset.worker, location.href).href);
  const [{ style, atlas }] = await Promise.all([fetchStyle(dataset.style ?? ""), loadSheet(dataset.css ?? "")]);
  if (isArchived(style)) await (await import("./archive.js")).readArchive(style);
  const states = startingStates(atlas, dataset.layers ?? "", isPage(frame) ? location.hash : "");
  closeMap(frame);
  const live = element("div", { class: "map-live" });
  frame.append(live);
  frame.classList.add("map-is-live");
  const map = draw(live, frame, applyStates(style, states), atlas);
  drawn.set(frame, map);
  const panel = layersPanel(map, atlas, states, isPage(frame), () => isPage(frame) && keepLayers(states));
  panel.append(tools(map, atlas, states));
  live.append(panel, loading(map, atlas.texts));
  frame.append(watch(map, frame, atlas.texts));
  if (isPage(frame)) tiePrinting(map, frame, atlas, states);
  tieDetails(map, atlas);
  showCounts(map, atlas, states, panel);
  await map.once("load");
  try {
    await addPoints(map, dataset.points ?? "", dataset.here ?? "");
  } catch (error) {
    console.warn(error); // the map itself is well, and the page lists the same points
    live.append(element("output", { class: "map-status" }, atlas.texts["unreachable"] ?? ""));
  }
}

/**
 * Give a frame back to its server-drawn map.
 * @param {HTMLElement} frame
 */
export function closeMap(frame) {
  drawn.get(frame)?.remove();
  drawn.delete(frame);
  frame.classList.remove("map-is-live");
  for (const part of frame.querySelectorAll(":scope > .map-live, :scope > .map-status")) part.remove();
}

/**
 * Start MapLibre: flat and north up, with our icons and words.
 * @param {HTMLElement} live
 * @param {HTMLElement} frame
 * @param {import("./atlas.js").Style} style
 * @param {Atlas} atlas
 */
function draw(live, frame, style, atlas) {
  const canvas = element("div", { class: "map-canvas" });
  live.append(canvas);
  const map = new maplibre.Map({
    container: canvas,
    style,
    ...startingView(frame, atlas),
    hash: isPage(frame) ? "map" : false,
    maxZoom: MAX_ZOOM,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: !isPage(frame),
    attributionControl: false,
    locale: locale(atlas.texts),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  lendIcons(map, atlas.icons, Math.max(2, Math.ceil(devicePixelRatio)));
  controls(map);
  return map;
}

/** @param {HTMLElement} frame @returns {boolean} whether the map is the page, whose address keeps its view */
function isPage(frame) {
  return frame.dataset.auto !== undefined;
}

/**
 * @param {HTMLElement} frame
 * @param {Atlas} atlas
 * @returns {Partial<maplibre.MapOptions>}
 */
function startingView(frame, atlas) {
  const { bounds = "" } = frame.dataset;
  const box = bounds ? /** @type {[number, number, number, number]} */ (bounds.split(",").map(Number)) : atlas.bounds;
  return box ? { bounds: box, fitBoundsOptions: { padding: margins(isPage(frame)), maxZoom: 15 } } : INDONESIA;
}

/**
 * Watch for what can go wrong: parts that do not load are named, a lost WebGL context gives way to the still map,
 * whose button opens the interactive one anew; both stand outside of what is hidden then.
 * @param {maplibre.Map} map
 * @param {HTMLElement} frame
 * @param {Record<string, string>} texts
 * @returns {HTMLElement} where it is said
 */
function watch(map, frame, texts) {
  const status = element("output", { class: "map-status" });
  map.on("error", () => (status.textContent = texts["unreachable"] ?? ""));
  map.on("idle", () => map.areTilesLoaded() && navigator.onLine && (status.textContent = ""));
  map.on("webglcontextlost", () => {
    frame.classList.remove("map-is-live");
    status.textContent = texts["lost"] ?? "";
  });
  map.on("webglcontextrestored", () => {
    frame.classList.add("map-is-live");
    status.textContent = "";
  });
  return status;
}

/**
 * Say that parts of the map are still on their way, until it has come to rest.
 * @param {maplibre.Map} map
 * @param {Record<string, string>} texts
 */
function loading(map, texts) {
  const words = texts["loading"] ?? "";
  const sign = element("p", { class: "map-loading" }, element("progress", { "aria-label": words }), words);
  map.on("sourcedataloading", () => (sign.hidden = false));
  map.on("idle", () => (sign.hidden = true));
  return sign;
}

/**
 * Let the browser's own print command give a sheet too; there is no time then to draw more than the screen shows.
 * @param {maplibre.Map} map
 * @param {HTMLElement} frame
 * @param {Atlas} atlas
 * @param {import("./view.js").LayerStates} states
 */
function tiePrinting(map, frame, atlas, states) {
  const lay = () => frame.classList.contains("map-is-live") && printAsSeen(map, atlas, states);
  addEventListener("beforeprint", lay);
  map.once("remove", () => removeEventListener("beforeprint", lay));
}

/** @param {string} address @returns {Promise<void>} when the map's style sheet has been applied */
function loadSheet(address) {
  if (!address || document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = element("link", { rel: "stylesheet", href: address });
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(address));
    document.head.append(link);
  });
}

/** @param {import("./atlas.js").Style} style @returns {boolean} whether its base map is a PMTiles file */
function isArchived(style) {
  return Object.values(style.sources).some((source) => "url" in source && source.url?.startsWith("pmtiles://"));
}
