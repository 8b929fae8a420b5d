// MapLibre's own controls, in the language of the page.
import { AttributionControl, GeolocateControl, NavigationControl, ScaleControl } from "maplibre-gl";

const NARROW_PX = 800;

/**
 * Put zoom buttons, "my location" scale bar and sources on a map.
 * @param {import("maplibre-gl").Map} map
 */
export function controls(map) {
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true }, trackUserLocation: false }));
  map.addControl(new ScaleControl({ unit: "metric", maxWidth: 120 }), "bottom-left");
  const narrow = map.getContainer().clientWidth < NARROW_PX;
  map.addControl(new AttributionControl({ compact: narrow }), "bottom-right");
  if (narrow) map.once("load", () => fold(map.getContainer()));
}

/** @param {HTMLElement} container whose list of sources folds into its button, which MapLibre would do at the first drag */
function fold(container) {
  const sources = container.querySelector(".maplibregl-ctrl-attrib");
  sources?.classList.remove("maplibregl-compact-show");
  sources?.removeAttribute("open");
}

/**
 * Give MapLibre's words in the language of the page.
 * @param {import("./atlas.js").Texts} texts
 * @returns {Record<string, string>}
 */
export function locale(texts) {
  const words = {
    "NavigationControl.ZoomIn": texts["zoomIn"],
    "NavigationControl.ZoomOut": texts["zoomOut"],
    "GeolocateControl.FindMyLocation": texts["myLocation"],
    "GeolocateControl.LocationNotAvailable": texts["noLocation"],
    "AttributionControl.ToggleAttribution": texts["attribution"],
    "Popup.Close": texts["close"],
    "Map.Title": texts["title"],
    "CooperativeGesturesHandler.WindowsHelpText": texts["wheel"],
    "CooperativeGesturesHandler.MobileHelpText": texts["fingers"],
  };
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, value ?? ""]));
}
