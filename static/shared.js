// @ts-check
// The list of shared clauses: those on this page that hold some words, stand in some kinds of text, are long enough.
"use strict";
(() => {
  const filters = document.getElementById("filters");
  const status = document.getElementById("shown");
  const words = /** @type {HTMLInputElement | null} */ (document.getElementById("words"));
  const least = /** @type {HTMLInputElement | null} */ (document.getElementById("least"));
  if (!filters || !status || !words || !least) return;
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".clauses > li")]);
  const texts = rows.map((row) => row.querySelector(".clause")?.textContent ?? "");
  const kinds = /** @type {HTMLInputElement[]} */ ([...filters.querySelectorAll("[data-kind]")]);

  const apply = () => {
    const chosen = kinds.filter((kind) => kind.checked).map((kind) => kind.dataset.kind ?? "");
    const wanted = words.value.trim();
    const length = Number(least.value) || 1;
    let left = 0;
    rows.forEach((row, i) => {
      const has = (row.dataset.kinds ?? "").split(" ");
      const fits = texts[i].includes(wanted) && Number(row.dataset.length) >= length && chosen.every((kind) => has.includes(kind));
      row.hidden = !fits;
      if (fits) left += 1;
    });
    status.textContent = (status.dataset.shown ?? "{n}").replace("{n}", String(left));
  };
  /** @type {boolean} */
  let composing = false;
  words.addEventListener("compositionstart", () => (composing = true));
  words.addEventListener("compositionend", () => {
    composing = false;
    apply();
  });
  filters.addEventListener("input", () => {
    if (!composing) apply();
  });
  apply();
})();
