// The contents that stay in sight mark the section that is being read.
const bar = document.querySelector(".contents ul");
const links = [...document.querySelectorAll('.contents a[href^="#"]')];
const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
let marked = null;
let waiting = false;

// How far a heading is from the top of the page is asked of all at once, and only while the reader scrolls: asked at
// the start, it would have the whole page laid out before anything is shown.
const mark = () => {
  waiting = false;
  const line = bar.getBoundingClientRect().bottom + 24;
  let found = null;
  targets.forEach((target, number) => {
    if (target && target.getBoundingClientRect().top <= line) found = links[number];
  });
  const root = document.scrollingElement;
  if (found && root.scrollTop > 0 && root.scrollTop + root.clientHeight >= root.scrollHeight - 2) found = links.at(-1);
  if (found === marked) return;
  marked?.removeAttribute("aria-current");
  marked = found;
  if (!marked) return;
  marked.setAttribute("aria-current", "true");
  // Only the bar moves: scrollIntoView would move the page too.
  bar.scrollLeft = marked.offsetLeft - (bar.clientWidth - marked.offsetWidth) / 2;
};

const later = () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(mark);
};

if (bar && links.length) {
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  if (location.hash) addEventListener("load", later);
}
