// What is being typed stays with the tab until it is sent: a page that was lost on the way comes back with its words.

/** @param {HTMLTextAreaElement} field */
export function keepTyped(field) {
  const key = `typed ${location.pathname} ${field.name}`;
  const kept = sessionStorage.getItem(key);
  if (kept && !field.value) field.value = kept;
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
  field.form?.addEventListener("submit", () => navigator.onLine && sessionStorage.removeItem(key));
}
