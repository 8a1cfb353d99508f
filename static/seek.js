// @ts-check
// The way to the search: the field of the home page, and `/` on every page. The search page has its own.
"use strict";
(() => {
  /** @param {string} words */
  const search = (words) => {
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".menu a[href$='search.html']"));
    if (link) location.href = link.href + (words && "?q=" + encodeURIComponent(words));
  };
  const asked = /** @type {HTMLInputElement | null} */ (document.getElementById("seek-words"));
  document.getElementById("seek")?.addEventListener("submit", (event) => {
    event.preventDefault();
    search(asked?.value.trim() ?? "");
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const field = asked ?? /** @type {HTMLInputElement | null} */ (document.querySelector(".find input"));
    if (field) field.focus();
    else search("");
  });
})();
