// A form is sent once: its button is off from then on. Coming back by history turns it on again.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form || event.defaultPrevented) return;
  for (const button of form.querySelectorAll("button:not([type='button'])")) {
    setTimeout(() => (button.disabled = true));
  }
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
});
