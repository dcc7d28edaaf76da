// What scripts tell people; without effects, as it is loaded by name from several of them.
export const say = (words) => {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
};

export function money(cents) {
  const [whole, part] = [Math.floor(Math.abs(cents) / 100), Math.abs(cents) % 100];
  return `${cents < 0 ? "\u2212" : ""}${whole.toLocaleString("en-US")}.${String(part).padStart(2, "0")}`;
}
