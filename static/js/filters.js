// Count the events that a choice leaves, keep the choice in the address, and close years that are left empty.
const box = document.querySelector(".filters");
const selects = [...document.querySelectorAll(".filters select")];
const count = document.querySelector(".filter-count");
const events = [...document.querySelectorAll(".event")];
const years = [...document.querySelectorAll(".year")];
const nameOf = (select) => select.className.replace("filter-", "");

const apply = () => {
  for (const year of years) year.classList.remove("is-empty");
  const shown = events.filter((event) => event.checkVisibility());
  for (const year of years) year.classList.toggle("is-empty", !shown.some((event) => year.contains(event)));
  const total = box.dataset.total;
  count.textContent = shown.length === events.length ? `${total} events` : `${shown.length} of ${total} events`;
};

const keep = () => {
  const address = new URL(location.href);
  for (const select of selects) {
    if (select.value) address.searchParams.set(nameOf(select), select.value);
    else address.searchParams.delete(nameOf(select));
  }
  history.replaceState(null, "", address);
};

for (const select of selects) {
  const wanted = new URLSearchParams(location.search).get(nameOf(select));
  if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
  select.addEventListener("change", () => {
    apply();
    keep();
  });
}
if (selects.some((select) => select.value)) apply();
addEventListener("hashchange", () => {
  if (selects.some((select) => select.value)) apply();
});
