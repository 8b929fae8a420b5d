// The desk of staff: the next and the previous case one key away, words that a lost page brings back.
import { offerDragging } from "./black.js";
import { offerLikely } from "./call.js";
import { keepTyped } from "./typed.js";

const KEYS = { j: "next", n: "next", k: "prev", p: "prev" };

addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const rel = KEYS[/** @type {keyof typeof KEYS} */ (event.key)];
  /** @type {HTMLAnchorElement | null} */ (rel ? document.querySelector(`a[data-key="${rel}"]`) : null)?.click();
});
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-black]"))) offerDragging(form);
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-call]"))) offerLikely(form);
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-print]"))) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const TYPED = "textarea, form.act select:not([name=template]), form.act input:not([type=hidden], [type=file])";
for (const field of /** @type {NodeListOf<import("./typed.js").Field>} */ (document.querySelectorAll(TYPED))) keepTyped(field);
for (const offer of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-all]"))) {
  offer.hidden = false;
  offer.addEventListener("click", () => {
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=case]"))) box.checked = true;
  });
}
/** @type {HTMLElement | null} */ (document.querySelector("[role=alert]"))?.focus();
