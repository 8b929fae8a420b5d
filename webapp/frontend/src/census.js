// The counts of what is in the view, brought up to date whenever the map comes to rest.
import { RASTER } from "./atlas.js";
import { countDrawn } from "./counts.js";
import { featureDrawings } from "./states.js";

/** @typedef {import("./atlas.js").Atlas} Atlas */
/** @typedef {import("./view.js").LayerStates} LayerStates */

/**
 * Write into a panel how many features of each choice are in the view.
 * @param {import("maplibre-gl").Map} map
 * @param {Atlas} atlas
 * @param {LayerStates} states
 * @param {HTMLElement} panel
 */
export function showCounts(map, atlas, states, panel) {
  const update = () => {
    for (const layer of atlas.layers.filter(({ id, geometry }) => states.get(id)?.on && geometry !== RASTER)) {
      const { total, byChoice, crowded } = inView(map, layer);
      const line = panel.querySelector(`[data-layer="${layer.id}"]`);
      line?.classList.toggle("map-crowded", crowded);
      for (const spot of line?.querySelectorAll("[data-in-view]") ?? []) {
        const choice = /** @type {HTMLElement | null} */ (spot.closest("[data-choice]"))?.dataset.choice;
        const n = choice === undefined ? total : (byChoice.get(choice) ?? 0);
        const known = choice === undefined || !crowded;
        spot.textContent = known ? n.toLocaleString(document.documentElement.lang) : "–";
      }
    }
  };
  map.on("idle", update);
}

/**
 * Count a layer's drawn features.
 * @param {import("maplibre-gl").Map} map
 * @param {import("./atlas.js").LayerInfo} layer
 */
export function inView(map, layer) {
  return countDrawn(map.queryRenderedFeatures({ layers: featureDrawings(map, layer.id) }), layer.classify);
}
