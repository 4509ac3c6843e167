/* Words selected in the paper become an item: their place in the text goes with them. */
(() => {
  "use strict";
  const paper = () => document.querySelector("[data-desk] .paper");
  const bar = () => document.querySelector("[data-pick]");
  const LEAST = 3;

  /* The text counts whole characters, the browser halves of some. */
  const characters = (text) => Array.from(text).length;

  const offsetIn = (piece, node, offset) => {
    const range = document.createRange();
    range.setStart(piece, 0);
    range.setEnd(node, offset);
    return Number(piece.dataset.at) + characters(range.toString());
  };

  /* Start and end in the text, or nothing when no words of the paper are selected. */
  const selected = () => {
    const selection = document.getSelection();
    if (!paper() || !selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(paper())) return null;
    const pieces = Array.from(paper().querySelectorAll("[data-at]")).filter((piece) => range.intersectsNode(piece));
    if (!pieces.length) return null;
    const first = pieces[0];
    const last = pieces[pieces.length - 1];
    const start = first.contains(range.startContainer) ? offsetIn(first, range.startContainer, range.startOffset) : Number(first.dataset.at);
    const end = last.contains(range.endContainer) ? offsetIn(last, range.endContainer, range.endOffset) : Number(last.dataset.at) + characters(last.textContent);
    return end - start >= LEAST ? { start, end } : null;
  };

  const add = (kind) => {
    const place = selected();
    const panel = document.querySelector("[data-review]");
    if (!place || !panel) return false;
    const { base, keep } = panel.dataset;
    const address = `${base}?${keep ? `${keep}&` : ""}them=${kind}&tu=${place.start}&den=${place.end}`;
    document.getSelection().removeAllRanges();
    if (window.htmx) window.htmx.ajax("GET", address, { source: panel, target: "#de-xuat", swap: "outerHTML settle:0ms" });
    else location.assign(`${address}#them`);
    return true;
  };

  document.addEventListener("review:add", (event) => { if (add("task")) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick-as]");
    if (button) add(button.dataset.pickAs);
  });
  /* A press on the bar must not take the selection away before its click comes. */
  document.addEventListener("pointerdown", (event) => { if (event.target.closest("[data-pick]")) event.preventDefault(); });
  document.addEventListener("selectionchange", () => { if (bar()) bar().hidden = !selected(); });
})();
