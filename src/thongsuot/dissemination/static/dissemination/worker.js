/* Keeps the reading pages that were opened on this device, with their styles and typefaces, and the confirmations
   given without a connection until they can be sent (docs/dissemination.md, "Self-study"). A service worker: it sees
   the pages below its own address and what these ask for, nothing else. */
"use strict";
const PAGES = "reading-pages";
const PARTS = "reading-parts";
const HOME = new URL("./", self.location).pathname;
const OFFLINE = `${HOME}khong-mang/`;
const LATER = `${HOME}gui-sau/`;
const READER = "X-Reader";
const DAYS_KEPT = 7;
const MOST_PARTS = 150;
const isReading = (path) => path.startsWith(HOME) && /^\d+\/$/.test(path.slice(HOME.length));
const isPart = (path) => /\/static\//.test(path);

/* What waits to be sent, and what became of it: never a text, never a name. */
const opened = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("reading", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("waiting", { keyPath: "token" });
    asked.result.createObjectStore("answers", { keyPath: ["reader", "path"] });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
const store = async (name, act) => {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const turn = base.transaction(name, "readwrite");
      const asked = act(turn.objectStore(name));
      turn.oncomplete = () => resolve(asked.result);
      turn.onerror = turn.onabort = () => reject(turn.error);
    });
  } finally {
    base.close();
  }
};

/* Pages: one reader's at a time, for some days. */
const forgetPages = async (but) => {
  const cache = await caches.open(PAGES);
  for (const key of await cache.keys()) {
    const page = await cache.match(key);
    if (!but || page.headers.get(READER) !== but) await cache.delete(key);
  }
};
const keep = async (path, answer) => {
  const reader = answer.headers.get(READER);
  if (!answer.ok || answer.redirected || !reader) return;
  await forgetPages(reader);
  await (await caches.open(PAGES)).put(path, answer);
};
const kept = async (path) => {
  const cache = await caches.open(PAGES);
  const page = await cache.match(path);
  if (!page) return undefined;
  if (Date.now() - Date.parse(page.headers.get("Date")) > DAYS_KEPT * 86400000) {
    await cache.delete(path);
    return undefined;
  }
  return page;
};
const noConnection = async () => await caches.match(OFFLINE, { cacheName: PARTS }) || Response.error();

const prepare = async () => {
  if (await caches.match(OFFLINE, { cacheName: PARTS })) return;
  const answer = await fetch(OFFLINE, { redirect: "manual" });
  if (!answer.ok) return;
  const text = await answer.clone().text();
  const cache = await caches.open(PARTS);
  await cache.put(OFFLINE, answer);
  const parts = Array.from(text.matchAll(/(?:href|src)="([^"#]*\/static\/[^"#]+)"/g), (found) => found[1]);
  await Promise.all(parts.map((address) => cache.add(address).catch(() => {})));
};

const open = async (request, path) => {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return await kept(path) || await noConnection();
  }
  if (answer.type === "opaqueredirect") await forgetPages(); /* nobody is signed in any more */
  else if (answer.status === 403 || answer.status === 404) await (await caches.open(PAGES)).delete(path);
  else await keep(path, answer.clone());
  return answer;
};

const part = async (request) => {
  const cache = await caches.open(PARTS);
  const found = await cache.match(request);
  /* A name with a hash never changes what it stands for. */
  if (found && /\.[0-9a-f]{12}\.\w+$/.test(new URL(request.url).pathname)) return found;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return found || Response.error();
  }
};

/* Confirmations. */
const confirm = async (request, path) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const form = await copy.formData();
    const [token, reader] = [form.get("token"), form.get("reader")];
    if (!token) return noConnection();
    await store("waiting", (rows) => rows.put({ token, reader, path, said: Date.now() }));
    await self.registration.sync?.register("confirmations").catch(() => {}); /* else the next page sends it */
    return Response.redirect(path, 303);
  }
};
/* Whoever is signed in cannot send it: others who use the device do not ask for it with every page. */
const AN_HOUR = 3600000;
const hold = async (row) => {
  await store("waiting", (rows) => rows.put({ ...row, held: Date.now() }));
  return "sign_in";
};
const sendOne = async (row) => {
  const answer = await fetch(LATER, { method: "POST", redirect: "manual", body: new URLSearchParams({ token: row.token, said: row.said }) });
  if (answer.type === "opaqueredirect" || answer.status === 403) return hold(row);
  if (answer.status !== 200 && answer.status !== 409) return "later";
  const said = await answer.json();
  if (said.state === "other_person") return hold(row);
  await store("answers", (rows) => rows.put({ reader: row.reader, path: row.path, ...said }));
  await store("waiting", (rows) => rows.delete(row.token));
  return said.state;
};
let turn = Promise.resolve();
const send = (reader) => {
  /* One after the other: a confirmation is not on its way twice. */
  turn = turn.catch(() => {}).then(async () => {
    const states = {};
    for (const row of await store("waiting", (rows) => rows.getAll())) {
      const due = reader ? row.reader === reader : Date.now() - (row.held || 0) > AN_HOUR;
      if (due) states[row.path] = await sendOne(row);
    }
    return states;
  });
  return turn;
};

/* What a page asks; each question is answered on its own port. */
const questions = {
  /* The first page of all came before this worker: it and its parts are fetched once more, mostly from the browser's own store. */
  opened: async ({ path, parts }) => {
    await prepare();
    if (!await kept(path)) await keep(path, await fetch(path));
    const cache = await caches.open(PARTS);
    for (const address of parts) {
      if (isPart(new URL(address).pathname) && !await cache.match(address)) {
        const answer = await fetch(address);
        if (answer.ok) await cache.put(address, answer);
      }
    }
    const all = await cache.keys();
    for (const key of all.slice(0, Math.max(all.length - MOST_PARTS, 0))) if (!key.url.endsWith(OFFLINE)) await cache.delete(key);
    return { kept: Boolean(await kept(path)) };
  },
  state: async ({ path, reader }) => {
    const rows = await store("waiting", (all) => all.getAll());
    const waiting = rows.filter((row) => row.reader === reader && row.path === path).map((row) => row.said);
    const answer = await store("answers", (all) => all.get([reader, path]));
    return { waiting: waiting.length ? Math.min(...waiting) : 0, answer: answer || null };
  },
  seen: async ({ path, reader }) => { await store("answers", (all) => all.delete([reader, path])); return {}; },
  send: async ({ reader }) => ({ states: await send(reader) }),
  list: async () => {
    const pages = await (await caches.open(PAGES)).keys();
    return Promise.all(pages.map(async ({ url }) => {
      const path = new URL(url).pathname;
      const text = await (await kept(path))?.text() || "";
      return { path, title: /<h1[^>]*>([^<]*)<\/h1>/.exec(text)?.[1] || path };
    }));
  },
  online: async () => { await send(); return {}; },
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(prepare().catch(() => {}));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && isReading(url.pathname)) {
    event.respondWith(request.method === "POST" ? confirm(request, url.pathname) : open(request, url.pathname));
  } else if (request.method === "GET" && isPart(url.pathname)) {
    event.respondWith(part(request));
  }
});
self.addEventListener("sync", (event) => {
  if (event.tag === "confirmations") event.waitUntil(send());
});
self.addEventListener("message", (event) => {
  const answer = questions[event.data?.say];
  if (!answer) return;
  event.waitUntil(answer(event.data).then((told) => event.ports[0]?.postMessage(told), () => event.ports[0]?.postMessage({ failed: true })));
});
