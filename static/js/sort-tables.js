// Let a reader sort a table by a column. What has no data stays last, and the third press restores the first order.
const valueOf = (cell) => {
  const machine = cell?.querySelector("data[value]")?.value ?? cell?.querySelector("time")?.dateTime;
  const text = (machine ?? cell?.dataset.value ?? cell?.textContent ?? "").trim();
  if (!text || cell.querySelector(".no-data")) return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
};

const compare = (a, b) =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang);

const cellAt = (row, column) => {
  let at = 0;
  for (const cell of row.cells) {
    if (column < at + cell.colSpan) return cell;
    at += cell.colSpan;
  }
  return null;
};

const sortable = (table) => {
  const body = table.tBodies[0];
  const first = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") ?? "none"];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (next !== "none") head.setAttribute("aria-sort", next);
      const sign = next === "descending" ? -1 : 1;
      const rows = first.map((row) => ({ row, value: next === "none" ? 0 : valueOf(cellAt(row, column)) }));
      rows.sort((a, b) => (a.value === null) - (b.value === null) || (a.value === null ? 0 : sign * compare(a.value, b.value)));
      body.append(...rows.map(({ row }) => row));
    });
  });
};

for (const table of document.querySelectorAll("table.is-sortable")) sortable(table);
