// What the server tells of the layers, inside the style's metadata: titles, legends, and the map's words.

/** @typedef {{ id: string, title: string, colour: string, icon: string, width: number, dashed: boolean, count: number }} Choice */
/**
 * @typedef {{ id: string, title: string, about: string, source: string, licence: string, geometry: string,
 *   classify: string, on: boolean, sample: boolean, estimate?: boolean, total: number, choices: Choice[] }} LayerInfo
 */
/** @typedef {Record<string, string>} Texts */
/**
 * @typedef {{ bounds: [number, number, number, number] | null, regency: string, layers: LayerInfo[],
 *   icons: Record<string, string>, texts: Texts }} Atlas
 */
/** @typedef {import("maplibre-gl").StyleSpecification} Style */

export const RASTER = "Raster"; // the geometry of a layer of cells, which cannot be counted or asked

/**
 * Fetch the style and make its addresses whole, since MapLibre's worker knows no page to resolve them against.
 * @param {string} address
 * @returns {Promise<{ style: Style, atlas: Atlas }>}
 */
export async function fetchStyle(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const style = /** @type {Style} */ (await response.json());
  for (const source of Object.values(style.sources)) {
    if ("tiles" in source && source.tiles) source.tiles = source.tiles.map(whole);
    if ("url" in source && source.url) source.url = source.url.replace(/^pmtiles:\/\/\//, `pmtiles://${location.origin}/`);
    if (source.type === "geojson" && typeof source.data === "string") source.data = whole(source.data);
  }
  return { style, atlas: /** @type {Atlas} */ (style.metadata) };
}

/**
 * Put a value into a sentence of the map, such as "{n} points here".
 * @param {string | undefined} sentence
 * @param {Record<string, string>} values
 */
export function say(sentence, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), sentence ?? "");
}

/** @param {string} address starting with a slash, or whole already */
function whole(address) {
  return address.startsWith("/") ? location.origin + address : address;
}
