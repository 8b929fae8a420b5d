// A click on the map: what stands there, where to read more, and what is nearest. All of it as text nodes.
import { Popup } from "maplibre-gl";
import { RASTER, say } from "./atlas.js";
import { element } from "./element.js";
import { factsOf } from "./facts.js";
import { featureDrawings } from "./states.js";

/** @typedef {import("./atlas.js").Atlas} Atlas */
/** @typedef {import("maplibre-gl").MapGeoJSONFeature} Feature */

const FINGER = 8; // px around the click that still count as on it
const SHOWN = 4;
const EDGE = 8; // px that a popup keeps from the map's edge

/**
 * Answer clicks, and show a hand over what can be clicked.
 * @param {import("maplibre-gl").Map} map
 * @param {Atlas} atlas
 */
export function tieDetails(map, atlas) {
  map.on("click", ({ point, lngLat }) => {
    const content = element("div", { class: "map-details" });
    const popup = new Popup({ maxWidth: "300px", className: "map-popup" }).setLngLat(lngLat).setDOMContent(content).addTo(map);
    const grown = () => showWhole(map, popup);
    for (const feature of featuresAt(map, atlas, point, FINGER)) content.append(card(map, atlas, feature, grown));
    content.append(place(atlas, lngLat));
    grown();
  });
  map.on("mousemove", ({ point }) => {
    map.getCanvas().style.cursor = featuresAt(map, atlas, point, 2).length ? "pointer" : "";
  });
}

/**
 * Place a popup anew for what it holds now, and move the map until all of it is in sight.
 * @param {import("maplibre-gl").Map} map
 * @param {Popup} popup
 */
function showWhole(map, popup) {
  if (!popup.isOpen()) return;
  popup.setLngLat(popup.getLngLat());
  const box = popup.getElement().getBoundingClientRect();
  const room = map.getContainer().getBoundingClientRect();
  const x = Math.max(0, box.right - room.right + EDGE) + Math.min(0, box.left - room.left - EDGE);
  const y = Math.max(0, box.bottom - room.bottom + EDGE) + Math.min(0, box.top - room.top - EDGE);
  if (x || y) map.panBy([x, y]);
}

/**
 * Find the features around a point, the topmost first, each once; where there are only areas, the smallest of them.
 * @param {import("maplibre-gl").Map} map
 * @param {Atlas} atlas
 * @param {{ x: number, y: number }} point
 * @param {number} reach px
 * @returns {Feature[]}
 */
function featuresAt(map, atlas, { x, y }, reach) {
  const layers = atlas.layers.filter(({ geometry }) => geometry !== RASTER).flatMap(({ id }) => featureDrawings(map, id));
  const found = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers });
  const once = [...new Map(found.map((feature) => [`${feature.sourceLayer}/${feature.id}`, feature])).values()];
  const above = once.filter(({ geometry }) => !geometry.type.endsWith("Polygon"));
  if (above.length) return above.slice(0, SHOWN);
  return once.sort((one, other) => rankOf(atlas, other) - rankOf(atlas, one)).slice(0, 1);
}

/**
 * Tell where a feature's choice stands in the legend, which goes from large areas to small ones.
 * @param {Atlas} atlas
 * @param {Feature} feature
 */
function rankOf({ layers }, { source, properties }) {
  const layer = layers.find(({ id }) => id === source);
  return layer ? layer.choices.findIndex(({ id }) => id === properties[layer.classify]) : -1;
}

/**
 * @param {import("maplibre-gl").Map} map
 * @param {Atlas} atlas
 * @param {Feature} feature
 * @param {() => void} grown called when more is known of it
 */
function card(map, atlas, feature, grown) {
  const layer = atlas.layers.find(({ id }) => id === feature.source);
  if (!layer) return "";
  if (feature.sourceLayer !== layer.id) return cell(map, atlas, feature);
  const choice = layer.choices.find(({ id }) => id === feature.properties[layer.classify]);
  const name = String(feature.properties["name"] ?? choice?.title ?? atlas.texts["unnamed"]);
  const link = element("a", { href: `/layers/${layer.id}/${feature.id}` }, atlas.texts["details"] ?? "");
  const facts = element("dl", { class: "map-facts" });
  const kind = element("p", { class: "map-kind" }, choice?.title ?? layer.title);
  void factsOf(layer.id, feature.id).then((known) => {
    if (known.sample) kind.append(` · ${atlas.texts["sampleTag"]}`);
    for (const { title, words, href } of known.facts) facts.append(element("dt", {}, title), element("dd", {}, leading(words, href)));
    grown();
  });
  return element(
    "article",
    {},
    element("h2", {}, name),
    kind,
    facts,
    element("p", {}, link),
  );
}

/**
 * @param {string} words
 * @param {string} href "" where they lead nowhere
 */
function leading(words, href) {
  return href ? element("a", { href, rel: "noreferrer nofollow" }, words) : words;
}

/**
 * A cell that stands for many points: says how many, and a click on the words goes nearer.
 * @param {import("maplibre-gl").Map} map
 * @param {Atlas} atlas
 * @param {Feature} feature
 */
function cell(map, atlas, { properties, geometry }) {
  const n = Number(properties["n"]).toLocaleString(document.documentElement.lang);
  const button = element("button", { type: "button", class: "map-nearer" }, atlas.texts["zoomIn"] ?? "");
  button.addEventListener("click", () => {
    if (geometry.type !== "Point") return;
    map.easeTo({ center: /** @type {[number, number]} */ (geometry.coordinates), zoom: map.getZoom() + 2 });
  });
  return element("article", {}, element("p", {}, say(atlas.texts["count"], { n })), button);
}

/**
 * @param {Atlas} atlas
 * @param {{ lat: number, lng: number }} lngLat
 */
function place({ texts }, { lat, lng }) {
  const address = `/nearest?lat=${lat.toFixed(5)}&lon=${lng.toFixed(5)}`;
  return element("p", { class: "map-place" }, element("a", { href: address }, texts["nearest"] ?? ""));
}
