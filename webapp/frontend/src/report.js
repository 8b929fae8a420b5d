// The pages of a report: photos that send themselves, and words that a lost page brings back.
import { keepTyped } from "./typed.js";
import { offerUploads } from "./uploads.js";

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-uploads]"))) offerUploads(form);
for (const field of document.querySelectorAll("textarea")) keepTyped(field);
/** @type {HTMLElement | null} */ (document.querySelector("[role=alert]"))?.focus();
