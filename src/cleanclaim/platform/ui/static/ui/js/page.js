// Small manners of a page: colours, filters, links to a view, toasts.
import { say } from "./tell.js";

const YEAR_S = 31536000;
const TOAST_MS = 8000;

document.addEventListener("click", async (event) => {
  const scheme = event.target.closest("[data-scheme-choice]");
  if (scheme) {
    const choice = scheme.dataset.schemeChoice;
    document.cookie = `scheme=${choice}; path=/; max-age=${choice ? YEAR_S : 0}; samesite=lax; secure`;
    if (choice) document.documentElement.dataset.scheme = choice;
    else delete document.documentElement.dataset.scheme;
  }
  if (event.target.closest("[data-copy-link]")) {
    await navigator.clipboard.writeText(location.href);
    say("The link to this view is copied");
  }
  for (const menu of document.querySelectorAll("details.menu[open], details.note-box[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open], details.note-box[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A filter stands in the address bar: only what is set goes there.
document.addEventListener("change", (event) => {
  event.target.closest("form[data-submit-on-change]")?.requestSubmit();
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-submit-on-change]")) return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});

const toast = document.querySelector("[data-toast]");
if (toast) setTimeout(() => toast.remove(), TOAST_MS);

// Queues are folded at the width of a telephone or of 200 % zoom.
const fold = document.querySelector(".queue-fold");
const narrow = matchMedia("(max-width: 62rem)");
if (fold) {
  fold.open = !narrow.matches;
  narrow.addEventListener("change", () => (fold.open = !narrow.matches));
}
