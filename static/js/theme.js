// Say that scripts run, and put on the colours the reader chose: before anything is drawn, so that nothing flashes.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is refused: the system's colours hold.
  }
})();
