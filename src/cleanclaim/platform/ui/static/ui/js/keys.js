// The keyboard: g + letter goes, / searches, j k move, Enter opens, x X select, p3 pends,
// a opens the palette, ? the sheet; any element with data-key answers to its letter.
// One-letter keys are off in fields, can be turned off and exchanged (WCAG 2.1.4).
import { money, say } from "./tell.js";

const STORE = "cleanclaim-keys";
const WAIT_MS = 1500;
const settings = read();
let first = ""; // the g or p of a two-key sequence
let timer = 0;

function read() {
  try {
    return { off: false, swaps: {}, ...JSON.parse(localStorage.getItem(STORE) ?? "{}") };
  } catch {
    return { off: false, swaps: {} };
  }
}
const keep = () => localStorage.setItem(STORE, JSON.stringify(settings));
const isTyping = (element) =>
  element.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');
const open = (id) => document.getElementById(id)?.showModal?.();
const wait = (key) => {
  first = key;
  clearTimeout(timer);
  timer = setTimeout(() => (first = ""), WAIT_MS);
};

// Rows of a list: the focused link shows where we are, aria-selected the chosen row.
const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
function choose(row) {
  for (const other of rows()) other.setAttribute("aria-selected", String(other === row));
}
function move(by) {
  const all = rows();
  if (!all.length) return false;
  const chosen = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const row = all[Math.min(Math.max(chosen + by, 0), all.length - 1)];
  const link = row.querySelector("a");
  choose(row);
  link.focus();
  row.scrollIntoView({ block: "nearest" });
  if (link.hasAttribute("hx-get")) link.click();
  return true;
}
function pick(row, isOn) {
  const box = row.querySelector('input[type="checkbox"]');
  if (!box) return;
  box.checked = isOn;
  row.classList.toggle("is-picked", isOn);
}
function picked(all) {
  const every = rows();
  if (all) {
    const isOn = !every.every((row) => row.classList.contains("is-picked"));
    for (const row of every) pick(row, isOn);
  } else {
    const row = every.find((one) => one.getAttribute("aria-selected") === "true");
    if (row) pick(row, !row.classList.contains("is-picked"));
  }
  const on = every.filter((row) => row.classList.contains("is-picked"));
  const cents = on.reduce((sum, row) => sum + Number(row.dataset.cents), 0);
  const words = on.length ? `${on.length} selected, ${money(cents)}` : "";
  const place = document.querySelector("[data-picked]");
  if (place) place.textContent = words;
  say(words || "Nothing selected");
}
function press(element) {
  if (element.tagName === "DETAILS") {
    for (let fold = element; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    element.querySelector("textarea, input:not([type='hidden'])")?.focus();
  } else if (element.matches("[data-entry]")) {
    const fields = [...element.querySelectorAll("input")];
    (fields.find((field) => !field.value) ?? fields[0]).focus();
  } else if (element.matches("input, select, textarea")) element.focus();
  else element.click();
}
const keyed = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);

function second(key) {
  const [start] = [first];
  first = "";
  if (start === "g") {
    const place = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    place?.click();
    return Boolean(place);
  }
  const form = keyed("p");
  if (!form || !/^[1-9]$/.test(key)) return false;
  form.querySelector(`[name="${form.dataset.digits}"]`).value = key;
  form.requestSubmit();
  return true;
}

function answer(key) {
  if (first) return second(key);
  switch (key) {
    case "?": open("keys"); return true;
    case "/": document.querySelector("[data-search]")?.focus(); return true;
    case "g": wait("g"); return true;
    case "p": if (keyed("p")) wait("p"); return true;
    case "a": fillPalette(); open("palette"); return true;
    case "x": picked(false); return true;
    case "X": picked(true); return true;
    case "j": if (move(1)) return true; break;
    case "k": if (move(-1)) return true; break;
    default:
  }
  const element = keyed(key);
  if (element) press(element);
  return Boolean(element);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Enter") {
    const row = event.target.closest?.("[data-open]") ?? (event.target === document.body && document.querySelector('[data-open][aria-selected="true"]'));
    if (row) {
      event.preventDefault();
      location.assign(row.dataset.open);
    }
    return;
  }
  if (settings.off && event.key.length === 1 && event.key !== "?") return;
  if (answer(settings.swaps[event.key] ?? event.key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) {
    choose(row);
    const link = row.querySelector("a");
    if (!event.target.closest("a, button, input") && !getSelection().toString()) link?.click();
  }
  const opens = event.target.closest("[data-opens]");
  if (opens) {
    if (opens.dataset.opens === "palette") fillPalette();
    open(opens.dataset.opens);
  }
});

// The palette lists what this page can do and where one can go.
function fillPalette() {
  const list = document.getElementById("palette-list");
  const entries = [...document.querySelectorAll("[data-key], [data-go]")].filter(
    (element) => !element.disabled && !element.closest("dialog") && element.dataset.opens !== "palette",
  );
  list.replaceChildren(
    ...entries.map((element) => {
      const button = document.createElement("button");
      const words = document.createElement("span");
      const summary = element.matches("details, form") ? element.querySelector("summary, button") : element;
      const own = [...summary.childNodes].filter((node) => node.nodeName !== "KBD");
      words.textContent = summary.getAttribute("aria-label") ?? own.map((node) => node.textContent).join("").trim();
      const keys = element.dataset.go ? ["g", element.dataset.go] : [element.dataset.key];
      button.type = "button";
      button.append(words, ...keys.map((key) => Object.assign(document.createElement("kbd"), { textContent: key })));
      button.addEventListener("click", () => {
        document.getElementById("palette").close();
        press(element.matches("form") ? element.querySelector("button") : element);
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
}
document.getElementById("palette-text")?.addEventListener("input", (event) => {
  const text = event.target.value.toLowerCase();
  for (const item of document.querySelectorAll("#palette-list li")) item.hidden = !item.textContent.toLowerCase().includes(text);
});
document.getElementById("palette-text")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  document.querySelector("#palette-list li:not([hidden]) button")?.click();
});

// The sheet holds the switches of WCAG 2.1.4.
const form = document.querySelector("[data-key-settings]");
if (form) {
  const said = form.querySelector("[data-keys-said]");
  const tell = () => {
    form.elements.off.checked = settings.off;
    said.textContent = Object.entries(settings.swaps).map(([use, old]) => `${use} for ${old}`).join(", ");
  };
  form.elements.off.addEventListener("change", () => {
    settings.off = form.elements.off.checked;
    keep();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { use, instead } = form.elements;
    if (use.value && instead.value) settings.swaps[use.value] = instead.value;
    use.value = instead.value = "";
    keep();
    tell();
  });
  form.querySelector("[data-keys-reset]").addEventListener("click", () => {
    Object.assign(settings, { off: false, swaps: {} });
    keep();
    tell();
  });
  tell();
}
