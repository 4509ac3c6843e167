/* The review page: open an item without asking the server, move and decide by keys, also while an answer is under way. */
(() => {
  "use strict";
  const wide = matchMedia("(min-width: 1100px)");
  const panel = () => document.querySelector("[data-review]");
  const entries = () => Array.from(document.querySelectorAll("[data-entry]"));
  const current = () => document.querySelector("[data-entry].open");
  const visible = (element) => element.getClientRects().length > 0;
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  const dialogIsOpen = () => document.querySelector("dialog[open]");

  /* The marks in the paper follow the items: open, to look at closely, left out. */
  const paint = () => {
    const states = new Map(entries().map((entry) => [entry.dataset.entry, entry.classList.contains("open") ? "on" : entry.dataset.restState]));
    const together = (numbers) => {
      const found = numbers.map((number) => states.get(number) || "");
      if (found.length && found.every((state) => state === "no")) return "no";
      return found.includes("on") ? "on" : found.includes("ask") ? "ask" : "";
    };
    document.querySelectorAll("[data-marks]").forEach((mark) => { mark.className = `${together(mark.dataset.marks.split(" "))}${mark.title ? " hard" : ""}`; });
    document.querySelectorAll(".mgs").forEach((margin) => {
      const links = Array.from(margin.querySelectorAll("[data-go]"));
      links.forEach((link) => { link.className = `mg ${together([link.dataset.go])}`; });
      margin.className = `mgs ${together(links.map((link) => link.dataset.go))}`;
    });
  };

  const wordsOf = (number) => document.querySelector(`[data-marks~="${number}"]`) || document.getElementById(`cau-${number}`);
  const showWords = (number) => {
    const words = wordsOf(number);
    if (words && wide.matches) words.scrollIntoView({ block: "center", behavior: "auto" });
  };

  /* The buttons stand once on the page and go to the item that is open; each knows its letter. */
  const bringActs = (entry) => {
    const acts = document.querySelector("[data-open]");
    const { base, keep } = panel().dataset;
    const number = entry.dataset.entry;
    if (!acts || entry.contains(acts)) return;
    entry.querySelector(".more").append(acts);
    acts.querySelector("[name=seen]").value = entry.dataset.seen;
    acts.querySelector("[name=with]").value = entry.dataset.next;
    acts.querySelectorAll("[data-act]").forEach((act) => {
      act.hidden = !entry.dataset.acts.includes(act.dataset.act);
      if (act.dataset.opens) act.href = `${base}?${keep ? `${keep}&` : ""}muc=${number}&${act.dataset.opens}=1#muc-${number}`;
      else act.setAttribute("formaction", `${base}muc/${number}/${act.dataset.path || ""}?${keep}`);
    });
    const quote = acts.querySelector("[data-quote]");
    const words = Array.from(document.querySelectorAll(`[data-marks~="${number}"]`), (mark) => mark.textContent).join(" ").trim();
    quote.textContent = words.length > 600 ? `${words.slice(0, 600)}…` : words;
    quote.hidden = !words || words.toLowerCase() === entry.querySelector(".what").textContent.trim().toLowerCase();
  };

  const settle = (entry) => {
    const field = entry.querySelector("[data-editing] [data-first], [data-editing] :is(input:not([type=hidden]), select, textarea)");
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
    if (!entry.querySelector("[data-editing]")) bringActs(entry);
    paint();
    settle(entry);
  };

  const step = (by) => {
    const all = entries();
    const at = all.indexOf(current());
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) open(next);
  };

  /* On what is decided already, to accept means to go on to what still waits. */
  const goOn = () => {
    const all = entries();
    const at = all.indexOf(current());
    const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((entry) => "waits" in entry.dataset);
    if (next) open(next);
    return Boolean(next);
  };

  /* Enter goes to the words in the paper; from there it comes back to the item, as a click would. */
  const jump = (entry) => {
    const link = document.getElementById(`cau-${entry.dataset.entry}`);
    if (!link) return false;
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "center" });
    return true;
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

  /* Links that move with the buttons: where they lead now, not where they led when the page was drawn. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.matches("[data-follow]")) event.detail.path = event.target.getAttribute("href").split("#")[0];
  });

  const click = (key) => {
    const acts = Array.from(document.querySelectorAll(`[data-act="${CSS.escape(key)}"], [data-key="${CSS.escape(key)}"]`));
    const target = acts.find((act) => visible(act) && !act.disabled);
    if (target) target.click();
    return Boolean(target);
  };

  const OTHER_NAMES = { r: "x", z: "u" };
  const act = (key) => {
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "?") document.getElementById("phim").showModal();
    else if (key === "enter") return Boolean(current()) && jump(current());
    else if (key === "escape") { const cancel = document.querySelector("[data-cancel]"); if (cancel) cancel.click(); return Boolean(cancel); }
    else if (key === "n" && document.dispatchEvent(new CustomEvent("review:add", { cancelable: true })) === false) return true;
    else return click(OTHER_NAMES[key] || key) || (key === "a" && goOn());
    return true;
  };

  /* A form that is being filled in goes before the whole paper, wherever the focus is. */
  const send = () => {
    const form = panel().querySelector("form:is([data-editing], [data-adding])") || document.querySelector("#tien-do form[data-send]");
    if (form) form.requestSubmit();
  };

  const OURS = new Set(["j", "k", "a", "e", "x", "r", "t", "g", "n", "u", "z", "c", "f", "?", "enter", "escape", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  const control = (event) => event.ctrlKey || event.metaKey;
  const lettersAreKeys = () => document.documentElement.dataset.keys !== "off";
  const isKeyOfThePage = (event) => !control(event) && !event.altKey && OURS.has(event.key.toLowerCase()) && (event.key.length > 1 || lettersAreKeys());

  /* While an answer is under way the panel is about to be replaced: keys wait for the new one and are then pressed anew,
     in their order, where the focus is by then, which may be in the form that an earlier one asked for. A refusal or a
     failure forgets them, for they were meant for another page. */
  const MOST_WAITING = 200;
  let under_way = false;
  let waiting = [];
  const mustWait = (event) => {
    if (!under_way) return false;
    const isHere = event.target === document.body || panel().contains(event.target);
    if (!isHere) return !typing(event.target) && isKeyOfThePage(event) && event.key !== "Enter";
    if (event.altKey || event.isComposing) return false;
    return control(event) ? event.key === "Enter" : event.key.length === 1 || ["Enter", "Escape", "Tab", "Backspace"].includes(event.key);
  };

  const moveFocus = (back) => {
    const all = Array.from(document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")).filter((one) => visible(one) && !one.disabled);
    const is = (one) => document.activeElement.compareDocumentPosition(one) & (back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING);
    const next = (back ? all.reverse() : all).find(is);
    next?.focus();
    if (next?.matches("input")) next.select();
  };

  /* What the browser itself makes of a key, it makes only of real ones. */
  const pressAnew = (event) => {
    const target = document.activeElement || document.body;
    if (!target.dispatchEvent(new KeyboardEvent("keydown", event)) || control(event)) return;
    if (event.key === "Tab") moveFocus(event.shiftKey);
    else if (!typing(target)) return;
    else if (event.key.length === 1) document.execCommand("insertText", false, event.key);
    else if (event.key === "Backspace") document.execCommand("delete");
    else if (event.key === "Enter" && target.matches("textarea")) document.execCommand("insertText", false, "\n");
    else if (event.key === "Enter") target.form.requestSubmit();
  };
  const play = () => {
    while (waiting.length && !under_way && !dialogIsOpen()) pressAnew(waiting.shift());
    if (!under_way) waiting = [];
  };
  const isOfThePanel = (event) => Boolean(panel()) && event.detail.target?.id === "de-xuat";
  document.addEventListener("htmx:beforeRequest", (event) => { if (isOfThePanel(event)) under_way = true; });
  const settled = () => {
    under_way = false;
    play();
  };
  ["htmx:sendError", "htmx:responseError", "htmx:timeout", "htmx:sendAbort"].forEach((name) => document.addEventListener(name, (event) => {
    if (!isOfThePanel(event)) return;
    waiting = [];
    under_way = false;
  }));

  document.addEventListener("keydown", (event) => {
    if (!panel() || dialogIsOpen()) return;
    const key = event.key.toLowerCase();
    const isSending = control(event) && key === "enter";
    const stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    const isOurs = isSending || (isKeyOfThePage(event) && !typing(event.target));
    // A key held down too long is one key: nobody decides about twenty items by leaning on A.
    if (event.repeat && (isOurs || under_way) && key !== "j" && key !== "k") { if (isOurs) stop(); return; }
    if (mustWait(event)) { stop(); if (waiting.length < MOST_WAITING) waiting.push(event); return; }
    if (!isOurs) return;
    if (isSending) {
      // In a form it sends that form, here as on every page.
      if (typing(event.target) || event.target.closest("form:is([data-editing], [data-adding])")) return;
      stop();
      send();
      return;
    }
    // On a link or a button Enter does what it does everywhere.
    if (key === "enter" && !event.target.matches("[data-entry], body")) return;
    if (act(key)) stop();
  }, true);

  /* The panel is drawn anew after each act; it stays where it was. */
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", (event) => { if (isOfThePanel(event)) scrolled = panel().scrollTop; });
  document.addEventListener("htmx:afterSwap", () => { if (panel() && wide.matches) panel().scrollTop = scrolled; });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!panel() || event.detail.elt?.id !== "de-xuat") return;
    paint();
    const entry = current();
    const adding = document.querySelector("[data-adding] :is(input:not([type=hidden]), select, textarea)");
    const refused = panel().querySelector("[role=alert]");
    if (refused) waiting = [];
    if (adding) adding.focus();
    else if (entry) settle(entry);
    else document.querySelector("#tien-do form[data-send] button")?.focus();
    if (refused) refused.scrollIntoView({ block: "nearest" });
    settled();
  });

  const begin = () => {
    const entry = current();
    // On a narrow page an address may lead to the paper, which stands below the items.
    if (entry && (wide.matches || (location.search && location.hash !== "#van-ban"))) settle(entry);
    document.querySelector("[data-adding] :is(input:not([type=hidden]), select, textarea)")?.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
  /* The browser gives the focus to the item that the address names, some time after loading; its open form needs it more. */
  const own = new AbortController();
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-entry]") && event.target.querySelector("[data-editing]")) settle(event.target); }, { signal: own.signal });
  ["keydown", "pointerdown"].forEach((happening) => document.addEventListener(happening, () => own.abort(), { capture: true, once: true }));
})();
