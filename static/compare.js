// @ts-check
// Collations: linked clauses, j and k between differences, the frame on the strip, rows by their words, how many are shown.
"use strict";
(() => {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".row")]);
  if (rows.length === 0) return;
  const spread = /** @type {HTMLElement} */ (document.querySelector(".spread"));

  // A clause lights up together with its counterpart.
  /** @type {Element[]} */
  let lit = [];
  /** @param {Event} event */
  const light = (event) => {
    const clause = /** @type {Element} */ (event.target).closest("[data-c]");
    if (clause && lit.includes(clause)) return;
    for (const element of lit) element.classList.remove("lit");
    const number = clause?.getAttribute("data-c");
    lit = clause ? [...(clause.closest(".row")?.querySelectorAll(`[data-c="${number}"]`) ?? [])] : [];
    for (const element of lit) element.classList.add("lit");
  };
  spread.addEventListener("pointerover", light);
  spread.addEventListener("pointerleave", light);

  // Which rows are left by the chips is told by what is checked, as the style tells it: to ask the page would lay it out.
  const chips = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".chips input[type=checkbox]")]);
  /** @param {HTMLElement} row */
  const relation = (row) => (row.classList.contains("moved") ? "moved" : [...row.classList].find((name) => name.startsWith("r-"))?.slice(2));
  const relations = new Map(rows.map((row) => [row, relation(row)]));
  /** @type {Set<string | undefined>} */
  let out = new Set();
  const choose = () => {
    const chosen = chips.filter((chip) => (chip.id === "only" ? chip.checked : !chip.checked));
    out = new Set(chosen.map((chip) => (chip.id === "only" ? "identical" : chip.id.slice(2))));
  };
  /** @param {HTMLElement} row */
  const shown = (row) => !row.hidden && !out.has(relations.get(row));
  /** @param {HTMLElement} row */
  const differs = (row) => !row.classList.contains("elsewhere") && !(row.classList.contains("r-identical") && !row.classList.contains("moved"));

  /** The place of the first row whose edge is not above `y`; rows are in order, so halving finds it. @param {HTMLElement[]} list @param {"top" | "bottom"} edge @param {number} y */
  const below = (list, edge, y) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].getBoundingClientRect()[edge] < y) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** @type {HTMLElement | null} */
  let here = null;
  /** Where what is read begins, below the chips. */
  const TOP = 80;
  /** @param {number} step */
  const go = (step) => {
    const stops = rows.filter((row) => differs(row) && shown(row));
    if (stops.length === 0) return;
    const at = here ? stops.indexOf(here) : -1;
    const from = () => Math.min(below(stops, "top", TOP), stops.length - 1);
    const next = at >= 0 ? at + step : step > 0 ? from() : from() - 1;
    const row = stops[Math.max(0, Math.min(stops.length - 1, next))];
    here?.classList.remove("here");
    here = row;
    row.classList.add("here");
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "start", behavior: "instant" });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement && !["checkbox", "radio"].includes(event.target.type);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(1);
    if (event.key === "k") go(-1);
  });

  // The frame on the strip: from the first to the last clause in the window.
  const frame = document.querySelector(".strip .seen");
  const draw = () => {
    pending = false;
    if (!frame) return;
    const seen = visible();
    let first = Infinity;
    let last = -1;
    for (const row of seen) {
      const [from, to] = (row.dataset.cells ?? "").split(" ").map(Number);
      if (!Number.isFinite(to)) continue;
      first = Math.min(first, from);
      last = Math.max(last, to);
    }
    frame.setAttribute("y", String(last < 0 ? 0 : first));
    frame.setAttribute("height", String(last < 0 ? 0 : last - first + 1));
  };
  const visible = () => {
    const list = rows.filter(shown);
    const from = below(list, "bottom", 60);
    let end = from;
    while (end < list.length && list[end].getBoundingClientRect().top < innerHeight) end += 1;
    return list.slice(from, end);
  };
  let pending = false;
  const soon = () => {
    if (!pending) {
      pending = true;
      requestAnimationFrame(draw);
    }
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  choose();
  draw();

  // After a choice of rows: say how many are left, and keep the frame true.
  const status = document.getElementById("shown");
  const tell = () => {
    choose();
    if (status) status.textContent = (status.dataset.shown ?? "{n}").replace("{n}", String(rows.filter(shown).length));
    soon();
  };
  document.querySelector(".chips")?.addEventListener("change", tell);

  /** Where the words stand in a paragraph, over the borders of its marks. @param {Element} p @param {string} words */
  const places = (p, words) => {
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const points = /** @type {[Node, number][]} */ ([]);
    let text = "";
    for (let node; (node = /** @type {Text} */ (walker.nextNode())); text += node.data)
      for (let at = 0; at < node.length; at += 1) points.push([node, at]);
    const ranges = [];
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const range = document.createRange();
      const [last, end] = points[at + words.length - 1];
      range.setStart(...points[at]);
      range.setEnd(last, end + 1);
      ranges.push(range);
    }
    return ranges;
  };
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("words"));
  input?.addEventListener("input", () => {
    const words = input.value.trim();
    const found = [];
    for (const row of rows) {
      const ranges = words ? [...row.querySelectorAll(".side p")].flatMap((p) => places(p, words)) : [];
      row.hidden = words !== "" && ranges.length === 0;
      const folded = row.querySelector("details");
      if (folded) folded.open = ranges.length > 0;
      found.push(...ranges);
    }
    window.CSS.highlights?.set("hits", new Highlight(...found));
    tell();
  });
})();
