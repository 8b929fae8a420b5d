// A call being written down: what may be the same shows while the agent still types.
import { element } from "./element.js";

/** @typedef {{number: string, open: boolean, words: string}} Likely an earlier report, in words of the server */

/** @param {HTMLFormElement} form its data-call names where to ask */
export function offerLikely(form) {
  const list = /** @type {HTMLElement} */ (form.querySelector("[data-likely]"));
  let latest = 0;
  form.addEventListener("change", async ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    const mine = (latest += 1);
    const found = await ask(form);
    if (mine === latest && found) show(form, list, found);
  });
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<Likely[] | null>} null without a network: the server asks once more before it keeps anything
 */
async function ask(form) {
  const told = new URLSearchParams();
  for (const name of ["kind", "village", "lon", "lat"]) told.set(name, String(new FormData(form).get(name) ?? ""));
  try {
    const response = await fetch(`${form.dataset["call"]}?${told}`, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).similar : null;
  } catch (error) {
    if (error instanceof TypeError) return null; // no network
    throw error;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list
 * @param {Likely[]} found
 */
function show(form, list, found) {
  const rows = found.map((one) => element("li", {}, ...row(one, list.dataset["join"] ?? "")));
  const title = element("h2", {}, list.dataset["title"] ?? "");
  list.replaceChildren(...(rows.length ? [title, element("ul", { class: "trail" }, ...rows)] : []));
  const seen = /** @type {HTMLInputElement} */ (form.elements.namedItem("seen"));
  seen.value = found.map(({ number }) => number).join(" ");
}

/**
 * @param {Likely} one
 * @param {string} join
 */
function row({ number, open, words }, join) {
  const link = element("a", { href: `/meja/${number}`, target: "_blank" }, number);
  const button = element("button", { class: "quiet", name: "join", value: number, formnovalidate: true }, join);
  return [link, " ", element("span", {}, words), ...(open ? [" ", button] : [])];
}
