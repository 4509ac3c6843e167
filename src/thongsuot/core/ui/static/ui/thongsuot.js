/* Small improvements, attached by data- attributes; every page works without them. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("has-js");
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  /* Toasts: those of the page, and those an htmx answer sends (HX-Trigger: {"toast": {"text", "state"}}). */
  const closable = (toast, label, icon) => {
    if (toast.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "iconbtn";
    button.setAttribute("aria-label", label);
    button.textContent = icon;
    button.addEventListener("click", () => toast.remove());
    toast.append(button);
  };
  const showToast = ({ text, state = "done" }) => {
    const box = document.getElementById("toasts");
    if (!box || !text) return;
    const toast = document.createElement("p");
    const words = document.createElement("span");
    words.textContent = text;
    toast.className = `toast is-${state}`;
    toast.append(words);
    closable(toast, box.dataset.close, "×");
    box.append(toast);
    if (state !== "late") setTimeout(() => toast.remove(), 8000);
  };
  document.addEventListener("toast", (event) => showToast(event.detail));
  document.addEventListener("htmx:responseError", (event) => {
    const words = document.body.dataset.failed;
    if (words) showToast({ text: `${words} (${event.detail.xhr.status})`, state: "late" });
  });
  document.addEventListener("htmx:sendError", () => showToast({ text: document.body.dataset.offline, state: "late" }));

  /* Theme and keys: the form works alone; here it answers at once. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-choice]") && event.submitter) {
      event.preventDefault();
      const { name, value } = event.submitter;
      root.dataset[name] = value;
      document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
      all(`[data-choice] button[name=${name}]`).forEach((b) => b.setAttribute("aria-pressed", String(b.value === value)));
      return;
    }
    if (event.submitter?.dataset.confirm && !confirm(event.submitter.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
  });

  /* Dialogs, printing, menus. */
  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog?.showModal) return false;
    all("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
    if (!dialog.open) dialog.showModal();
    return true;
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener && open(opener.dataset.dialog)) event.preventDefault();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.matches("dialog")) event.target.close();
    all("details.menu[open]").forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });

  /* Rows that are ticked. */
  const countTicked = (form) => {
    const bar = form?.querySelector("[data-bulk]");
    if (!bar) return;
    const ticks = all("tbody input[type=checkbox], [data-item] input[type=checkbox]", form);
    const chosen = ticks.filter((tick) => tick.checked).length;
    const label = bar.querySelector("[data-bulk-count]");
    bar.classList.toggle("on", chosen > 0);
    label.textContent = label.dataset.text.replace("{n}", chosen);
    const head = form.querySelector("[data-select-all]");
    if (head) head.checked = chosen > 0 && chosen === ticks.length;
    if (head) head.indeterminate = chosen > 0 && chosen < ticks.length;
  };
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-select-all]")) all("tbody input[type=checkbox]", target.form).forEach((tick) => { tick.checked = target.checked; });
    if (target.type === "checkbox") countTicked(target.form);
    const form = target.form;
    if (form?.matches("[data-autosubmit]") && (target.tagName === "SELECT" || target.type === "checkbox" || target.type === "date")) form.requestSubmit();
    if (target.type === "file") preview(target);
    if (form?.matches("[data-dirty]")) form.dataset.changed = "1";
  });
  document.addEventListener("input", (event) => {
    if (event.target.form?.matches("[data-dirty]")) event.target.form.dataset.changed = "1";
  });
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-changed]").some((form) => !form.dataset.sent)) event.preventDefault();
  });

  /* Files: drop them, and see the photo before it is sent. */
  const preview = (input) => {
    const box = input.closest("[data-drop], .field")?.querySelector("[data-preview]");
    if (!box) return;
    box.replaceChildren(...Array.from(input.files).map((file) => {
      if (!file.type.startsWith("image/")) return Object.assign(document.createElement("span"), { textContent: file.name });
      const image = Object.assign(new Image(), { src: URL.createObjectURL(file), alt: file.name });
      image.addEventListener("load", () => URL.revokeObjectURL(image.src));
      return image;
    }));
  };
  const zone = (event) => event.target.closest?.("[data-drop]");
  document.addEventListener("dragover", (event) => {
    if (!zone(event)) return;
    event.preventDefault();
    zone(event).classList.add("over");
  });
  document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const input = zone(event)?.querySelector("input[type=file]");
    if (!input) return;
    event.preventDefault();
    zone(event).classList.remove("over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const form = zone(event).closest("form[data-drop-sends]");
    if (form && input.files.length) form.requestSubmit();
  });

  /* Keys. */
  const step = (by) => {
    const items = all("[data-item]").filter((item) => item.offsetParent !== null);
    if (!items.length) return;
    const now = items.findIndex((item) => item.matches("[aria-current]"));
    const next = items[Math.min(Math.max(now + by, 0), items.length - 1)];
    items.forEach((item) => item.removeAttribute("aria-current"));
    next.setAttribute("aria-current", "true");
    (next.querySelector("a, button") || next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const press = (key) => {
    const target = all(`[data-key="${CSS.escape(key)}"]`).find((e) => e.offsetParent !== null && !e.disabled);
    if (target) target.click();
    return Boolean(target);
  };
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const search = document.querySelector("[data-search]");
    if ((event.ctrlKey || event.metaKey) && key === "enter") {
      const form = event.target.closest("form") || document.querySelector("form[data-send]");
      if (form) { event.preventDefault(); if (!event.repeat) form.requestSubmit(); }
      return;
    }
    if ((event.ctrlKey || event.metaKey) && key === "k" && search) {
      event.preventDefault();
      search.select();
      return;
    }
    if (key === "escape") {
      all("details.menu[open]").forEach((menu) => { menu.removeAttribute("open"); menu.querySelector("summary").focus(); });
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    // Letters and signs can be turned off; a key held down counts once, except to move on.
    if (key.length === 1 && (root.dataset.keys === "off" || (event.repeat && key !== "j" && key !== "k"))) return;
    if (key === "/" && search) { event.preventDefault(); search.select(); return; }
    if (key === "?") { open("keys"); return; }
    if (press(key)) { event.preventDefault(); return; }
    if (key === "j") step(1);
    if (key === "k") step(-1);
    if (key === "x") {
      const tick = document.querySelector("[data-item][aria-current] input[type=checkbox]");
      if (tick) tick.click();
    }
  });

  /* Pages kept on this device go as soon as nobody is signed in: the next person must not find them. Otherwise what
     waits on the device to be sent hears that the server can be reached. */
  const tidy = () => {
    if (document.body.matches("[data-nobody]")) {
      if ("caches" in window) caches.keys().then((names) => names.forEach((name) => caches.delete(name)));
      return;
    }
    navigator.serviceWorker?.getRegistrations().then((found) => found.forEach((one) => one.active?.postMessage({ say: "online" })), () => {});
  };

  const ready = () => {
    tidy();
    all(".toasts").forEach((box) => all("[data-toast]", box).forEach((toast) => closable(toast, box.dataset.close, "×")));
    all("form").forEach(countTicked);
    document.querySelector("[data-focus]")?.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();
})();
