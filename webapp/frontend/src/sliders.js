// Sliders of weights, each beside its number: one follows the other, and the number alone is sent.
for (const slider of document.querySelectorAll("input[type=range][name^=r_]")) {
  follow(/** @type {HTMLInputElement} */ (slider));
}

/**
 * Let a slider and the number of its field follow each other.
 * @param {HTMLInputElement} slider
 */
function follow(slider) {
  const field = slider.closest(".field");
  const number = /** @type {HTMLInputElement | null} */ (field?.querySelector("[name^=w_]"));
  if (!number) return;
  slider.removeAttribute("name");
  field?.querySelector("[name^=o_]")?.remove();
  slider.addEventListener("input", () => (number.value = String(Math.round(Number(slider.value)))));
  number.addEventListener("input", () => (slider.value = number.value.replace(",", ".")));
  slider.value = number.value.replace(",", ".");
}
