/* The tree with script: opens in place, moves by keys as an ARIA tree. Without script every hand is a plain link. */
(() => {
  "use strict";
  const tree = document.querySelector("[data-tree]");
  if (!tree || !window.htmx) return;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const items = () => Array.from(tree.querySelectorAll(".twig")).filter((item) => item.offsetParent !== null);
  const hand = (item) => item.querySelector(":scope > .twigrow > a.twigopen");
  const link = (item) => item.querySelector(":scope > .twigrow > .twigname > a");
  const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

  const dress = () => {
    tree.setAttribute("role", "tree");
    tree.querySelectorAll("ul").forEach((list) => list.setAttribute("role", "group"));
    tree.querySelectorAll(".twig:not([role])").forEach((item) => {
      const name = link(item);
      item.setAttribute("role", "treeitem");
      item.setAttribute("aria-label", name.textContent);
      item.tabIndex = -1;
      name.tabIndex = -1;
      const opener = hand(item);
      if (!opener) return;
      item.setAttribute("aria-expanded", opener.getAttribute("aria-expanded"));
      opener.tabIndex = -1;
      opener.setAttribute("aria-hidden", "true");
    });
    if (!tree.querySelector(".twig[tabindex='0']")) items()[0].tabIndex = 0;
  };

  const focus = (item) => {
    if (!item) return;
    tree.querySelectorAll(".twig[tabindex='0']").forEach((other) => { other.tabIndex = -1; });
    item.tabIndex = 0;
    item.focus();
  };

  /* The address says what is opened, so that coming back shows the same. */
  const remember = () => {
    const opened = Array.from(tree.querySelectorAll(".twig[aria-expanded='true'][id]")).map((item) => item.id.slice(1));
    const address = new URL(location.href);
    address.searchParams.delete("mo");
    address.hash = "";
    const rest = address.searchParams.toString();
    const parts = [rest, opened.length ? `mo=${opened.slice(-40).join(",")}` : ""].filter(Boolean);
    history.replaceState(history.state, "", address.pathname + (parts.length ? `?${parts.join("&")}` : ""));
  };

  const setOpen = async (item, open) => {
    const opener = hand(item);
    if (!opener) return;
    if (open && !item.querySelector(":scope > ul")) {
      const list = document.createElement("ul");
      item.append(list);
      item.setAttribute("aria-busy", "true");
      await htmx.ajax("GET", item.dataset.twig, { target: list, swap: "innerHTML" }).catch(() => {});
      item.removeAttribute("aria-busy");
      if (!list.children.length) { list.remove(); return; }
      dress();
    }
    item.setAttribute("aria-expanded", String(open));
    opener.setAttribute("aria-expanded", String(open));
    remember();
  };

  const showMore = async (item) => {
    const list = item.parentElement;
    const place = Array.from(list.children).indexOf(item);
    const address = new URL(item.dataset.more, location.href);
    address.searchParams.set("tu", item.dataset.from);
    await htmx.ajax("GET", address.pathname + address.search, { target: item, swap: "outerHTML" }).catch(() => {});
    dress();
    focus(list.children[place]);
  };

  tree.addEventListener("click", (event) => {
    const item = event.target.closest(".twig");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("a.twigopen")) {
      event.preventDefault();
      focus(item);
      setOpen(item, !isOpen(item));
    } else if (item.dataset.more && event.target.closest("a")) {
      event.preventDefault();
      showMore(item);
    }
  });

  const find = (letter, from) => {
    const all = items();
    const start = all.indexOf(from);
    const around = all.slice(start + 1).concat(all.slice(0, start + 1));
    return around.find((item) => fold(link(item).textContent).split(/\s+/).some((word) => word.startsWith(letter)));
  };

  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest(".twig");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const at = all.indexOf(item);
    const inner = item.querySelector(":scope > ul > .twig");
    const acts = {
      ArrowDown: () => focus(all[at + 1]),
      ArrowUp: () => focus(all[at - 1]),
      Home: () => focus(all[0]),
      End: () => focus(all[all.length - 1]),
      ArrowRight: () => (isOpen(item) ? focus(inner) : setOpen(item, true)),
      ArrowLeft: () => (isOpen(item) ? setOpen(item, false) : focus(item.parentElement.closest(".twig"))),
      Enter: () => (item.dataset.more ? showMore(item) : link(item).click()),
    };
    const letter = event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key) ? fold(event.key) : "";
    if (!acts[event.key] && !letter) return;
    event.preventDefault();
    event.stopPropagation();
    if (letter) focus(find(letter, item)); else acts[event.key]();
  });

  /* Dragging leads to the form that prepares the move; nothing moves by itself. */
  if (tree.dataset.moves) {
    let dragged = null;
    const key = (item) => item.id.slice(1);
    const over = (item) => {
      tree.querySelectorAll(".twig.over").forEach((other) => other.classList.remove("over"));
      if (item) item.classList.add("over");
    };
    const target = (event) => {
      const item = event.target.closest(".twig[id]");
      return item && dragged && !dragged.contains(item) && dragged.parentElement.closest(".twig") !== item ? item : null;
    };
    tree.addEventListener("dragstart", (event) => {
      dragged = event.target.closest(".twig[id]");
      if (dragged) event.dataTransfer.setData("text/plain", link(dragged).textContent);
    });
    tree.addEventListener("dragover", (event) => {
      const item = target(event);
      over(item);
      if (item) event.preventDefault();
    });
    tree.addEventListener("drop", (event) => {
      const item = target(event);
      if (!item) return;
      event.preventDefault();
      location.assign(`${tree.dataset.moves}${key(dragged)}/chuyen/?den=${key(item)}`);
    });
    tree.addEventListener("dragend", () => { over(null); dragged = null; });
  }

  dress();
  const shown = location.hash && document.getElementById(location.hash.slice(1));
  if (shown && tree.contains(shown)) focus(shown);
})();
