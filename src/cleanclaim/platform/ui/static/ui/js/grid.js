// Entry grids: Enter goes down, Tab right, = copies the cell above, .. is today,
// 1250 becomes 12.50; what is left and what is not placed follow every key.
import { money } from "./tell.js";

const cents = (text) => {
  const match = /^(-?)(\d*)(?:\.(\d{0,2}))?$/.exec(text.trim().replaceAll(",", ""));
  if (!match || !(match[2] || match[3])) return text.trim() ? NaN : null;
  const amount = match[3] === undefined && !text.includes(".")
    ? Number(match[2]) // ten-key entry: no point means cents
    : Number(match[2] || 0) * 100 + Number((match[3] ?? "").padEnd(2, "0"));
  return match[1] ? -amount : amount;
};
const plain = (amount) => `${amount < 0 ? "-" : ""}${Math.floor(Math.abs(amount) / 100)}.${String(Math.abs(amount) % 100).padStart(2, "0")}`;
// While a field is being typed in it may lack its point; elsewhere it always has one.
const amountOf = (field) => cents(field.value) || 0;

function column(field) {
  return [...field.closest("table").querySelectorAll(`[data-col="${field.dataset.col}"]`)];
}
function down(field) {
  const fields = column(field);
  const below = fields[fields.indexOf(field) + 1];
  const next = below ?? [...field.closest("tr").querySelectorAll("[data-col]")].at(-1);
  (below ?? (next === field ? field.closest("form")?.querySelector("button[data-key='s']") : next)).focus();
  below?.select?.();
}
function tidy(field) {
  const amount = cents(field.value);
  const isWrong = Number.isNaN(amount);
  field.toggleAttribute("aria-invalid", false);
  if (isWrong) field.setAttribute("aria-invalid", "true");
  else if (amount !== null) field.value = plain(amount);
}
function show(element, amount) {
  element.textContent = money(amount);
  element.classList.toggle("tone-bad", amount !== 0);
  element.classList.toggle("heavy", amount !== 0);
}
function recount(table) {
  const sums = { charge: 0, allowed: 0, paid: 0, contract: 0, patient: 0, left: 0 };
  for (const row of table.querySelectorAll("[data-charge]")) {
    const value = (name) => amountOf(row.querySelector(`[data-col="${name}"]`));
    const charge = Number(row.dataset.charge);
    const left = charge - value("paid") - value("contract") - value("patient");
    show(row.querySelector("[data-left]"), left);
    sums.charge += charge;
    sums.left += left;
    for (const name of ["allowed", "paid", "contract", "patient"]) sums[name] += value(name);
  }
  for (const cell of table.querySelectorAll("[data-sum]")) cell.textContent = money(sums[cell.dataset.sum]);
  table.querySelector('[data-sum="left"]').classList.toggle("tone-bad", sums.left !== 0);
  const bar = document.querySelector("[data-placing]");
  if (!bar) return;
  table.dataset.before ??= String(sums.paid);
  const placed = Number(bar.dataset.placed) + sums.paid - Number(table.dataset.before);
  const open = Number(bar.dataset.transfer) - placed;
  bar.querySelector("[data-placed-words]").textContent = money(placed);
  bar.querySelector("[data-open-words]").textContent = money(open);
  bar.querySelector(".not-placed").classList.toggle("is-open", open !== 0);
}

for (const table of document.querySelectorAll("[data-entry]")) {
  recount(table);
  table.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-col]");
    if (!field) return;
    if (event.key === "Enter") {
      event.preventDefault();
      tidy(field);
      down(field);
    } else if (event.key === "=") {
      const fields = column(field);
      const above = fields[fields.indexOf(field) - 1];
      event.preventDefault();
      if (above) field.value = above.value;
      recount(table);
    }
  });
  table.addEventListener("input", (event) => {
    if (event.target.matches("[data-date]") && event.target.value === "..") event.target.value = table.dataset.today;
    recount(table);
  });
  table.addEventListener("focusout", (event) => {
    if (!event.target.matches("[data-money]")) return;
    tidy(event.target);
    recount(table);
  });
}
