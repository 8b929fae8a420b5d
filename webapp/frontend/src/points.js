// What the page's answer names, drawn on top of the layers: its points, numbered, the way there, and the place that was
// asked from.
import { LngLatBounds } from "maplibre-gl";

const TEAL = "#0b6e69";
const GOLD = "#b87a00";

/**
 * Draw a page's points or lines and the asked place, and move the view so that all are seen.
 * @param {import("maplibre-gl").Map} map
 * @param {string} address of a GeoJSON FeatureCollection of points, or of lines with a colour each, or ""
 * @param {string} here "lon,lat", or ""
 */
export async function addPoints(map, address, here) {
  const features = [...(await numbered(address)), ...ring(here)];
  if (!features.length) return;
  map.addSource("answer", { type: "geojson", data: { type: "FeatureCollection", features } });
  addLines(map);
  /** @type {["has", string]} */
  const asked = ["has", "asked"];
  map.addLayer({
    id: "answer-points",
    type: "circle",
    source: "answer",
    filter: ["==", ["geometry-type"], "Point"],
    layout: { "circle-sort-key": ["case", asked, -99, ["-", ["to-number", ["get", "rank"]]]] },
    paint: {
      "circle-radius": ["case", asked, 9, 13],
      "circle-color": ["case", asked, "#ffffff", TEAL],
      "circle-stroke-color": ["case", asked, GOLD, "#ffffff"],
      "circle-stroke-width": ["case", asked, 4, 2],
    },
  });
  map.addLayer({
    id: "answer-numbers",
    type: "symbol",
    source: "answer",
    filter: ["==", ["geometry-type"], "Point"],
    layout: { "text-field": ["get", "rank"], "text-size": 13, "text-font": ["system-ui", "sans-serif"], "text-allow-overlap": true },
    paint: { "text-color": "#ffffff" },
  });
  const bounds = new LngLatBounds();
  for (const place of features.flatMap(places)) bounds.extend(place);
  map.fitBounds(bounds, { padding: 60, maxZoom: 15, animate: false });
}

/**
 * Draw the lines of the answer with a dark casing, so that light ones stand out from the ground; walks are dashed.
 * @param {import("maplibre-gl").Map} map
 */
function addLines(map) {
  /** @type {import("maplibre-gl").FilterSpecification} */
  const walks = ["==", ["get", "condition"], null];
  const rounded = { "line-cap": /** @type {const} */ ("round"), "line-join": /** @type {const} */ ("round") };
  const line = /** @type {const} */ ({ type: "line", source: "answer", layout: rounded });
  const roads = /** @type {import("maplibre-gl").FilterSpecification} */ (["all", ["has", "condition"], ["!", walks]]);
  map.addLayer({ ...line, id: "answer-casing", filter: roads, paint: { "line-color": "#3c382f", "line-width": 8 } });
  map.addLayer({ ...line, id: "answer-lines", filter: roads, paint: { "line-color": ["get", "colour"], "line-width": 5 } });
  const dashes = { "line-color": /** @type {["get", string]} */ (["get", "colour"]), "line-width": 3, "line-dasharray": [1, 1.6] };
  map.addLayer({ ...line, id: "answer-walks", filter: ["all", ["has", "condition"], walks], paint: dashes });
}

/**
 * @param {GeoJSON.Feature<GeoJSON.Point | GeoJSON.LineString>} feature
 * @returns {[number, number][]} its positions
 */
function places({ geometry }) {
  return /** @type {[number, number][]} */ (geometry.type === "Point" ? [geometry.coordinates] : geometry.coordinates);
}

/**
 * @param {string} address
 * @returns {Promise<GeoJSON.Feature<GeoJSON.Point | GeoJSON.LineString>[]>}
 */
async function numbered(address) {
  if (!address) return [];
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const { features } = /** @type {GeoJSON.FeatureCollection<GeoJSON.Point | GeoJSON.LineString>} */ (await response.json());
  return features.map((feature, i) =>
    feature.geometry.type === "Point" ? { ...feature, properties: { rank: String(i + 1) } } : feature,
  );
}

/**
 * @param {string} here
 * @returns {GeoJSON.Feature<GeoJSON.Point>[]}
 */
function ring(here) {
  if (!here) return [];
  return [{ type: "Feature", properties: { asked: true }, geometry: { type: "Point", coordinates: here.split(",").map(Number) } }];
}
