/* The send page: ticks of a group at once, and how many units are chosen. Without it the buttons ask the server. */
(() => {
  const form = document.querySelector("form[data-units]");
  if (!form) return;
  const label = form.querySelector("[data-unit-count]");
  const ticks = (within) => [...within.querySelectorAll("input[name=units]")];
  const count = () => { label.textContent = label.dataset.text.replace("{n}", ticks(form).filter((t) => t.checked).length); };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    event.preventDefault();
    ticks(button.closest("fieldset")).forEach((tick) => { tick.checked = button.dataset.pick === "all"; });
    count();
  });
  form.addEventListener("change", count);
  count();
})();
