{# Finds and sorts the rows of a table. #}
// Lets readers find rows and sort columns of what stands in a part `filter`. The page says all it
// says without this.
"use strict";
const ranks = ["info", "low", "medium", "high", "critical"];
const read = (cell) => {
  const text = cell.textContent.trim();
  const number = text.replace("−", "-").replace(/[\s,]|%$/g, "");
  if (text === "" || text === "–") return null;
  if (number !== "" && !isNaN(number)) return Number(number);
  const rank = ranks.indexOf(text.toLowerCase());
  return rank < 0 ? text : rank;
};
const compare = (one, other) => {
  if (one === null || other === null) return (one === null) - (other === null);
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
};
const sortable = (table) => {
  const [body, heads] = [table.tBodies[0], [...table.tHead.rows[0].cells]];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      const rows = [...body.rows].map((row) => [read(row.cells[column]), row]);
      rows.sort(([one], [other]) => one === null || other === null || !down ? compare(one, other) : compare(other, one));
      for (const one of heads) one.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...rows.map(([, row]) => row));
    });
  });
};
for (const part of document.querySelectorAll(".filter")) {
  part.querySelectorAll("table").forEach(sortable);
  const rows = [...part.querySelectorAll("tbody tr, :scope > ul > li, :scope > ol > li")];
  if (rows.length < 8) continue;
  const [line, label, field, count] = ["p", "label", "input", "output"].map((name) => document.createElement(name));
  line.className = "find";
  field.type = "search";
  label.append(part.dataset.find, " ", field);
  line.append(label, " ", count);
  part.prepend(line);
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    const shown = rows.filter((row) => !row.hidden).length;
    count.value = words.length ? `${shown} ${part.dataset.of} ${rows.length}` : "";
  };
  field.addEventListener("input", show);
  // A link to a row that is filtered out shows all rows again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest(".filter [hidden]")) return;
    field.value = "";
    show();
    target.scrollIntoView();
  });
}
