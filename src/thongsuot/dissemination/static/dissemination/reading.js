/* Reading aids: parts seen, and a table of contents that closes behind one. The page and its button work without them. */
(() => {
  "use strict";
  const text = document.querySelector("[data-reading]");
  if (!text) return;
  const parts = Array.from(text.querySelectorAll("[data-part]"));
  const bar = document.querySelector("[data-read-bar]");
  const label = document.querySelector("[data-read-count]");
  const seen = new Set();
  const show = () => {
    if (bar) bar.value = seen.size;
    if (label) label.textContent = label.dataset.text.replace("{n}", seen.size);
  };
  /* A part has been read when its end has come into view. */
  if ("IntersectionObserver" in window) {
    const watch = new IntersectionObserver((entries) => {
      entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
        seen.add(entry.target);
        watch.unobserve(entry.target);
      });
      show();
    });
    parts.forEach((part) => part.lastElementChild && watch.observe(part.lastElementChild));
  }
  show();

  /* A page that was kept on this device knows the size of the day it was kept; the cookie knows today's. */
  const size = /(?:^|; )size=(normal|large|larger)(?:;|$)/.exec(document.cookie)?.[1];
  if (size) {
    document.documentElement.dataset.size = size;
    document.querySelectorAll("[data-choice] button[name=size]").forEach((b) => b.setAttribute("aria-pressed", String(b.value === size)));
  }

  const contents = document.querySelector("[data-toc]");
  contents?.addEventListener("click", (event) => event.target.closest("a") && contents.removeAttribute("open"));
})();
