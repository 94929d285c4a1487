// Stands behind livereload's own script, in one file with it.
(function () {
  "use strict";
  var livereload = window.LiveReload;
  if (!livereload || !livereload.reloader) return;

  // Tells the server which state of the site this page shows, so that no build between loading and listening is missed.
  var version = document.currentScript.dataset.version;
  function Explainer() {}
  Explainer.identifier = "explainer";
  Explainer.version = "1.0";
  Explainer.prototype.analyze = function () {
    return { shows: version };
  };
  livereload.addPlugin(Explainer);

  // A reload keeps the place on the page by itself, but closes what was unfolded.
  var key = "livereload:" + location.pathname;
  function folds() {
    return Array.prototype.map.call(document.querySelectorAll("details"), function (fold) {
      return [fold.id || (fold.querySelector("summary") || fold).textContent, fold];
    });
  }
  window.addEventListener("pagehide", function () {
    var states = {};
    folds().forEach(function (pair) { states[pair[0]] = pair[1].open; });
    try { sessionStorage.setItem(key, JSON.stringify(states)); } catch (error) { /* storage is switched off */ }
  });
  var navigation = performance.getEntriesByType("navigation")[0];
  if (navigation && navigation.type === "reload") {
    var states = {};
    try { states = JSON.parse(sessionStorage.getItem(key)) || {}; } catch (error) { /* storage is switched off */ }
    folds().forEach(function (pair) {
      if (Object.prototype.hasOwnProperty.call(states, pair[0])) pair[1].open = states[pair[0]];
    });
  }
})();
