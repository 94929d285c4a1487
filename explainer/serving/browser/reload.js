// Stands behind livereload's own script, in one file with it: says what the page shows, and keeps what was unfolded.
(function () {
  "use strict";
  const livereload = window.LiveReload;
  if (!livereload || !livereload.reloader) return;
  const overlay = window.ExplainerOverlay;
  const page = document.currentScript.dataset;

  // The server compares what the page shows with what there is, so that no build between loading and listening is missed.
  function Explainer() {}
  Explainer.identifier = "explainer";
  Explainer.version = "1.0";
  Explainer.prototype.analyze = () => ({ shows: page.version, knows: page.mark });
  Explainer.prototype.reload = function (path) {
    const isStyle = path.endsWith(".css");
    if (!isStyle && path !== "explainer-news") return false;
    fetch("/livereload.json").then((answer) => answer.json()).then((told) => {
      // A style sheet that is swapped brings the page up to date; whatever else has changed comes with a call to reload.
      if (isStyle) page.version = told.version;
      page.mark = told.mark;
      overlay.show(told);
    }).catch(() => { /* the server has ended; the next one compares */ });
    return !isStyle;
  };
  livereload.addPlugin(Explainer);

  // A reload closes what was unfolded, and so loses the place on the page too.
  const key = "livereload:" + location.pathname;
  function folds() {
    const seen = new Map();
    return Array.from(document.querySelectorAll("details"), (fold) => {
      const name = fold.id || (fold.querySelector("summary") || fold).textContent;
      seen.set(name, (seen.get(name) || 0) + 1);
      return [name + "#" + seen.get(name), fold];
    });
  }
  window.addEventListener("pagehide", () => {
    const states = Object.fromEntries(folds().map(([name, fold]) => [name, fold.open]));
    try { sessionStorage.setItem(key, JSON.stringify({ states, place: scrollY })); } catch { /* storage is switched off */ }
  });
  const navigation = performance.getEntriesByType("navigation")[0];
  if (navigation && navigation.type === "reload") {
    let kept = { states: {} };
    try { kept = JSON.parse(sessionStorage.getItem(key)) || kept; } catch { /* storage is switched off */ }
    for (const [name, fold] of folds()) if (Object.hasOwn(kept.states, name)) fold.open = kept.states[name];
    if (kept.place !== undefined) {
      scrollTo(0, kept.place);
      window.addEventListener("load", () => scrollTo(0, kept.place), { once: true });
    }
  }
})();
