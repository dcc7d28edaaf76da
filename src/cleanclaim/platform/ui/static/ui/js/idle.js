// The session ends without a key press: warn two minutes before, then leave nothing on screen.
// Keys and clicks tell the server at most once a minute that a person is here.
const WARN_MS = 120_000;
const TELL_MS = 60_000;
const { idle, awake } = document.body.dataset;

if (idle) {
  const dialog = document.getElementById("idle");
  const end = Number(idle) * 1000;
  let seen = Date.now();
  let told = seen;

  const tell = () => {
    told = Date.now();
    fetch(awake, { credentials: "same-origin" });
  };
  const here = () => {
    seen = Date.now();
    if (dialog.open || seen - told > TELL_MS) tell();
  };
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, here, { passive: true });
  setInterval(() => {
    const left = end - (Date.now() - seen);
    if (left <= 0) location.reload();
    else if (left <= WARN_MS && !dialog.open) dialog.showModal();
  }, 1000);
}
