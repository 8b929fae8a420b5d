// Which layers are on and how strong, and what that means for the style's drawings.
import { layersIn, parseLayers, withLayers } from "./view.js";

/** @typedef {import("./view.js").LayerState} LayerState */
/** @typedef {import("./view.js").LayerStates} LayerStates */
/** @typedef {{ layer?: string, opacity?: Record<string, number> } | undefined} DrawingMetadata */

const BEHIND = 0.6; // what a page did not ask for stays behind what it did

/**
 * Decide what is on at first: what the link keeps, else what the page asks for on the usual ground of lines and areas,
 * else what the style names.
 * @param {import("./atlas.js").Atlas} atlas
 * @param {string} asked ids with commas between
 * @param {string} hash
 * @returns {LayerStates}
 */
export function startingStates(atlas, asked, hash) {
  const known = atlas.layers.map((layer) => layer.id);
  const kept = parseLayers(layersIn(hash), known);
  if (kept) return kept;
  const wanted = parseLayers(asked, known);
  return new Map(atlas.layers.map((layer) => [layer.id, startingState(layer, wanted?.get(layer.id))]));
}

/**
 * @param {import("./atlas.js").LayerInfo} layer
 * @param {LayerState | undefined} wanted undefined where the page asks for no layer at all
 * @returns {LayerState}
 */
function startingState(layer, wanted) {
  if (!wanted) return { on: layer.on, opacity: 1 };
  if (wanted.on) return wanted;
  const line = layer.geometry === "MultiLineString";
  return { on: layer.on && layer.geometry !== "Point", opacity: line ? BEHIND : 1 };
}

/**
 * Write the states into a style before a map draws it.
 * @param {import("./atlas.js").Style} style
 * @param {LayerStates} states
 */
export function applyStates(style, states) {
  for (const drawing of style.layers) {
    const { layer = "", opacity = {} } = /** @type {NonNullable<DrawingMetadata>} */ (drawing.metadata ?? {});
    const state = states.get(layer);
    if (!state) continue;
    drawing.layout = { ...drawing.layout, visibility: state.on ? "visible" : "none" };
    drawing.paint = { ...drawing.paint, ...scaled(opacity, state.opacity) };
  }
  return style;
}

/**
 * Bring a map up to date with one layer's state.
 * @param {import("maplibre-gl").Map} map
 * @param {string} id the layer's
 * @param {LayerState} state
 */
export function showState(map, id, state) {
  for (const drawing of drawingsOf(map, id)) {
    map.setLayoutProperty(drawing.id, "visibility", state.on ? "visible" : "none");
    const { opacity = {} } = /** @type {NonNullable<DrawingMetadata>} */ (drawing.metadata);
    for (const [name, value] of Object.entries(scaled(opacity, state.opacity))) {
      map.setPaintProperty(drawing.id, /** @type {any} */ (name), value);
    }
  }
}

/**
 * List the drawings that show a layer, without the whole style, which MapLibre would write anew at every call.
 * @param {import("maplibre-gl").Map} map
 * @param {string} id
 */
function drawingsOf(map, id) {
  const drawings = map.getLayersOrder().map((each) => map.getLayer(each));
  return drawings.filter((d) => d !== undefined).filter((d) => /** @type {DrawingMetadata} */ (d.metadata)?.layer === id);
}

/**
 * Name the drawings that show a layer's own features, not the names written over them.
 * @param {import("maplibre-gl").Map} map
 * @param {string} id
 */
export function featureDrawings(map, id) {
  return drawingsOf(map, id).filter((d) => d.source === id).map((d) => d.id);
}

/** @param {LayerStates} states keeps the layers in the page's address */
export function keepLayers(states) {
  history.replaceState(history.state, "", withLayers(location.hash, states));
}

/**
 * @param {Record<string, number>} opacities
 * @param {number} factor
 */
function scaled(opacities, factor) {
  return Object.fromEntries(Object.entries(opacities).map(([name, value]) => [name, value * factor]));
}
