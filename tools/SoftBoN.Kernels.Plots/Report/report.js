"use strict";

// A point says its values while the pointer is on it.
const note = document.getElementById("note");
document.addEventListener("pointerover", event => {
  const text = event.target instanceof Element ? event.target.getAttribute("data-note") : null;
  note.hidden = text === null;
  if (text === null) return;
  note.textContent = text;
  const point = event.target.getBoundingClientRect();
  const left = Math.min(point.right + 8, window.innerWidth - note.offsetWidth - 8);
  const above = point.top - note.offsetHeight - 8;
  note.style.left = Math.max(8, left) + "px";
  note.style.top = (above > 8 ? above : point.bottom + 8) + "px";
});

// A click on a heading sorts by its column, a second one the other way round. Missing numbers stay below.
function key(row, column) {
  const cell = row.cells[column];
  if (!cell.classList.contains("number")) return cell.textContent;
  const text = cell.dataset.value ?? cell.textContent;
  return text === "" ? NaN : text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text);
}

function compare(a, b) {
  if (typeof a === "string") return a.localeCompare(b, "en");
  return a < b ? -1 : a > b ? 1 : 0;
}

for (const table of document.querySelectorAll("table.sortable")) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
    const sign = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of headings) other.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map(row => ({ row, value: key(row, column) }));
    rows.sort((a, b) => Number.isNaN(a.value) || Number.isNaN(b.value)
      ? Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value))
      : sign * compare(a.value, b.value));
    table.tBodies[0].append(...rows.map(one => one.row));
  }));
}
