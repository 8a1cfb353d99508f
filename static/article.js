// @ts-check
// The citations follow the paragraph whose number was chosen, and are copied at a click.
"use strict";
(() => {
  const addresses = [document.getElementById("citation"), ...document.querySelectorAll(".form .at")]
    .filter((place) => place?.textContent)
    .map((place) => ({ place: /** @type {Element} */ (place), whole: place?.textContent ?? "" }));
  const follow = () => {
    const target = document.querySelector(":target.para");
    for (const { place, whole } of addresses) place.textContent = target ? whole + "#" + target.id : whole;
  };
  addEventListener("hashchange", follow);
  follow();

  /** @param {HTMLElement} button */
  const take = async (button) => {
    const from = document.getElementById(button.dataset.from ?? "");
    if (!from) return;
    // The text is selected in any case: where the browser forbids copying, one key is left to press.
    getSelection()?.selectAllChildren(from);
    try {
      await navigator.clipboard.writeText(from.textContent ?? "");
      button.textContent = button.dataset.done ?? "";
    } catch {
      button.hidden = true;
    }
  };
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".take"))) {
    button.addEventListener("click", () => take(button));
  }
})();
