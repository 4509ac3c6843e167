/* Listening through the browser's own voice, where it has a Vietnamese one. The paragraph being read is marked.
   A pause ends the voice and remembers the place: the browser's own pause forgets it on many phones. */
(() => {
  "use strict";
  const box = document.querySelector("[data-listen]");
  const text = document.querySelector("[data-reading]");
  if (!box || !text || !("speechSynthesis" in window)) return;
  const play = box.querySelector("[data-listen-play]");
  const stop = box.querySelector("[data-listen-stop]");
  const [rest, going] = ["rest", "going"].map((name) => box.querySelector(`[data-when=${name}]`));
  const lines = Array.from(text.querySelectorAll(".five li, .full [id^=doan-]"));
  const LONGEST = 180; /* voices from the network break off in the middle of long sentences */
  let [line, piece, turn, speaking, begun] = [0, 0, 0, false, false];

  /* A voice of the device also speaks without a connection. */
  const voice = () => {
    const ours = speechSynthesis.getVoices().filter((v) => /^vi\b/i.test(v.lang));
    return ours.find((v) => v.localService) || ours[0];
  };
  const offer = () => { box.hidden = !voice() || !lines.length; };
  const pieces = (words) => {
    const found = [""];
    words.trim().split(/(?<=[.;:!?,])\s+/).forEach((part) => {
      const together = `${found[found.length - 1]} ${part}`.trim();
      if (together.length <= LONGEST) found[found.length - 1] = together; else found.push(part);
    });
    return found.filter(Boolean);
  };
  const draw = () => {
    rest.hidden = speaking;
    going.hidden = !speaking;
    stop.hidden = !begun;
    play.setAttribute("aria-label", speaking ? box.dataset.pause : begun ? box.dataset.resume : box.dataset.play);
    lines.forEach((one, number) => one.classList.toggle("spoken", begun && number === line));
  };
  const hush = () => { turn += 1; speaking = false; speechSynthesis.cancel(); };
  const end = () => { hush(); [line, piece, begun] = [0, 0, false]; draw(); };
  const speak = () => {
    const said = pieces(lines[line]?.textContent || "");
    if (piece >= said.length) { line += 1; piece = 0; if (line >= lines.length) { end(); return; } draw(); speak(); return; }
    const words = new SpeechSynthesisUtterance(said[piece]);
    const mine = turn;
    words.voice = voice();
    words.lang = words.voice?.lang || "vi-VN";
    words.addEventListener("end", () => { if (mine === turn && speaking) { piece += 1; speak(); } });
    words.addEventListener("error", () => { if (mine === turn) { hush(); draw(); } });
    if (piece === 0) lines[line].scrollIntoView({ block: "nearest" });
    speechSynthesis.speak(words);
  };
  play.addEventListener("click", () => {
    if (speaking) { hush(); draw(); return; }
    /* Begin with what is in view. */
    if (!begun) line = Math.max(lines.findIndex((one) => one.getBoundingClientRect().bottom > 140), 0);
    speaking = begun = true;
    draw();
    speak();
  });
  stop.addEventListener("click", () => { end(); play.focus(); });
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", end);
  offer();
})();
