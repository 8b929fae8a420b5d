// Areas of a photo, dragged with a finger or a mouse: each fills the next free row of the form beside it.
const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["left", "top", "right", "bottom"];

/** @param {HTMLFormElement} form */
export function offerDragging(form) {
  const frame = /** @type {HTMLElement} */ (form.querySelector(".blacken"));
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 100 100");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  frame.append(drawing);
  const rows = [...form.querySelectorAll("fieldset")].map((row) => [...row.querySelectorAll("input")]);
  /** @type {{ x: number, y: number, row: HTMLInputElement[] } | null} */
  let from = null;

  drawing.addEventListener("pointerdown", (event) => {
    const row = rows.find((fields) => fields.every((field) => !field.value));
    if (!row) return;
    drawing.setPointerCapture(event.pointerId);
    from = { ...place(drawing, event), row };
  });
  drawing.addEventListener("pointermove", (event) => {
    if (from) fill(from.row, from, place(drawing, event));
    if (from) draw(drawing, rows);
  });
  drawing.addEventListener("pointerup", () => (from = null));
  form.addEventListener("input", () => draw(drawing, rows));
  draw(drawing, rows);
}

/** Where a finger is, in percent of the photo. @param {SVGSVGElement} drawing @param {PointerEvent} event */
function place(drawing, event) {
  const box = drawing.getBoundingClientRect();
  const part = (/** @type {number} */ at, /** @type {number} */ size) => Math.min(100, Math.max(0, (at / size) * 100));
  return { x: part(event.clientX - box.left, box.width), y: part(event.clientY - box.top, box.height) };
}

/** @param {HTMLInputElement[]} row @param {{ x: number, y: number }} a @param {{ x: number, y: number }} b */
function fill(row, a, b) {
  const sides = [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)];
  row.forEach((field, at) => (field.value = sides[at].toFixed(1)));
}

/** @param {SVGSVGElement} drawing @param {HTMLInputElement[][]} rows */
function draw(drawing, rows) {
  const filled = rows.map((row) => row.map((field) => Number.parseFloat(field.value.replace(",", "."))));
  drawing.replaceChildren(...filled.filter((row) => row.every((side) => side >= 0) && row.length === SIDES.length).map(box));
}

/** @param {number[]} sides */
function box([left, top, right, bottom]) {
  const shape = document.createElementNS(SVG, "rect");
  const told = { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  for (const [name, value] of Object.entries(told)) shape.setAttribute(name, String(value));
  return shape;
}
