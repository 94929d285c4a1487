// What is far from the window is laid out late (css/40-layout.css), so that a long page shows its beginning soon. Once the
// page stands, the rest follows a little at a time: whoever takes a picture of all of it, finds all of it there.
const late = [...document.querySelectorAll(".fact, .event, .claim, .sources")];
const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(act, 20));

const layOutSome = () => {
  for (const element of late.splice(0, 20)) element.style.contentVisibility = "visible";
  if (late.length) whenIdle(layOutSome);
};

if (late.length) addEventListener("load", () => whenIdle(layOutSome));
