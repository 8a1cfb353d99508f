// @ts-check
// Filters over all shared clauses. Their data is loaded when a filter is first used, script by script.
"use strict";
(() => {
  /** @typedef {[string, string, number, number, string | null, string | null, number, number]} Row */
  const SHOWN = 200;
  const filters = document.getElementById("filters");
  const status = document.getElementById("shown");
  const found = document.getElementById("found");
  const all = document.getElementById("all");
  if (!filters || !status || !found || !all) return;
  /** @param {string} id */
  const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
  const kinds = /** @type {HTMLInputElement[]} */ ([...filters.querySelectorAll("[data-bit]")]);
  const relations = /** @type {HTMLInputElement[]} */ ([...filters.querySelectorAll("[data-relation]")]);
  const { scripts = "0", order = "spread", root = "" } = filters.dataset;

  /** @type {Row[]} */
  const rows = [];
  /** @type {any} */ (globalThis).duikanShared = (/** @type {Row[]} */ more) => rows.push(...more);

  // Under the page's policy a script's address must come from a policy of our own.
  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("duikan-shared", {
    createScriptURL: (/** @type {string} */ url) => url,
  });
  /** @param {number} number @returns {Promise<void>} */
  const load = (number) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const url = root + "shared/data-" + number + ".js";
      script.src = policy ? policy.createScriptURL(url) : url;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(url));
      document.head.append(script);
    });
  /** @type {Promise<void> | null} */
  let loading = null;
  const ready = () => {
    loading ??= (async () => {
      status.textContent = status.dataset.loading ?? "";
      for (let number = 1; number <= Number(scripts); number += 1) await load(number);
      const formulae = order === "boilerplate" ? 1 : 0;
      const kept = rows.filter((row) => row[6] === formulae);
      const length = (/** @type {Row} */ row) => [...row[0]].length;
      const by = order === "length" ? length : (/** @type {Row} */ row) => row[2];
      const then = order === "length" ? (/** @type {Row} */ row) => row[2] : length;
      kept.sort((a, b) => by(b) - by(a) || then(b) - then(a) || (a[1] < b[1] ? -1 : 1));
      rows.length = 0;
      for (const row of kept) rows.push(row);
    })();
    return loading;
  };

  /** @param {Row} row */
  const line = (row) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.className = "clause";
    link.lang = "zh";
    link.href = root + "shared/c/" + (/^[0-9a-zA-Z]{2}/.exec(row[1])?.[0] ?? "00") + ".html#c-" + row[1];
    link.textContent = row[0];
    const spread = document.createElement("span");
    spread.className = "spread-of";
    spread.textContent = "×" + row[2];
    const days = document.createElement("span");
    days.className = "in aside";
    days.textContent = [...new Set([row[4], row[5]].filter(Boolean))].join(" – ");
    item.append(link, " ", spread, " ", days);
    return item;
  };

  const apply = async () => {
    const words = field("words").value.trim();
    const least = Number(field("least").value) || 1;
    const texts = Number(field("texts").value) || 2;
    const [from, to] = [field("from").value, field("to").value];
    const bits = kinds.filter((kind) => kind.checked).reduce((sum, kind) => sum | Number(kind.dataset.bit), 0);
    const between = relations.filter((box) => box.checked).reduce((sum, box) => sum | Number(box.dataset.relation), 0);
    const idle = !words && least <= 1 && texts <= 2 && !from && !to && bits === 0 && between === 0;
    all.hidden = !idle;
    found.hidden = idle;
    if (idle) {
      status.textContent = "";
      return;
    }
    await ready();
    const fits = rows.filter(
      (row) =>
        row[0].includes(words) &&
        row[2] >= texts &&
        [...row[0]].length >= least &&
        (row[3] & bits) === bits &&
        (row[7] & between) === between &&
        (!from || (row[5] ?? "") >= from) &&
        (!to || (row[4] !== null && row[4] <= to)),
    );
    found.replaceChildren(...fits.slice(0, SHOWN).map(line));
    const shown = String(Math.min(SHOWN, fits.length));
    status.textContent = (status.dataset.shown ?? "").replace("{n}", String(fits.length)).replace("{shown}", shown);
  };

  let composing = false;
  filters.addEventListener("compositionstart", () => (composing = true));
  filters.addEventListener("compositionend", () => {
    composing = false;
    apply();
  });
  filters.addEventListener("input", () => {
    if (!composing) apply();
  });
})();
