// Icons of the map, drawn when first needed: a disc in the choice's colour with maki's drawing in white.

const SIZE = 24; // px, of which the drawing takes 15
const DRAWING = 14;

/**
 * Let a map have its icons drawn when it first needs them.
 * @param {import("maplibre-gl").Map} map
 * @param {Record<string, string>} paths each icon's SVG path, 15 units square
 * @param {number} ratio device pixels per px
 */
export function lendIcons(map, paths, ratio) {
  map.setMissingStyleImageResolver((name) => {
    const image = drawIcon(name, paths, ratio);
    if (image) map.addImage(name, image, { pixelRatio: ratio });
  });
}

/**
 * Draw the icon behind an image's name, such as "town-hall|#0b6e69"; null for a name of another kind.
 * @param {string} name
 * @param {Record<string, string>} paths
 * @param {number} ratio
 * @returns {ImageData | null}
 */
function drawIcon(name, paths, ratio) {
  const [icon = "", colour = ""] = name.split("|");
  const path = paths[icon];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * ratio;
  const context = canvas.getContext("2d");
  if (!path || !context) return null;
  context.scale(ratio, ratio);
  disc(context, SIZE / 2, "#fffefb");
  disc(context, SIZE / 2 - 1.5, colour);
  context.translate((SIZE - DRAWING) / 2, (SIZE - DRAWING) / 2);
  context.scale(DRAWING / 15, DRAWING / 15);
  context.fillStyle = "#ffffff";
  context.fill(new Path2D(path));
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} radius
 * @param {string} colour
 */
function disc(context, radius, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(SIZE / 2, SIZE / 2, radius, 0, 2 * Math.PI);
  context.fill();
}
