// Before anything is drawn: say that scripts run, put on the colours the reader chose, so that nothing flashes, and have
// a page that is loaded again or gone back to laid out at once, so that the reader finds the place where it was left.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") root.dataset.whole = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is refused: the system's colours hold.
  }
})();
