// @ts-check
"use strict";
/**
 * The fold of texts and queries, as src/fold.rs has it; its table comes with the manifest of the index.
 *
 * ‘反恐协作－ 2024’  ─▶  key "反恐协作—2024", at [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]
 */
{
  const duikan = (window.duikan ||= {});

  const [DROP, RUN, KEEP] = [0, 1, 4];
  /** What becomes of each unit, and into which: looked up once, for a page folds whole texts while one types. */
  const ways = new Uint8Array(65536).fill(KEEP);
  const marks = Uint16Array.from(ways, (_, unit) => (unit >> 11 === 27 ? 0xfffd : unit));
  /** @type {[number, number][]} characters beyond the first 65536 that have an NFKC form of their own */
  const far = [];

  const nfkc = (c) => {
    const form = String.fromCodePoint(c).normalize("NFKC");
    return form.length === 1 ? form.charCodeAt(0) : c;
  };

  /** @param {[number, number, number, number][]} table first and last character, way (drop, run, mark, NFKC), target */
  duikan.rules = (table) => {
    for (const [first, last, way, to] of table) {
      if (first > 0xffff) far.push([first, last]);
      for (let c = first; c <= Math.min(last, 0xffff); c++) {
        ways[c] = way;
        if (way > DROP) marks[c] = way === 3 ? nfkc(c) : to;
      }
    }
  };

  const decoder = new TextDecoder("utf-16le");
  const simplifiers = new WeakMap();
  /** @param {Map<string, string>} script */
  const simplifier = (script) => {
    let table = simplifiers.get(script);
    if (!table) {
      table = Uint16Array.from({ length: 65536 }, (_, unit) => unit);
      script.forEach((to, from) => (table[from.charCodeAt(0)] = to.charCodeAt(0)));
      simplifiers.set(script, table);
    }
    return table;
  };

  /**
   * The key of a text and the way back: unit i of the key stands for at[i] to end[i] of the text.
   * @param {string} text
   * @param {Map<string, string>} [script] simplified forms, where script is folded as well
   */
  duikan.fold = (text, script) => {
    const table = script && simplifier(script);
    const units = new Uint16Array(text.length);
    const at = new Uint32Array(text.length);
    const end = new Uint32Array(text.length);
    let size = 0;
    let inRun = false;
    const push = (unit, from, to) => {
      units[size] = table ? table[unit] : unit;
      at[size] = from;
      end[size++] = to;
    };
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const way = ways[unit];
      if (way === DROP) continue;
      const c = unit >> 10 === 54 ? text.codePointAt(i) : unit;
      if (c > 0xffff) {
        const to = far.some(([first, last]) => c >= first && c <= last) ? nfkc(c) : c;
        if (to === c) push(unit, i, i + 2);
        push(to === c ? text.charCodeAt(i + 1) : to, i, i + 2);
        i++;
      } else if (way === RUN && inRun) end[size - 1] = i + 1;
      else push(marks[unit], i, i + 1);
      inRun = way === RUN;
    }
    return { key: decoder.decode(units.subarray(0, size)), at, end };
  };
}
