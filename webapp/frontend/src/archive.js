// A base map from a PMTiles file, of pictures or of vectors; loaded only where one is configured.
import { LIGHT, layers as groundLayers } from "@protomaps/basemaps";
import { addProtocol } from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";

/** @typedef {import("./atlas.js").Style} Style */

const BASEMAP = "basemap";
const PALE = 0.6;

/**
 * Let MapLibre read the archive that a style names, and draw vectors in the light manner of Protomaps; their names are
 * left out, since the map writes those of its own areas.
 * @param {Style} style whose source and drawing of the base map are fitted to what the archive holds
 */
export async function readArchive(style) {
  const source = style.sources[BASEMAP];
  if (source?.type !== "raster" || !source.url) return;
  const archive = new PMTiles(source.url.replace(/^pmtiles:\/\//, ""));
  const protocol = new Protocol();
  protocol.add(archive);
  addProtocol("pmtiles", protocol.tile);
  const { tileType } = await archive.getHeader();
  if (tileType !== TileType.Mvt) return;
  style.sources[BASEMAP] = { type: "vector", url: source.url, attribution: source.attribution ?? "" };
  const ground = groundLayers(BASEMAP, LIGHT, { lang: "id" }).filter(({ type }) => type === "fill" || type === "line");
  style.layers = style.layers.flatMap((layer) => (layer.id === BASEMAP ? ground.map(pale) : [layer]));
}

/**
 * @param {import("maplibre-gl").LayerSpecification} layer
 * @returns {import("maplibre-gl").LayerSpecification}
 */
function pale(layer) {
  const opacity = `${layer.type}-opacity`;
  const paint = /** @type {Record<string, unknown>} */ (layer.paint ?? {});
  return /** @type {any} */ ({ ...layer, id: `${BASEMAP}-${layer.id}`, paint: { ...paint, [opacity]: paint[opacity] ?? PALE } });
}
