// Passkeys. A form says with data-passkey what it wants (create, get); its options stand in data-options or are asked
// for at its address. The browser's answer goes into the field "credential", and the form is sent.
(() => {
  "use strict";

  const say = (form, text) => {
    const box = form.querySelector("[data-passkey-said]");
    if (box) { box.textContent = text; box.hidden = false; }
  };

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const options = await optionsOf(form);
    if (form.dataset.passkey === "get") return window.webauthnJSON.get(options);
    const wanted = options.publicKey.authenticatorSelection;
    wanted.residentKey = "required";
    wanted.requireResidentKey = true;
    wanted.userVerification = "required";
    return window.webauthnJSON.create(options);
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential || !window.webauthnJSON) {
      form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
      say(form, form.dataset.missing);
      return;
    }
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch {
        say(form, form.dataset.failed);
      }
    });
  });
})();
