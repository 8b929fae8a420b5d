// Two maps over each other with a movable border: the first is seen left of it, the second right of it.

/** @param {HTMLElement} desk */
export function offerSwiping(desk) {
  const sides = /** @type {HTMLElement | null} */ (desk.querySelector(".swipe"));
  const slide = /** @type {HTMLElement | null} */ (desk.querySelector("[data-slide]"));
  const range = slide?.querySelector("input");
  if (!sides || !slide || !range) return;
  slide.hidden = false;
  sides.classList.add("on");
  const move = () => sides.style.setProperty("--at", `${range.value}%`);
  range.addEventListener("input", move);
  move();
}
