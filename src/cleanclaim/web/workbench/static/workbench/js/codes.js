// Codes by words while typing (a combobox): arrows choose, Enter or Tab takes, Escape closes.
const PAUSE_MS = 150;
const WORD = /[^,;]*$/; // one code or some words, after the last comma
const form = document.querySelector("form[data-search-codes]");
let serial = 0;

function wired(box, number) {
  const holder = document.createElement("span");
  holder.className = "codes-box block";
  const list = document.createElement("ul");
  list.className = "codes-list";
  list.id = `codes-${number}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Codes");
  box.replaceWith(holder);
  holder.append(box, list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(box, list), PAUSE_MS);
  });
  box.addEventListener("keydown", (event) => steer(event, box, list));
  box.addEventListener("blur", () => setTimeout(() => close(box, list), 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[role=option]");
    if (item) take(box, list, item);
  });
}

// Several codes stand in one field, parted by spaces: what follows the last whole code is searched.
function typed(box) {
  const words = box.value.slice(0, box.selectionStart).match(WORD)[0].trimStart();
  const parts = words.split(/\s+/);
  let known = 0;
  while (known < parts.length - 1 && /^[A-Z]\d[0-9A-Z.]{1,6}$|^\d{5}$|^[A-Z]\d{4}$/i.test(parts[known])) known += 1;
  return parts.slice(known).join(" ");
}

async function ask(box, list) {
  const words = typed(box);
  if (words.length < 2) return close(box, list);
  const mine = (serial += 1);
  const { searchCodes, day } = form.dataset;
  const query = new URLSearchParams({ q: words, of: box.dataset.codes, on: day });
  const answer = await fetch(`${searchCodes}?${query}`);
  if (!answer.ok || mine !== serial) return;
  const { codes, ask: step } = await answer.json();
  list.setAttribute("aria-label", step ?? "Codes");
  list.replaceChildren(
    ...(step ? [heading(step)] : []),
    ...codes.map(({ code, words: meaning, whole }, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.dataset.code = code;
      item.dataset.whole = whole;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const name = document.createElement("span");
      name.className = "mono";
      name.textContent = code;
      const text = document.createElement("span");
      text.textContent = whole ? meaning : `${meaning} (not complete)`;
      if (!whole) text.className = "codes-part";
      item.append(name, text);
      return item;
    }),
  );
  list.hidden = codes.length === 0;
  box.setAttribute("aria-expanded", String(codes.length > 0));
}

// What has to be chosen next to complete a code: the side, the 7th character.
function heading(step) {
  const item = document.createElement("li");
  item.className = "codes-part";
  item.setAttribute("role", "presentation");
  item.textContent = step;
  return item;
}

function close(box, list) {
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function take(box, list, item) {
  const end = box.selectionStart;
  const start = end - typed(box).length;
  const isPart = box.dataset.codes === "diagnosis" && item.dataset.whole === "false";
  const gap = box.dataset.codes === "diagnosis" && !isPart ? " " : "";
  box.setRangeText(item.dataset.code + gap, start, end, "end");
  close(box, list);
  box.focus();
  if (isPart) ask(box, list); // the next step, until the code is whole
}

function steer(event, box, list) {
  if (list.hidden) return;
  const items = [...list.querySelectorAll("[role=option]")];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = items[(at + (event.key === "ArrowDown" ? 1 : items.length - 1) + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % items.length];
    for (const item of items) item.setAttribute("aria-selected", String(item === next));
    box.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) {
    event.preventDefault();
    take(box, list, items[at]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    close(box, list);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    close(box, list);
  }
}

for (const [number, box] of document.querySelectorAll("[data-codes]").entries()) wired(box, number);
