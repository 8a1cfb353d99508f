// @ts-check
// The citation follows the paragraph whose number was chosen.
"use strict";
(() => {
  const citation = document.getElementById("citation");
  if (!citation) return;
  const whole = citation.textContent ?? "";
  const follow = () => {
    const target = document.querySelector(":target.para");
    citation.textContent = target ? whole + "#" + target.id : whole;
  };
  addEventListener("hashchange", follow);
  follow();
})();
