// On a wide screen a note stands in the margin beside its mark; where there is no room, and on a small screen, the mark
// opens it below its paragraph. A term opens its definition there too. The lists at the end of the page stay.
const prose = document.querySelector(".prose");
const wide = matchMedia("(min-width: 72rem)");
const FARTHEST = 220; // how far, in pixels, a note may stand below its mark
const GAP = 14;

const targetOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

const copyOf = (link) => {
  const target = targetOf(link);
  const copy = document.createElement("div");
  const source = target.tagName === "DT" ? target.nextElementSibling : target;
  for (const child of source.cloneNode(true).childNodes) copy.append(child.cloneNode(true));
  for (const gone of copy.querySelectorAll(".back-links")) gone.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  const name = document.createElement("b");
  name.textContent = target.tagName === "DT" ? `${target.textContent}: ` : `${link.lastChild.textContent} `;
  copy.prepend(name);
  return copy;
};

const blockOf = (link) => {
  let block = link;
  while (block.parentElement !== prose && !["LI", "P", "DD", "BLOCKQUOTE", "FIGURE"].includes(block.tagName)) block = block.parentElement;
  return block.closest("table, figure, .figure-block") ?? block;
};

const close = (link) => {
  document.getElementById(link.getAttribute("aria-controls"))?.remove();
  link.setAttribute("aria-expanded", "false");
  link.removeAttribute("aria-controls");
};

const open = (link) => {
  const note = copyOf(link);
  note.className = "inline-note";
  note.id = `${link.id}-opened`;
  note.setAttribute("role", "note");
  const block = blockOf(link);
  if (block.tagName === "LI" || block.tagName === "DD") block.append(note);
  else block.after(note);
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", note.id);
};

const toMargin = () => {
  for (const old of prose.querySelectorAll(".margin-note")) old.remove();
  if (!wide.matches) return;
  const marks = links.filter((link) => !link.matches(".term") && !link.closest(".figure-block"));
  const waiting = new Map();
  for (const link of marks) {
    if (waiting.has(link.hash)) continue;
    const note = copyOf(link);
    note.className = "margin-note";
    // It says again what the list at the end says: for the eye only.
    note.setAttribute("aria-hidden", "true");
    for (const inner of note.querySelectorAll("a")) inner.tabIndex = -1;
    waiting.set(link.hash, note);
  }
  // All are measured at once: in turns with placing them, the page would be laid out anew for each.
  const frame = prose.getBoundingClientRect();
  const places = marks.map((link) => link.getBoundingClientRect().top - frame.top);
  prose.append(...waiting.values());
  const heights = new Map([...waiting].map(([hash, note]) => [hash, note.offsetHeight]));
  let free = 0;
  marks.forEach((link, number) => {
    const note = waiting.get(link.hash);
    if (!note) return;
    // The last ones end with the text: what follows it has the whole width.
    const at = Math.min(Math.max(places[number] - 4, free), frame.height - heights.get(link.hash));
    if (at < free || at - places[number] > FARTHEST) return;
    note.style.top = `${at}px`;
    free = at + heights.get(link.hash) + GAP;
    waiting.delete(link.hash);
  });
  for (const note of waiting.values()) note.remove();
};

const links = prose ? [...prose.querySelectorAll(".note-mark a, a.term")].filter(targetOf) : [];
for (const link of links) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  const toggle = (event) => {
    event.preventDefault();
    if (link.getAttribute("aria-expanded") === "true") close(link);
    else open(link);
    toMargin();
  };
  link.addEventListener("click", toggle);
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") toggle(event);
    if (event.key === "Escape" && link.getAttribute("aria-expanded") === "true") toggle(event);
  });
}
if (links.length) {
  document.fonts.ready.then(toMargin);
  let waiting = false;
  new ResizeObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      toMargin();
    });
  }).observe(prose);
}
