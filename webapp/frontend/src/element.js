// Elements from code: text stays text, so that a name in the data never becomes markup.

/**
 * Make an element with attributes and children; strings become text nodes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean>} [attributes] true sets an empty attribute, false none
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an SVG drawing out of shapes, each a tag and its attributes; hidden from screen readers.
 * @param {[number, number]} size width and height in px and units alike
 * @param {string} className
 * @param {...[string, Record<string, string | number>]} shapes
 * @returns {SVGSVGElement}
 */
export function drawing([width, height], className, ...shapes) {
  const svg = document.createElementNS(SVG, "svg");
  const frame = { class: className, viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" };
  for (const [name, value] of Object.entries(frame)) svg.setAttribute(name, String(value));
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
    svg.append(shape);
  }
  return svg;
}
