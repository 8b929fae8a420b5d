// Opens the interactive map in the place of the server-drawn one, when asked for and where WebGL2 exists.

/**
 * Tie the places for maps; one marked `data-auto` opens at once, the others when their button is pressed.
 * @param {ParentNode} page
 */
export function offerMaps(page) {
  const frames = /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-map]"));
  if (!frames.length || !hasWebGL2()) return;
  for (const frame of frames) {
    const button = /** @type {HTMLButtonElement | null} */ (frame.querySelector("[data-map-open]"));
    if (!button) continue;
    button.hidden = false;
    const words = [...button.childNodes];
    button.addEventListener("click", () => open(frame, button, words));
    if (frame.dataset.auto !== undefined) void open(frame, button, words);
  }
}

/**
 * Load the map's module and let it draw; where that fails the still map stays, and the button says so and tries again.
 * @param {HTMLElement} frame
 * @param {HTMLButtonElement} button
 * @param {ChildNode[]} words the button's own
 */
async function open(frame, button, words) {
  button.disabled = true;
  button.replaceChildren(button.dataset.waiting ?? "");
  try {
    const { openMap, closeMap } = await import("./map.js");
    await openMap(frame).catch((error) => {
      closeMap(frame);
      throw error;
    });
    button.replaceChildren(...words);
  } catch (error) {
    console.warn(error);
    button.replaceChildren(button.dataset.failed ?? "");
  } finally {
    button.disabled = false;
  }
}

/** @returns {boolean} whether this browser can draw the interactive map */
function hasWebGL2() {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
