// Find names, in any spelling, among the list on this page, and words in an index that is fetched at the first focus.
const form = document.getElementById("search");
const input = form.elements.q;
const status = document.getElementById("search-status");
const box = document.getElementById("search-results");
const kinds = form.dataset.kinds.split("|");
const names = [...document.querySelectorAll("[data-spellings]")].map((item) => ({
  spellings: item.dataset.spellings.split("|"),
  kind: item.dataset.kind,
  link: item.querySelector("a"),
}));
let index;
let asked = 0;

// The same as explainer/spelling.py.
const fold = (text) =>
  text.normalize("NFKD").toLowerCase().replace(/[\p{M}'`´‘’ʻʼʹ′]/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const open = () => {
  if (index === undefined && form.dataset.index) {
    const folder = new URL(form.dataset.index, document.baseURI);
    index = import(new URL("pagefind.js", folder)).then(async (found) => {
      await found.options({ baseUrl: new URL(form.dataset.root, document.baseURI).pathname, excerptLength: 24 });
      await found.init();
      return found;
    });
    index.catch(() => {});
  }
  return index;
};

// Whole names before beginnings of names, before beginnings of words within them.
const byName = (words) => {
  const rank = (spelling) =>
    spelling === words ? 0 : spelling.startsWith(words) ? 1 : ` ${spelling}`.includes(` ${words}`) ? 2 : 3;
  return names
    .map((name) => ({ ...name, rank: Math.min(...name.spellings.map(rank)) }))
    .filter((name) => name.rank < 3)
    .sort((a, b) => a.rank - b.rank || kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
    .slice(0, 12)
    .map((name) => ({ title: name.link.textContent, href: name.link.href, kind: name.kind, rank: name.rank }));
};

const byText = async (words) => {
  const found = await (await open()).search(words);
  const data = await Promise.all(found.results.slice(0, 20).map((result) => result.data()));
  return data.map((page) => {
    const part = page.sub_results.find((one) => one.url !== page.url) && page.sub_results[0];
    return {
      title: page.meta.title,
      href: new URL(part ? part.url : page.url, location.href).href,
      page: new URL(page.url, location.href).href,
      part: part && part.title !== page.meta.title ? part.title : "",
      excerpt: (part ?? page).excerpt,
      kind: page.meta.kind,
      rank: 3,
    };
  });
};

// Excerpts come with their hits marked; nothing but text and marks is taken over.
const excerpt = (html) => {
  const line = document.createElement("p");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const copy = node.nodeName === "MARK" ? document.createElement("mark") : document.createDocumentFragment();
    copy.append(node.textContent);
    line.append(copy);
  }
  return line;
};

const item = (result) => {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = result.href;
  link.textContent = result.part ? `${result.title}: ${result.part}` : result.title;
  entry.append(link);
  if (result.excerpt) entry.append(excerpt(result.excerpt));
  return entry;
};

const show = (results, note) => {
  const best = new Map();
  for (const result of results) {
    const key = result.page ?? result.href;
    const known = best.get(key);
    if (known === undefined) best.set(key, result);
    else if (known.excerpt === undefined) known.excerpt = result.excerpt;
  }
  const shown = [...best.values()];
  const first = (kind) => shown.findIndex((result) => result.kind === kind);
  const groups = [...new Set(shown.map((result) => result.kind))].sort(
    (a, b) => shown[first(a)].rank - shown[first(b)].rank || first(a) - first(b),
  );
  box.replaceChildren();
  for (const kind of groups) {
    const heading = document.createElement("h2");
    const list = document.createElement("ol");
    heading.textContent = kind;
    list.append(...shown.filter((result) => result.kind === kind).map(item));
    box.append(heading, list);
  }
  box.hidden = shown.length === 0;
  const count = shown.length === 1 ? "1 result" : `${shown.length} results`;
  status.textContent = [count, note].filter(Boolean).join("; ");
  box.dataset.words = input.value;
};

const search = async () => {
  const words = input.value.trim();
  const turn = ++asked;
  const address = new URL(location.href);
  if (words) address.searchParams.set("q", words);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  if (!words) {
    box.hidden = true;
    status.textContent = "";
    return;
  }
  const named = byName(fold(words));
  let texts = [];
  let note = form.dataset.index ? "" : "names only";
  if (form.dataset.index) {
    try {
      texts = await byText(words);
    } catch {
      note = "names only: the index of texts could not be fetched";
    }
  }
  if (turn === asked) show([...named, ...texts], note);
};

let waiting;
input.addEventListener("focus", open);
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && box.contains(document.activeElement)) input.focus();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [input, ...box.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
});

const wanted = new URLSearchParams(location.search).get("q");
if (wanted) {
  input.value = wanted;
  search();
}
