/* "Everybody present" ticks the page at once, so that the few who are missing can be changed before saving. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-all-present]");
    if (!button) return;
    event.preventDefault();
    const form = button.form;
    form.querySelectorAll('input[type=radio][value="present"]').forEach((choice) => { choice.checked = true; });
    form.dataset.changed = "1";
    form.querySelector(".btn.main").focus();
  });
})();
