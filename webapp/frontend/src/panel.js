// The panel of layers: switch, legend with counts, opacity.
import { RASTER } from "./atlas.js";
import { element } from "./element.js";
import { showState } from "./states.js";
import { swatch } from "./swatch.js";

/** @typedef {import("./atlas.js").Atlas} Atlas */
/** @typedef {import("./atlas.js").LayerInfo} LayerInfo */
/** @typedef {import("./view.js").LayerStates} LayerStates */

const WIDE = "(min-width: 700px)";
const PANEL_PX = 310;

/**
 * Say how much of the map's edges should stay free of what is shown, in px: the panel covers the left one.
 * @param {boolean} open whether the panel is
 */
export function margins(open) {
  return { top: 24, right: 24, bottom: 40, left: open && matchMedia(WIDE).matches ? PANEL_PX : 24 };
}

/**
 * Make the panel; on a phone, and inside other pages, it starts closed.
 * @param {import("maplibre-gl").Map} map
 * @param {Atlas} atlas
 * @param {LayerStates} states
 * @param {boolean} open whether there is room for it to be open
 * @param {() => void} changed called after a person changed something
 */
export function layersPanel(map, atlas, states, open, changed) {
  const panel = element("details", { class: "map-panel" }, element("summary", {}, atlas.texts["layers"] ?? ""));
  panel.open = open && matchMedia(WIDE).matches;
  const first = atlas.layers.find((layer) => states.get(layer.id)?.on);
  const rows = atlas.layers.map((layer) => row(map, atlas, layer, states, layer === first, changed));
  panel.append(element("div", { class: "map-layers" }, ...rows));
  return panel;
}

/**
 * @param {import("maplibre-gl").Map} map
 * @param {Atlas} atlas
 * @param {LayerInfo} layer
 * @param {LayerStates} states
 * @param {boolean} open
 * @param {() => void} changed
 */
function row(map, atlas, layer, states, open, changed) {
  const state = states.get(layer.id) ?? { on: false, opacity: 1 };
  const box = element("input", { type: "checkbox", name: "layer", value: layer.id, checked: state.on });
  const range = element("input", { type: "range", min: 10, max: 100, step: 10, value: Math.round(state.opacity * 100) });
  range.setAttribute("aria-label", `${atlas.texts["opacity"]}: ${layer.title}`);
  const legend = element("details", { class: "map-legend", open }, element("summary", { "aria-label": layer.title }));
  legend.append(choices(atlas, layer), element("label", { class: "map-opacity" }, atlas.texts["opacity"] ?? "", range));
  const line = element("div", { class: "map-layer", "data-layer": layer.id });
  line.append(element("label", { class: "map-switch" }, box, element("span", {}, layer.title), counter()), legend);
  line.classList.toggle("map-off", !state.on);
  box.addEventListener("change", () => {
    state.on = box.checked;
    legend.open = box.checked;
    line.classList.toggle("map-off", !state.on);
    showState(map, layer.id, state);
    changed();
  });
  range.addEventListener("input", () => {
    state.opacity = range.valueAsNumber / 100;
    showState(map, layer.id, state);
  });
  range.addEventListener("change", changed);
  return line;
}

/**
 * List the choices that the regency has, each with how it is drawn and how many there are.
 * @param {Atlas} atlas
 * @param {LayerInfo} layer
 */
function choices(atlas, layer) {
  if (layer.geometry === RASTER) return classes(atlas, layer);
  const present = layer.total ? layer.choices.filter((choice) => choice.count) : layer.choices;
  const items = present.map((choice) => {
    const total = ` / ${choice.count.toLocaleString(document.documentElement.lang)}`;
    const numbers = element("span", { class: "map-numbers" }, counter(), layer.total ? total : "");
    return element("li", { "data-choice": choice.id }, swatch(layer, choice, atlas.icons), choice.title, numbers);
  });
  const heading = element("li", { class: "map-columns" }, atlas.texts["counted"] ?? "");
  const crowd = element("li", { class: "map-crowd" }, atlas.texts["crowded"] ?? "");
  return element("ul", { class: "map-choices" }, heading, ...items, crowd);
}

/**
 * List the classes of a raster, and say where they are an estimate.
 * @param {Atlas} atlas
 * @param {LayerInfo} layer
 */
function classes(atlas, layer) {
  const items = layer.choices.map((choice) => element("li", {}, swatch(layer, choice, atlas.icons), choice.title));
  const list = element("ul", { class: "map-choices" }, ...items);
  return layer.estimate ? element("div", {}, element("b", {}, atlas.texts["estimate"] ?? ""), list) : list;
}

/** @returns {HTMLElement} where the count in the view stands */
function counter() {
  return element("span", { class: "map-in-view", "data-in-view": true });
}
