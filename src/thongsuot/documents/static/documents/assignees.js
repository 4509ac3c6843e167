/* Units are found while their name is typed, chosen by arrow and Enter, and stand as ticks in the form. */
(() => {
  "use strict";
  const inputOf = (element) => element.closest("[data-suggesting]")?.querySelector("input");
  const listOf = (input) => input.closest("[data-suggesting]").querySelector("[data-list]");
  const options = (list) => Array.from(list.querySelectorAll("[data-option]"));
  const isOurs = (element) => element instanceof Element && element.matches("[data-suggesting] input");

  const close = (input) => {
    const list = listOf(input);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const point = (input, option) => {
    options(listOf(input)).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (!option) return;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const chosen = (input) => options(listOf(input)).find((option) => option.getAttribute("aria-selected") === "true");

  const count = (field) => {
    const words = field.querySelector("[data-count]");
    words.textContent = words.textContent.replace(/\d+/, String(field.querySelectorAll("[data-chosen] input:checked").length));
  };
  const choose = (input, option) => {
    const field = input.closest("form").querySelector(`[data-units="${input.closest("[data-suggesting]").dataset.suggesting}"]`);
    option.querySelectorAll("[data-unit]").forEach((unit) => {
      const known = field.querySelector(`[data-chosen] input[value="${unit.dataset.unit}"]`);
      if (known) { known.checked = true; return; }
      const tick = field.querySelector("template").content.cloneNode(true);
      tick.querySelector("input").value = unit.dataset.unit;
      tick.querySelector("span").textContent = unit.textContent;
      field.querySelector("[data-chosen]").append(tick);
    });
    count(field);
    input.value = "";
    input.form.dataset.changed = "1";
    close(input);
    input.focus();
  };

  document.addEventListener("focusin", (event) => {
    if (!isOurs(event.target)) return;
    event.target.setAttribute("role", "combobox");
    event.target.setAttribute("aria-autocomplete", "list");
    event.target.setAttribute("aria-controls", listOf(event.target).id);
    if (!event.target.hasAttribute("aria-expanded")) event.target.setAttribute("aria-expanded", "false");
  });
  document.addEventListener("focusout", (event) => {
    if (isOurs(event.target) && !event.target.closest("[data-suggesting]").contains(event.relatedTarget)) close(event.target);
  });
  /* The list belongs to what was typed when it was asked for. Who presses Enter before it has come gets its first unit. */
  const isOf = (list, input) => (list.dataset.of || "") === input.value.trim();
  document.addEventListener("input", (event) => { if (isOurs(event.target)) delete event.target.dataset.chooses; });
  document.addEventListener("htmx:afterSwap", (event) => {
    const list = event.detail.target;
    if (!list.matches?.("[data-list]")) return;
    const input = inputOf(list);
    list.dataset.of = (new URL(event.detail.xhr.responseURL).searchParams.get(input.name) || "").trim();
    const first = options(list)[0];
    if (input.dataset.chooses && isOf(list, input)) {
      delete input.dataset.chooses;
      if (first) { choose(input, first); return; }
    }
    list.hidden = !list.children.length || !input.value.trim() || document.activeElement !== input;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point(input, first);
  });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.("[data-suggesting] [data-option]");
    if (!option) return;
    event.preventDefault();
    choose(inputOf(option), option);
  });
  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-units]");
    if (field) count(field);
  });
  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isOurs(input) || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = options(listOf(input));
    const at = all.indexOf(chosen(input));
    const isOpen = !listOf(input).hidden && all.length > 0;
    if (event.key === "Enter") {
      // Enter takes the unit; it never sends a form in which a name is being typed.
      event.preventDefault();
      event.stopPropagation();
      if (!isOf(listOf(input), input)) input.dataset.chooses = "1";
      else if (isOpen) choose(input, all[Math.max(at, 0)]);
    } else if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      point(input, all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (isOpen && event.key === "Escape") {
      event.stopPropagation();
      close(input);
    }
  }, true);
})();
