"""What the page does by itself: tables sort by a click on a heading, and long ones can be filtered.

Everything can be read without it.
"""

from typing import Final

SCRIPT: Final = """
"use strict";
const LONG = 12;
const byValue = (at, down) => (one, other) => {
  const [a, b] = [one, other].map(row => row.cells[at]);
  const [x, y] = [a, b].map(cell => cell.dataset.value);
  const order = x === undefined ? a.innerText.localeCompare(b.innerText, "en-GB", {numeric: true}) : x - y;
  return down ? -order : order;
};
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0], rows = [...body.rows];
  if (rows.length < 2) continue;
  [...table.tHead.rows[0].cells].forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") !== "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...rows.sort(byValue(at, down)));
    });
  });
  if (rows.length < LONG) continue;
  const frame = table.closest(".scroll"), label = document.createElement("label");
  const field = document.createElement("input"), told = document.createElement("span");
  field.type = "search";
  told.setAttribute("role", "status");
  label.className = "filter";
  label.append("Show only rows with", field);
  frame.before(label);
  label.after(told);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      shown += !row.hidden;
    }
    told.textContent = wanted ? `${shown} of ${rows.length} rows` : "";
  });
}
"""
