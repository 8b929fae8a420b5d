// What a link to the map keeps: MapLibre writes zoom and centre ("map=11/-4.8/104.9"), this the layers and their opacity.

/** @typedef {{ on: boolean, opacity: number }} LayerState opacity from 0 to 1 */
/** @typedef {Map<string, LayerState>} LayerStates in the order of the legend */

/**
 * Read which layers a link switches on, such as "offices,roads.60"; unknown ids are left out.
 * @param {string} text
 * @param {string[]} known
 * @returns {LayerStates | null} null where the link says nothing about layers
 */
export function parseLayers(text, known) {
  if (!text) return null;
  /** @type {LayerStates} */
  const states = new Map(known.map((id) => [id, { on: false, opacity: 1 }]));
  for (const part of text.split(",")) {
    const [id = "", percent] = part.split(".");
    if (states.has(id)) states.set(id, { on: true, opacity: fraction(percent) });
  }
  return states;
}

/**
 * Write the layers that are on, the opacity only where it is not full.
 * @param {LayerStates} states
 */
export function formatLayers(states) {
  const on = [...states].filter(([, state]) => state.on);
  return on.map(([id, { opacity }]) => (opacity < 1 ? `${id}.${Math.round(opacity * 100)}` : id)).join(",") || "-";
}

/**
 * Put the layers into a fragment, leaving what else stands in it.
 * @param {string} hash
 * @param {LayerStates} states
 */
export function withLayers(hash, states) {
  const others = hash.replace(/^#/, "").split("&").filter((part) => part && !part.startsWith("layers="));
  return `#${[...others, `layers=${formatLayers(states)}`].join("&")}`;
}

/**
 * Find the layers in a fragment.
 * @param {string} hash
 */
export function layersIn(hash) {
  const part = hash.replace(/^#/, "").split("&").find((piece) => piece.startsWith("layers="));
  return part ? decodeURIComponent(part.slice("layers=".length)) : "";
}

/** @param {string | undefined} percent */
function fraction(percent) {
  const value = percent === undefined ? 100 : Number.parseInt(percent, 10);
  return Number.isNaN(value) ? 1 : Math.min(Math.max(value, 0), 100) / 100;
}
