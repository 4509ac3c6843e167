/* Reading aids: parts seen, larger text, the browser's own voice. The page and its button work without them. */
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

  const sizes = ["", "size-1", "size-2"];
  const root = document.documentElement;
  const size = document.querySelector("[data-size]");
  let now = 0;
  try { now = Number(localStorage.getItem("reading-size")) || 0; } catch { /* private window: the choice is not kept */ }
  const resize = () => {
    root.classList.remove("size-1", "size-2");
    if (sizes[now]) root.classList.add(sizes[now]);
  };
  resize();
  size?.addEventListener("click", () => {
    now = (now + 1) % sizes.length;
    try { localStorage.setItem("reading-size", String(now)); } catch { /* as above */ }
    resize();
  });

  const speak = document.querySelector("[data-speak]");
  if (!speak || !("speechSynthesis" in window)) return;
  const start = speak.getAttribute("aria-label");
  const rest = () => { speak.setAttribute("aria-label", start); speak.setAttribute("aria-pressed", "false"); };
  speak.hidden = false;
  speak.addEventListener("click", () => {
    if (speechSynthesis.speaking) { speechSynthesis.cancel(); rest(); return; }
    const said = Array.from(text.querySelectorAll(".five li, .full h3, .full p"));
    said.forEach((line, index) => {
      const words = new SpeechSynthesisUtterance(line.textContent);
      words.lang = speak.dataset.lang;
      if (index === said.length - 1) words.addEventListener("end", rest);
      speechSynthesis.speak(words);
    });
    speak.setAttribute("aria-label", speak.dataset.stop);
    speak.setAttribute("aria-pressed", "true");
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
})();
