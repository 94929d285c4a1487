// Say who stood where on a day the reader chooses, and mark the day in the chart.
// The answer is worked out as explainer/membership.py does it: a status may have held on a day if the day is not
// before the first day of its change, and before the last day of the next.
const form = document.querySelector(".on-date");
const field = form.querySelector("input");
const answer = document.querySelector(".on-date-answer");
const asked = document.querySelector(".on-date-asked");
const known = JSON.parse(document.getElementById("on-date-data").textContent);
const written = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
const days = (iso) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

const standing = (party, day) => {
  const found = new Set();
  party.changes.forEach(([status, first], number) => {
    const next = party.changes[number + 1];
    if (first <= day && (!next || day < next[2])) found.add(known.statuses[status]);
  });
  if (!party.changes.length || day < party.changes[0][2]) found.add(party.before);
  return [...found];
};

const link = (party) => {
  const made = document.createElement("a");
  made.href = `#${party.id}`;
  made.textContent = party.name;
  return made;
};

const groups = (day) => {
  const order = Object.values(known.statuses);
  const found = new Map();
  for (const party of known.parties) {
    const labels = standing(party, day).sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const name = labels.join(" or ");
    if (!found.has(name)) found.set(name, { name, rank: labels.length * 100 + (order.indexOf(labels[0]) + 100) % 100, parties: [] });
    found.get(name).parties.push(party);
  }
  return [...found.values()].sort((a, b) => a.rank - b.rank);
};

const show = () => {
  const day = field.value;
  if (!day || day < field.min || day > field.max) return;
  asked.textContent = `On ${written.format(new Date(`${day}T00:00:00Z`))}`;
  answer.replaceChildren(
    ...groups(day).map(({ name, parties }) => {
      const line = document.createElement("li");
      const label = document.createElement("strong");
      label.textContent = name;
      line.append(label, ` (${parties.length}): `);
      parties.forEach((party, number) => line.append(number ? ", " : "", link(party)));
      return line;
    }),
  );
  const [first, last] = known.scale.map(days);
  const place = `${((days(day) - first) / (last - first)) * 100}%`;
  for (const chart of document.querySelectorAll("#now .chart-bars, [aria-labelledby=now] .chart-bars")) {
    let line = chart.querySelector(".day-line");
    if (!line) {
      line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      line.setAttribute("class", "day-line");
      line.setAttribute("y2", "22");
      chart.append(line);
    }
    line.setAttribute("x1", place);
    line.setAttribute("x2", place);
  }
};

field.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
