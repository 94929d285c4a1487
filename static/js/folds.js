// A link to what stands in a fold opens the fold, and so does a link to the heading above it. Newer browsers do the first
// themselves, and print what is folded; for the others it is done here.
const reveal = (scrolls) => {
  const target = document.querySelector(":target");
  const around = target?.closest("details:not([open])");
  const below = target?.matches("h2") ? target.parentElement.querySelector(":scope > .fold:not([open])") : null;
  for (const fold of [around, below]) if (fold) fold.open = true;
  if (scrolls && (around || below)) target.scrollIntoView();
};

addEventListener("hashchange", () => reveal(true));
// Who comes back to the page finds it where it was left (theme.js).
reveal(!("whole" in document.documentElement.dataset));

if (!CSS.supports("selector(::details-content)")) {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
