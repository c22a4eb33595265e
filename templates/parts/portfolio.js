// Lets the table of clients be sorted. The page says all it says without this.
"use strict";
for (const table of document.querySelectorAll("table.clients")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      const by = (row) => row.cells[column].dataset.by;
      const rows = [...body.rows];
      const numbers = rows.every((row) => by(row) !== "" && isFinite(by(row)));
      rows.sort((one, other) => numbers ? by(one) - by(other) : by(one).localeCompare(by(other)));
      for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...(down ? rows.reverse() : rows));
    });
  });
}
