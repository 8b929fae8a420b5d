// Places suggested while a name is typed: a combobox with a list, as WAI-ARIA describes it. Where the network or this
// module is missing the field stays what it was, since the server finds places by name too.
import { element } from "./element.js";
import { fill } from "./locate.js";

/** @typedef {GeoJSON.Feature<GeoJSON.Point, { name: string, kind_title: string, context: string, source: string }>} Place */

const PAUSE_MS = 250; // after the last letter
const SHORTEST = 3;
const MOST = 6;

/**
 * Let the forms that name a source of suggestions offer them below their field.
 * @param {ParentNode} page
 */
export function offerPlaces(page) {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (page.querySelectorAll("form[data-suggest]"));
  forms.forEach((form, i) => {
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=q]"));
    if (field) tie(form, field, `places-${i}`);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} field
 * @param {string} id of its list
 */
function tie(form, field, id) {
  const label = field.getAttribute("aria-label") ?? "";
  const list = element("ul", { id, class: "suggestions", role: "listbox", "aria-label": label, hidden: true });
  const status = element("output", { class: "unseen" });
  const role = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, autocomplete: "off" };
  for (const [name, value] of Object.entries(role)) field.setAttribute(name, value);
  form.append(list, status);
  const show = (/** @type {Place[]} */ places) => {
    list.replaceChildren(...places.map((place, i) => option(form, field, place, `${id}-${i}`)));
    list.hidden = !places.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    status.textContent = places.length ? (form.dataset.found ?? "").replace("{n}", String(places.length)) : "";
  };
  show([]);
  field.addEventListener("input", whenPaused(() => find(form.dataset.suggest ?? "", field.value.trim()), show));
  field.addEventListener("keydown", (event) => !list.hidden && steer(event, field, list, () => show([])));
  field.addEventListener("blur", () => show([]));
}

/**
 * Ask once nobody has typed for a moment; an answer that comes when more was typed is dropped.
 * @param {() => Promise<Place[]>} ask
 * @param {(places: Place[]) => void} show
 */
function whenPaused(ask, show) {
  let latest = 0;
  return () => {
    const mine = (latest += 1);
    setTimeout(async () => {
      const places = mine === latest ? await ask() : [];
      if (mine === latest) show(places);
    }, PAUSE_MS);
  };
}

/**
 * @param {string} source
 * @param {string} typed
 * @returns {Promise<Place[]>} best match first, none without a network
 */
async function find(source, typed) {
  if (typed.length < SHORTEST) return [];
  try {
    const response = await fetch(`${source}?${new URLSearchParams({ q: typed, limit: String(MOST) })}`);
    return response.ok ? (await response.json()).features : [];
  } catch (error) {
    if (error instanceof TypeError) return []; // no network
    throw error;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} field
 * @param {Place} place
 * @param {string} id
 */
function option(form, field, { properties, geometry }, id) {
  const made = element("li", { id, role: "option", "aria-selected": "false" }, properties.name);
  const sample = properties.source === "contoh" ? form.dataset.sample : "";
  const told = [properties.kind_title, properties.context, sample].filter(Boolean).join(" · ");
  made.append(" ", element("small", {}, told));
  made.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus, and its list
  made.addEventListener("click", () => {
    const [lon = 0, lat = 0] = geometry.coordinates;
    field.value = properties.name;
    fill(form, "lat", lat);
    fill(form, "lon", lon);
    form.submit();
  });
  return made;
}

/**
 * Move through the list by arrow keys, take with Enter, close with Escape.
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 * @param {() => void} close
 */
function steer(event, field, list, close) {
  const options = /** @type {HTMLElement[]} */ ([...list.children]);
  const active = options.findIndex((each) => each.id === field.getAttribute("aria-activedescendant"));
  const last = options.length - 1;
  if (event.key === "ArrowDown") point(field, options, active < last ? active + 1 : 0);
  else if (event.key === "ArrowUp") point(field, options, active > 0 ? active - 1 : last);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && active >= 0) options[active]?.click();
  else return;
  event.preventDefault();
}

/**
 * @param {HTMLInputElement} field
 * @param {HTMLElement[]} options
 * @param {number} active
 */
function point(field, options, active) {
  options.forEach((each, i) => each.setAttribute("aria-selected", String(i === active)));
  field.setAttribute("aria-activedescendant", options[active]?.id ?? "");
  options[active]?.scrollIntoView({ block: "nearest" });
}
