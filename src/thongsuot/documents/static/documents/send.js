/* Ticks of a group at once; how many units are chosen is asked from the server when something has changed. */
(() => {
  const form = document.querySelector("form[data-units]");
  if (!form) return;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    event.preventDefault();
    button.closest("fieldset").querySelectorAll("input[name=units]").forEach((tick) => { tick.checked = button.dataset.pick === "all"; });
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
