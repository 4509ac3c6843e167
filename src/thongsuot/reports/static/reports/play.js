/* Plays the days of a flow map: follows the links of the days, one after the other. Without script they are links. */
(() => {
  "use strict";
  const PAUSE = 1100;
  let timer = 0;
  const days = () => Array.from(document.querySelectorAll("[data-day]"));
  const button = () => document.querySelector("[data-play]");
  const playing = () => timer !== 0;

  const say = () => {
    const here = button();
    if (!here) return;
    here.dataset.play ||= here.textContent;
    const rest = here.dataset.rest || here.textContent;
    here.dataset.rest = rest;
    here.textContent = playing() ? here.dataset.play : rest;
    here.setAttribute("aria-pressed", String(playing()));
  };
  const stop = () => {
    window.clearTimeout(timer);
    timer = 0;
    say();
  };
  const step = () => {
    const all = days();
    const at = all.findIndex((link) => link.hasAttribute("aria-current"));
    if (at < 0 || at + 1 >= all.length) return stop();
    window.htmx.ajax("GET", all[at + 1].getAttribute("href"), { target: "#flowmap" });
  };
  const wait = () => {
    timer = window.setTimeout(step, PAUSE);
    say();
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-play]")) {
      if (event.target.closest("[data-day]")) stop();
      return;
    }
    if (playing()) return stop();
    const all = days();
    const last = all.findIndex((link) => link.hasAttribute("aria-current")) === all.length - 1;
    if (!last) return wait();
    timer = 1;
    window.htmx.ajax("GET", all[0].getAttribute("href"), { target: "#flowmap" });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "flowmap" || !playing()) return;
    const focused = button();
    if (focused) focused.focus({ preventScroll: true });
    wait();
  });
  document.addEventListener("htmx:responseError", stop);
  document.addEventListener("htmx:sendError", stop);
})();
