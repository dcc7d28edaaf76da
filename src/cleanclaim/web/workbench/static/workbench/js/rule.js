// The editor of a rule: names of fields while typing, problems with their places after a pause.
const PAUSE_MS = 300;
const NAME = /[a-z_][a-z_0-9.]*$/;
const form = document.querySelector("form[data-rule]");
let waiting = 0;

function nameBefore(box) {
  return box.value.slice(0, box.selectionStart).match(NAME)?.[0] ?? "";
}

function take(box, name) {
  const end = box.selectionStart;
  const start = end - nameBefore(box).length;
  box.setRangeText(name, start, end, "end");
  box.focus();
  hide(box);
  later();
}

function hide(box) {
  document.getElementById(box.getAttribute("aria-controls")).hidden = true;
}

async function suggest(box) {
  const typed = nameBefore(box);
  if (typed.length < 2) return hide(box);
  const answer = await fetch(`${form.dataset.names}?q=${encodeURIComponent(typed)}`);
  if (!answer.ok || nameBefore(box) !== typed) return;
  const { fields } = await answer.json();
  const list = document.getElementById(box.getAttribute("aria-controls"));
  list.replaceChildren(...fields.map(({ name, kind }) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${name}, ${kind}`;
    button.addEventListener("click", () => take(box, name));
    item.append(button);
    return item;
  }));
  list.hidden = fields.length === 0 || (fields.length === 1 && fields[0].name === typed);
}

async function check() {
  const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return;
  const { problems } = await answer.json();
  for (const place of form.querySelectorAll("[id^=problem-]")) {
    const name = place.id.slice("problem-".length);
    const box = form.elements[name];
    const problem = box.value || name === "when" ? problems[name] : undefined;
    box.toggleAttribute("aria-invalid", false);
    place.replaceChildren();
    if (!problem) continue;
    box.setAttribute("aria-invalid", "true");
    const marked = document.createElement("mark");
    marked.className = "mono";
    marked.textContent = box.value.slice(problem.start, problem.end);
    place.append(marked, ` ${problem.words}`);
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE_MS);
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("[data-suggest]")) suggest(event.target);
  later();
});
form?.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-suggest]")) return;
  const list = document.getElementById(event.target.getAttribute("aria-controls"));
  if (list.hidden) return;
  if (event.key === "Escape") hide(event.target);
  if (event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    list.querySelector("button")?.click();
  }
});
