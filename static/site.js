// @ts-check
// Reading settings, remembered where the browser allows it, targets that lie in something folded, and the way to the search.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  /** @param {string} name @returns {string | null} */
  const recall = (name) => {
    try {
      return localStorage.getItem("duikan-" + name);
    } catch {
      return null; // Storage may be forbidden; the page then simply forgets.
    }
  };
  /** @param {string} name @param {string} value */
  const remember = (name, value) => {
    try {
      localStorage.setItem("duikan-" + name, value);
    } catch {
      // As above.
    }
  };

  for (const name of ["theme", "face", "size", "setting"]) {
    const choices = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`.settings [name="${name}"]`));
    const value = recall(name);
    for (const choice of choices) {
      if (choice.value === value) {
        choice.checked = true;
        root.dataset[name] = value;
      }
      choice.addEventListener("change", () => {
        root.dataset[name] = choice.value;
        remember(name, choice.value);
      });
    }
  }

  const settings = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".settings"));
  document.addEventListener("click", (event) => {
    if (settings?.open && !settings.contains(/** @type {Node} */ (event.target))) settings.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && settings?.open) {
      settings.open = false;
      settings.querySelector("summary")?.focus();
    }
  });

  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView({ block: "center" });
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

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
  // The search page has a field of its own, and its own way to it.
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || document.getElementById("search")) return;
    event.preventDefault();
    const field = asked ?? /** @type {HTMLInputElement | null} */ (document.querySelector(".find input"));
    if (field) field.focus();
    else search("");
  });
})();
