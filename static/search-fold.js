// @ts-check
"use strict";
/**
 * The fold of texts and queries, as src/fold.rs has it; its table comes with the manifest of the index.
 *
 * ‘反恐协作－ 2024’  ─▶  key "反恐协作—2024", at [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]
 */
{
  const duikan = (window.duikan ||= {});

  const [DROP, RUN, NFKC, KEEP, FAR] = [0, 1, 3, 4, 5];
  /** What becomes of each unit, and into which: looked up once, for a page folds whole texts while one types. */
  const ways = new Uint8Array(65536).fill(KEEP);
  const marks = Uint16Array.from(ways, (_, unit) => (unit >> 11 === 27 ? 0xfffd : unit));
  /** @type {Map<number, number>} characters that are, or become, one beyond the first 65536 */
  const far = new Map();

  /** @param {[number, number, number, number][]} table first and last character, way (drop, run, mark, NFKC), target */
  duikan.rules = (table) => {
    for (const [first, last, way, to] of table) {
      for (let c = first; c <= last; c++) {
        const form = String.fromCodePoint(c).normalize("NFKC");
        const code = form.codePointAt(0);
        const whole = String.fromCodePoint(code) === form;
        if (way === NFKC && whole && (c > 0xffff || code > 0xffff)) far.set(c, code);
        if (c > 0xffff) continue;
        ways[c] = far.has(c) ? FAR : way;
        if (way > DROP) marks[c] = way !== NFKC ? to : whole ? code : c;
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

  /** The key of a text; where `at` and `end` are given, unit i of it stands for at[i] to end[i] of the text. */
  const fold = (text, script, room, at, end) => {
    const table = script && simplifier(script);
    const units = new Uint16Array(room);
    let size = 0;
    let inRun = false;
    const push = (unit, from, to) => {
      units[size] = table ? table[unit] : unit;
      if (at) [at[size], end[size]] = [from, to];
      size++;
    };
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const way = ways[unit];
      if (way === DROP) continue;
      const c = unit >> 10 === 54 ? text.codePointAt(i) : unit;
      if (c > 0xffff || way === FAR) {
        const next = i + (c > 0xffff ? 2 : 1);
        for (const part of String.fromCodePoint(far.get(c) ?? c).split("")) push(part.charCodeAt(0), i, next);
        i = next - 1;
      } else if (way === RUN && inRun) {
        if (end) end[size - 1] = i + 1;
      } else push(marks[unit], i, i + 1);
      inRun = way === RUN;
    }
    return decoder.decode(units.subarray(0, size));
  };
  /** Only a compatibility ideograph can become longer. */
  const room = (text) => text.length * (/[\uf900-\ufaff]/.test(text) ? 2 : 1);

  /** The key of a text. @param {string} text @param {Map<string, string>} [script] simplified forms, where script is folded as well */
  duikan.key = (text, script) => fold(text, script, room(text));

  /** The key of a text and the way back. @param {string} text @param {Map<string, string>} [script] */
  duikan.fold = (text, script) => {
    const size = room(text);
    const [at, end] = [new Uint32Array(size), new Uint32Array(size)];
    return { key: fold(text, script, size, at, end), at, end };
  };
}
