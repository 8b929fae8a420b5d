// What is being typed stays with the tab until it is sent: a page that was lost on the way, or that another button of
// it loaded anew, comes back with its words, each in the form and the field where it was typed.

/** @typedef {HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {{ over: string, value: string, sent: boolean }} Kept what was typed over which words, and whether it went off */

/** @param {Field} field */
export function keepTyped(field) {
  const { form } = field;
  if (!form) return;
  const { pathname } = new URL(form.action);
  const key = `kept ${pathname} ${field.name}`; // by the form too: many forms of a page ask for a reason
  const stored = sessionStorage.getItem(key);
  const kept = /** @type {Kept | null} */ (stored && JSON.parse(stored));
  const over = kept?.over ?? given(field);
  const keep = (sent = false) => sessionStorage.setItem(key, JSON.stringify({ over, value: field.value, sent }));
  const refused = form.hasAttribute("action") && location.pathname === pathname; // the answer, which brings the words back
  if (refused && given(field)) {
    field.value = given(field);
    sessionStorage.setItem(key, JSON.stringify({ over: kept?.over ?? "", value: field.value, sent: false }));
  } else if (kept?.sent) sessionStorage.removeItem(key);
  else if (kept && kept.over === given(field)) restore(field, kept.value);
  field.addEventListener("input", () => keep());
  form.addEventListener("submit", () => navigator.onLine && sessionStorage.getItem(key) && keep(true));
}

/**
 * Put words back, and open the fold that hides them.
 * @param {Field} field
 * @param {string} words
 */
function restore(field, words) {
  field.value = words;
  field.closest("details")?.setAttribute("open", "");
}

/**
 * Tell what the server wrote into a field.
 * @param {Field} field
 */
function given(field) {
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  return [...field.options].find(({ defaultSelected }) => defaultSelected)?.value ?? "";
}
