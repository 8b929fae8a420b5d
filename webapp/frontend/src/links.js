// Links to pass on: the share sheet where the device has one, else the clipboard, else a field to copy from.
import { element } from "./element.js";

const SHOWN_MS = 3000;

/**
 * Show and tie the buttons that copy a link; `data-copy` holds the address, empty for the page's own.
 * @param {ParentNode} page
 */
export function offerCopying(page) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (page.querySelectorAll("button[data-copy]"))) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const address = new URL(button.dataset.copy || location.href, location.href);
      void pass(address.href, button, button.dataset.copied ?? "");
    });
  }
}

/**
 * Pass an address on, and let the button say so for a moment.
 * @param {string} address
 * @param {HTMLElement} button
 * @param {string} done
 */
export async function pass(address, button, done) {
  if ("share" in navigator && matchMedia("(pointer: coarse)").matches) await share(address);
  else if (await copy(address)) confirm(button, done);
  else show(address, button);
}

/** @param {string} address */
async function share(address) {
  try {
    await navigator.share({ url: address, title: document.title });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // one who closed the sheet passed nothing on
  }
}

/** @param {string} address @returns {Promise<boolean>} whether the clipboard is there, and took it */
async function copy(address) {
  if (!navigator.clipboard) return false; // as on a page without TLS
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

/**
 * Show an address below its button, selected, so that it can be copied by hand.
 * @param {string} address
 * @param {HTMLElement} button
 */
function show(address, button) {
  const label = button.textContent?.trim() ?? "";
  const field = element("input", { class: "link-field", readonly: true, value: address, "aria-label": label });
  if (button.nextElementSibling?.matches(".link-field")) button.nextElementSibling.remove();
  button.after(field);
  field.focus();
  field.select();
}

/**
 * @param {HTMLElement} button
 * @param {string} done
 */
function confirm(button, done) {
  if (button.dataset.confirming !== undefined) return;
  const before = [...button.childNodes];
  button.dataset.confirming = "";
  button.replaceChildren(done);
  setTimeout(() => {
    button.replaceChildren(...before);
    delete button.dataset.confirming;
  }, SHOWN_MS);
}
