// @ts-check
"use strict";
/**
 * The fold of texts and queries, as src/fold.rs has it; its table comes with the manifest of the index.
 *
 * ‘反恐协作－ 2024’  ─▶  key "反恐协作—2024", at [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]
 */
{
  const duikan = (window.duikan ||= {});

  /** @type {[number, number, number, number][]} first and last character, way (0 drop, 1 run, 2 mark, 3 NFKC), target */
  let rules = [];
  duikan.rules = (table) => void (rules = table);

  const rule = (c) => {
    if ((c >= 0x4e00 && c <= 0x9fa5) || (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a)) return;
    let low = 0;
    let high = rules.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rules[middle][0] <= c) low = middle + 1;
      else high = middle;
    }
    return low && c <= rules[low - 1][1] ? rules[low - 1] : undefined;
  };

  /**
   * The key of a text and the way back: unit i of the key stands for at[i] to end[i] of the text.
   * @param {string} text
   * @param {Map<string, string>} [script] simplified forms, where script is folded as well
   */
  duikan.fold = (text, script) => {
    let key = "";
    const at = [];
    const end = [];
    let inRun = false;
    for (let i = 0; i < text.length; ) {
      const c = text.codePointAt(i);
      const next = i + (c > 0xffff ? 2 : 1);
      const [, , way, to] = rule(c) || [0, 0, 4, 0];
      if (way === 1 && inRun) end[end.length - 1] = next;
      else if (way !== 0) {
        let unit = String.fromCodePoint(way === 1 || way === 2 ? to : c);
        if (way === 3) {
          const form = unit.normalize("NFKC");
          if ([...form].length === 1) unit = form;
        }
        if (c >= 0xd800 && c <= 0xdfff) unit = "\ufffd";
        unit = script?.get(unit) ?? unit;
        inRun = way === 1;
        for (let part = 0; part < unit.length; part++) {
          key += unit[part];
          at.push(i);
          end.push(next);
        }
      }
      i = next;
    }
    return { key, at, end };
  };
}
