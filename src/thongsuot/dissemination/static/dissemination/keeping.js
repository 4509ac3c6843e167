/* Offline once opened: the page has itself kept on this device, says what waits to be sent, and has it sent. */
(async () => {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  const ask = (worker, question) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    worker.postMessage(question, [port2]);
  });

  /* The page that is shown where nothing was kept. */
  const list = document.querySelector("[data-kept-list]");
  if (list && navigator.serviceWorker.controller) {
    const pages = await ask(navigator.serviceWorker.controller, { say: "list" });
    list.querySelector("ul").append(...pages.map(({ path, title }) => {
      const row = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: path });
      link.textContent = new DOMParser().parseFromString(title, "text/html").body.textContent;
      row.append(link);
      return row;
    }));
    list.hidden = !pages.length;
    return;
  }

  const box = document.querySelector("[data-keeping]");
  if (!box) return;
  const { worker: address, reader } = box.dataset;
  const path = location.pathname;
  const form = document.querySelector("[data-confirm-reading]");
  const show = (name, fill = (text) => text) => {
    const line = document.querySelector(`[data-line=${name}]`);
    if (!line) return;
    line.querySelector("[data-words]").textContent = fill(line.dataset.text);
    line.hidden = false;
    if (box.contains(line)) line.scrollIntoView({ block: "center" });
  };
  try {
    await navigator.serviceWorker.register(address);
  } catch {
    /* Without a connection, or signed out: what is installed goes on working. */
  }
  const worker = (await navigator.serviceWorker.ready).active;

  const sending = async () => {
    const { states = {} } = await ask(worker, { say: "send", reader });
    if (states[path] === "sign_in") { show("signin"); return; }
    /* Whoever sent it, this page or the browser by itself: the server's own page says it best. */
    const left = await ask(worker, { say: "state", path, reader });
    if (!left.waiting && !left.failed) location.reload();
  };
  const { waiting, answer } = await ask(worker, { say: "state", path, reader });
  if (answer) {
    show(answer.state === "counted" ? "counted" : "refused", () => answer.sentence);
    worker.postMessage({ say: "seen", path, reader });
  }
  if (waiting) {
    if (form) form.hidden = true;
    const at = new Date(waiting).toLocaleString(document.documentElement.lang, { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" });
    show("waiting", (text) => text.replace("{at}", at));
    window.addEventListener("online", sending);
    await sending();
  }
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const { kept } = await ask(worker, { say: "opened", path, parts });
  if (kept) box.querySelector("[data-kept]").hidden = false;
})();
