// Shows over the page what keeps a newer one from being built, and in a corner that there are warnings.
(function () {
  "use strict";
  const page = document.currentScript.dataset;
  const STORED = "livereload:dismissed";
  let parts = null;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function dismissed(mark) {
    try {
      if (mark === undefined) return sessionStorage.getItem(STORED);
      sessionStorage.setItem(STORED, mark);
    } catch { /* storage is switched off: each page shows the overlay anew */ }
    return null;
  }

  // In a tree of its own, so that neither the page's style reaches it nor its style the page.
  function make() {
    const host = element("div", { id: "explainer-overlay" });
    const root = host.attachShadow({ mode: "open" });
    const title = element("h2", { id: "title", tabIndex: -1, autofocus: true });
    const close = element("button", { type: "button", textContent: "Dismiss" });
    const under = element("p", { className: "under" });
    const list = element("div", { className: "list" });
    const dialog = element("dialog", {}, element("div", { className: "head" }, title, close), under, list);
    dialog.setAttribute("aria-labelledby", "title");
    const sign = element("button", { type: "button", className: "sign" });
    sign.setAttribute("aria-haspopup", "dialog");
    close.addEventListener("click", () => dialog.close());
    sign.addEventListener("click", () => fetchAll().then((told) => { fill(told); open(); }, () => {}));
    dialog.addEventListener("close", () => { if (dialog.dataset.mark) dismissed(dialog.dataset.mark); });
    // Until the style is there, the parts would be a heap of text.
    const style = element("link", { rel: "stylesheet", href: "/livereload.css" });
    const styled = new Promise((done) => { style.onload = style.onerror = done; });
    root.append(style, dialog, element("div", { className: "corner", role: "status" }, sign));
    parts = { host, dialog, title, under, list, sign, styled };
    host.hidden = true;
    document.body.append(host);
    styled.then(() => { host.hidden = false; });
  }

  function fetchAll() {
    return fetch("/livereload.json").then((answer) => answer.json());
  }

  function fill(told) {
    const { dialog, title, under, list } = parts;
    const place = list.scrollTop;
    title.textContent = told.words;
    under.textContent = told.stuck
      ? "The page below is the last good one. The next save that mends everything takes this away."
      : "Warnings keep nothing from being built.";
    list.innerHTML = told.html; // written and escaped by the server
    list.scrollTop = place;
    if (dialog.open) list.querySelectorAll("pre").forEach(bringIntoView);
    dialog.dataset.mark = told.mark;
    dialog.classList.toggle("stuck", told.stuck !== "");
  }

  // Scrolls a long line, so that its caret is seen.
  function bringIntoView(line) {
    const caret = line.querySelector("b");
    if (caret) line.scrollLeft = caret.offsetLeft + caret.offsetWidth + 20 - line.clientWidth;
    if (caret && caret.offsetLeft < line.scrollLeft) line.scrollLeft = caret.offsetLeft - 20;
  }

  function open() {
    parts.styled.then(() => {
      if (!parts || parts.dialog.open) return;
      parts.dialog.showModal();
      parts.list.querySelectorAll("pre").forEach(bringIntoView);
    });
  }

  // `told` is what the server says of the problems; `html` is there when it was asked for.
  function show(told) {
    if (page.shown === "problems") return;
    if (!told.mark) {
      if (parts) parts.host.remove();
      parts = null;
      return;
    }
    if (!parts) make();
    parts.sign.textContent = told.words.replace(/ in .*/, "");
    parts.sign.classList.toggle("stuck", told.stuck !== "");
    if (!told.stuck) {
      if (parts.dialog.classList.contains("stuck")) {
        parts.dialog.dataset.mark = ""; // nobody has dismissed them
        parts.dialog.classList.remove("stuck");
        parts.dialog.close();
      }
    } else if (told.html === undefined) {
      if (dismissed() !== told.mark) fetchAll().then(show, () => {});
    } else {
      fill(told);
      if (dismissed() !== told.mark) open();
    }
  }

  window.ExplainerOverlay = { show };
  show({ mark: page.mark, words: page.words, stuck: page.stuck });
})();
