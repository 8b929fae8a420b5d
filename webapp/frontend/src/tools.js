// What one does with the whole map: see all of it, pass it on, print it.
import { element } from "./element.js";
import { pass } from "./links.js";
import { margins } from "./panel.js";
import { printSheet } from "./sheet.js";
import { withLayers } from "./view.js";

/**
 * Make the row of buttons below the layers.
 * @param {import("maplibre-gl").Map} map
 * @param {import("./atlas.js").Atlas} atlas
 * @param {import("./view.js").LayerStates} states
 */
export function tools(map, atlas, states) {
  const { texts, bounds } = atlas;
  const whole = button(texts["whole"], () => bounds && map.fitBounds(bounds, { padding: margins(true) }));
  const share = button(texts["share"], () => void pass(addressOf(map, states), share, texts["copied"] ?? ""));
  const print = button(texts["print"], async () => {
    print.disabled = true;
    print.textContent = texts["preparing"] ?? "";
    try {
      await printSheet(map, atlas, states);
    } finally {
      print.disabled = false;
      print.textContent = texts["print"] ?? "";
    }
  });
  return element("div", { class: "map-tools" }, whole, share, print);
}

/**
 * Give the address that shows this map again: the page of the map, with view and layers.
 * @param {import("maplibre-gl").Map} map
 * @param {import("./view.js").LayerStates} states
 */
function addressOf(map, states) {
  const { lat, lng } = map.getCenter();
  const view = `#map=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  return new URL(`/map${withLayers(view, states)}`, location.href).href;
}

/**
 * @param {string | undefined} words
 * @param {() => void} act
 */
function button(words, act) {
  const made = element("button", { type: "button" }, words ?? "");
  made.addEventListener("click", act);
  return made;
}
