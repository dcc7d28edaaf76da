// Segments: hovering or moving with the arrow keys explains a segment at the side.
const links = () => [...document.querySelectorAll("[data-segment]")].filter((link) => link.checkVisibility());

function explain(link) {
  for (const other of document.querySelectorAll("[data-segment]")) {
    if (other === link) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  for (const part of document.querySelectorAll("[data-explains]")) part.hidden = part.dataset.explains !== link.dataset.segment;
}

for (const list of document.querySelectorAll("[data-segments]")) {
  for (const kind of ["pointerover", "focusin", "click"]) {
    list.addEventListener(kind, (event) => {
      const link = event.target.closest("[data-segment]");
      if (!link) return;
      if (kind === "click") event.preventDefault();
      explain(link);
    });
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = links();
    const here = all.findIndex((link) => link.hasAttribute("aria-current"));
    all[Math.min(Math.max(here + step, 0), all.length - 1)]?.focus();
  });
}
