/* The review page: open an item without asking the server, show its words in the paper, move with j and k. */
(() => {
  "use strict";
  const wide = matchMedia("(min-width: 1100px)");
  const panel = () => document.querySelector("[data-review]");
  const entries = () => Array.from(document.querySelectorAll("[data-entry]"));
  const current = () => document.querySelector("[data-entry].open");

  /* The marks in the paper follow the items: open, to look at closely, left out. */
  const paint = () => {
    const states = new Map(entries().map((entry) => [entry.dataset.entry, entry.classList.contains("open") ? "on" : entry.dataset.restState]));
    const together = (numbers) => {
      const found = numbers.map((number) => states.get(number) || "");
      if (found.length && found.every((state) => state === "no")) return "no";
      return found.includes("on") ? "on" : found.includes("ask") ? "ask" : "";
    };
    document.querySelectorAll("[data-marks]").forEach((mark) => { mark.className = together(mark.dataset.marks.split(" ")); });
    document.querySelectorAll(".mgs").forEach((margin) => {
      const numbers = Array.from(margin.querySelectorAll("[data-go]"), (link) => link.dataset.go);
      numbers.forEach((number, at) => { margin.children[at].className = `mg ${together([number])}`; });
      margin.className = `mgs ${together(numbers)}`;
    });
  };

  const showWords = (number) => {
    const words = document.querySelector(`[data-marks~="${number}"]`) || document.getElementById(`cau-${number}`);
    if (words && wide.matches) words.scrollIntoView({ block: "center", behavior: "auto" });
  };

  const settle = (entry) => {
    const field = entry.querySelector("[data-editing] :is(input:not([type=hidden]), select, textarea)");
    (field || entry).focus({ preventScroll: true });
    entry.scrollIntoView({ block: "nearest" });
    showWords(entry.dataset.entry);
  };

  const open = (entry) => {
    entries().forEach((other) => {
      const on = other === entry;
      other.classList.toggle("open", on);
      other.querySelector(".more").hidden = !on;
      if (on) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current");
    });
    paint();
    settle(entry);
  };

  const step = (by) => {
    const all = entries();
    const at = all.indexOf(current());
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) open(next);
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-go], [data-show]");
    if (!link) return;
    const entry = document.getElementById(`muc-${link.dataset.go || link.dataset.show}`);
    if (!entry || (link.dataset.show && !wide.matches)) return;
    event.preventDefault();
    open(entry);
  });

  document.addEventListener("keydown", (event) => {
    if (!panel()) return;
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      // In a form that is being filled in it sends that form; elsewhere it registers the paper.
      if (typing) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      document.querySelector("form[data-send]")?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "j") step(1);
    if (key === "k") step(-1);
  }, true);

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!panel() || event.detail.elt?.id === "tien-do") return;
    paint();
    const entry = current();
    const adding = document.querySelector(".adding .form :is(input:not([type=hidden]), select, textarea)");
    if (adding) adding.focus();
    else if (entry) settle(entry);
    else document.querySelector("form[data-send] button")?.focus();
  });

  const begin = () => {
    const entry = current();
    if (entry && (wide.matches || location.search)) settle(entry);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
  /* The browser gives the focus to the item that the address names, some time after loading; its open form needs it more. */
  const own = new AbortController();
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-entry]") && event.target.querySelector("[data-editing]")) settle(event.target); }, { signal: own.signal });
  ["keydown", "pointerdown"].forEach((act) => document.addEventListener(act, () => own.abort(), { capture: true, once: true }));
})();
