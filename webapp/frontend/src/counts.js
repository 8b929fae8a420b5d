// How many features of each choice stand in the view.

/**
 * @typedef {{ id?: string | number | undefined, geometry: GeoJSON.Geometry, properties: Record<string, unknown> }} Drawn
 * @typedef {{ total: number, byChoice: Map<string, number>, crowded: boolean }} Counts where cells are drawn, `crowded`
 *   says that their points are in the total alone: a cell names only the choice that most of them are of
 */

/**
 * Count drawn features by the values of a field: one that spans tiles or drawings counts once, a cell as its number.
 * @param {Drawn[]} features of one layer
 * @param {string} classify the field whose choices make the legend
 * @returns {Counts}
 */
export function countDrawn(features, classify) {
  const once = new Map(features.map((feature) => [keyOf(feature), feature])).values();
  /** @type {Counts} */
  const counts = { total: 0, byChoice: new Map(), crowded: false };
  for (const { properties } of once) {
    if (typeof properties["n"] === "number") {
      counts.total += properties["n"];
      counts.crowded = true;
      continue;
    }
    const choice = String(properties[classify] ?? "");
    counts.byChoice.set(choice, (counts.byChoice.get(choice) ?? 0) + 1);
    counts.total += 1;
  }
  return counts;
}

/** @param {Drawn} feature */
function keyOf({ id, geometry, properties }) {
  const cell = typeof properties["n"] === "number";
  return cell && geometry.type === "Point" ? `cell ${geometry.coordinates}` : id;
}
