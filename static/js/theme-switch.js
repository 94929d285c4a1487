// The switch between the system's colours, light and dark. It holds in every open page, and in the next ones.
const root = document.documentElement;
const choices = [...document.querySelectorAll(".theme-switch input")];

const show = (theme) => {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const choice of choices) choice.checked = choice.value === (root.dataset.theme ?? "auto");
};

const keep = (theme) => {
  try {
    if (theme === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage is refused: the choice holds for this page.
  }
};

for (const choice of choices) {
  choice.addEventListener("change", () => {
    keep(choice.value);
    show(choice.value);
  });
}
addEventListener("storage", (event) => {
  if (event.key === "theme" || event.key === null) show(event.newValue);
});
show(root.dataset.theme);
