/* Before the screen: whoever is called and brings a good code is noted without a tap. On the screen: say when it is old. */
(() => {
  "use strict";
  const send = () => document.querySelectorAll("form[data-attend]:not([data-sent])").forEach((form) => {
    form.dataset.sent = "1";
    form.requestSubmit();
  });
  const lost = (is) => document.querySelectorAll("[data-lost]").forEach((line) => { line.hidden = !is; });
  send();
  document.addEventListener("htmx:afterSettle", send);
  for (const event of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(event, () => lost(true));
})();
