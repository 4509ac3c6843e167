/* Paper and items scroll together: what one shows, the other follows. Never the one under the person's hand. */
(() => {
  "use strict";
  const wide = matchMedia("(min-width: 1100px)");
  const desk = () => document.querySelector("[data-desk]");
  const panel = () => document.querySelector("[data-review]");
  const READING_LINE = 0.35;
  let leads = null;
  let asked = false;

  /* Who scrolls by hand leads; keys and clicks on an item move both by themselves. */
  const takesTheLead = (event) => {
    if (!wide.matches) return;
    leads = desk()?.contains(event.target) ? "desk" : panel()?.contains(event.target) ? "panel" : null;
  };
  ["wheel", "touchmove"].forEach((name) => document.addEventListener(name, takesTheLead, { passive: true, capture: true }));
  document.addEventListener("pointerdown", (event) => {
    // The bar of a scrolling part: a press on the part itself, beside everything in it.
    if (event.target === desk() || event.target === panel()) takesTheLead(event); else leads = null;
  }, true);
  document.addEventListener("keydown", () => { leads = null; }, true);

  /* The last of these that begins above the line in view. */
  const atTheLine = (elements, box) => {
    const line = box.top + box.height * READING_LINE;
    let found = null;
    for (const element of elements) {
      const rect = element.getClientRects()[0];
      if (!rect) continue;
      if (rect.top > line) { if (!found && rect.top < box.bottom) found = element; break; }
      found = element;
    }
    return found;
  };

  const near = (number) => {
    document.querySelectorAll(".near").forEach((element) => element.classList.remove("near"));
    if (!number) return;
    document.querySelectorAll(`[data-marks~="${number}"], #muc-${number}`).forEach((element) => element.classList.add("near"));
  };

  const followThePaper = () => {
    const words = atTheLine(desk().querySelectorAll("[data-marks]"), desk().getBoundingClientRect());
    const numbers = words ? words.dataset.marks.split(" ") : [];
    const entry = numbers.map((number) => document.getElementById(`muc-${number}`)).find(Boolean);
    near(entry?.dataset.entry);
    if (entry) keepInView(entry, panel());
  };
  const followTheItems = () => {
    const marked = Array.from(panel().querySelectorAll("[data-entry]")).filter((entry) => document.querySelector(`[data-marks~="${entry.dataset.entry}"]`));
    const entry = atTheLine(marked, panel().getBoundingClientRect());
    near(entry?.dataset.entry);
    const words = entry && document.querySelector(`[data-marks~="${entry.dataset.entry}"]`);
    if (words) keepInView(words, desk());
  };

  /* Moves a part only as far as it must for the element to stand in its middle two thirds. */
  const keepInView = (element, part) => {
    const box = part.getBoundingClientRect();
    const rect = element.getBoundingClientRect();
    const top = box.top + box.height / 6;
    const bottom = box.bottom - box.height / 6;
    if (rect.top < top) part.scrollTop += rect.top - top;
    else if (rect.bottom > bottom) part.scrollTop += Math.min(rect.bottom - bottom, rect.top - top);
  };

  document.addEventListener("scroll", (event) => {
    if (!leads || asked || !wide.matches || !panel()) return;
    const part = leads === "desk" ? desk() : panel();
    if (event.target !== part) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      if (leads === "desk") followThePaper();
      else if (leads === "panel") followTheItems();
    });
  }, { capture: true, passive: true });
})();
