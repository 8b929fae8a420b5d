// Scale on paper and on screen.

const EQUATOR_M = 40_075_016.686;
const TILE_PX = 512; // MapLibre's zoom 0 shows the world in one tile of this size

/**
 * Give how many metres of ground one px shows.
 * @param {number} zoom
 * @param {number} lat degrees
 */
export function metresPerPixel(zoom, lat) {
  return (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * 2 ** zoom);
}

/**
 * Give the denominator of a map's scale, rounded to two digits as an estimate is.
 * @param {number} metres of ground that one px shows
 * @param {number} millimetres of paper that one px takes
 */
export function scaleDenominator(metres, millimetres) {
  return Number(((metres * 1000) / millimetres).toPrecision(2));
}

/**
 * Choose a round length for a scale bar, the longest of 1, 2 or 5 times a power of ten that fits.
 * @param {number} longest m
 */
export function roundLength(longest) {
  const power = 10 ** Math.floor(Math.log10(longest));
  return [5, 2, 1].map((n) => n * power).find((length) => length <= longest) ?? power;
}
