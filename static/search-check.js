// @ts-check
"use strict";
/** Does a quotation stand in the texts as it is quoted? If not: the passages nearest to it, with what differs. */
{
  const duikan = (window.duikan ||= {});
  /** Characters of a quotation that are compared; more are looked up, but not aligned. */
  const LONGEST = 600;
  const GRAMS = 40;
  const SHOWN = 5;

  /** The texts that share most of the rarer grams of a key, of which no more than a few groups are read. */
  const likely = async (search, key) => {
    const { index } = search;
    const { manifest } = index;
    const groups = manifest.groups.names.length;
    const grams = [];
    for (let i = 0; i + 1 < key.length; i++) grams.push(key.slice(i, i + 2));
    const rarity = (gram) => index.rarity(gram[0]) + index.rarity(gram[1]);
    const rare = [...new Set(grams)].map((gram) => [rarity(gram), gram]).sort((a, b) => b[0] - a[0]).slice(0, GRAMS);
    const scores = new Map();
    const add = (of, number, score) => scores.set(of + number, (scores.get(of + number) ?? 0) + score);
    for (const [, gram] of manifest.indexed ? rare : []) {
      const list = await index.look(gram);
      const numbers = list?.texts ?? list?.groups;
      if (!numbers) continue;
      const score = Math.log((list.texts ? manifest.texts : groups) / numbers.length + 1);
      numbers.forEach((number) => (list.texts ? (add("g", index.groupOf(number), score / 50), add("t", number, score)) : add("g", number, score)));
    }
    const value = (text) => (scores.get("t" + text) ?? 0) + (scores.get("g" + index.groupOf(text)) ?? 0);
    const last = index.firsts[groups];
    const texts = Array.from({ length: last }, (_, text) => [value(text), text]).filter(([score, text]) => score > 0 || index.groupOf(text) >= manifest.indexed);
    texts.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const read = new Set();
    return texts.map(([, text]) => text).filter((text) => {
      const group = index.groupOf(text);
      if (read.size < 8 || group >= manifest.indexed) read.add(group);
      return read.has(group);
    }).slice(0, 400);
  };

  /** The best local alignment of a quotation with a passage: its score, and its steps (0 same, 1 other, 2 missing, 3 added). */
  const align = (quote, passage) => {
    const wide = passage.length + 1;
    const score = new Int16Array((quote.length + 1) * wide);
    let best = 0;
    for (let i = 1; i <= quote.length; i++) {
      for (let j = 1, at = i * wide + 1; j < wide; j++, at++) {
        const same = quote[i - 1] === passage[j - 1];
        const value = Math.max(0, score[at - wide - 1] + (same ? 2 : -2), score[at - wide] - 1, score[at - 1] - 1);
        score[at] = value;
        if (value > score[best]) best = at;
      }
    }
    const steps = [];
    let at = best;
    while (score[at] > 0) {
      const [i, j] = [Math.floor(at / wide), at % wide];
      const same = quote[i - 1] === passage[j - 1];
      if (score[at] === score[at - wide - 1] + (same ? 2 : -2)) {
        steps.push([same ? 0 : 1, i - 1, j - 1]);
        at -= wide + 1;
      } else if (score[at] === score[at - wide] - 1) {
        steps.push([2, i - 1, j]);
        at -= wide;
      } else {
        steps.push([3, i, j - 1]);
        at--;
      }
    }
    return { score: score[best], steps: steps.reverse() };
  };

  const grams = (key) => new Set(Array.from({ length: Math.max(0, key.length - 1) }, (_, i) => key.slice(i, i + 2)));

  const nearest = async (search, key, stale) => {
    const short = key.slice(0, LONGEST);
    const own = grams(short);
    const rough = [];
    for (const number of await likely(search, short)) {
      if (stale()) return [];
      const text = await search.text(number);
      for (const segment of text?.segments ?? []) {
        let shared = 0;
        for (const gram of grams(segment.key)) if (own.has(gram)) shared++;
        if (shared) rough.push({ text, segment, shared });
      }
    }
    rough.sort((a, b) => b.shared - a.shared);
    const found = rough.slice(0, 24).map((one) => ({ ...one, ...align(short, one.segment.key) }));
    const least = Math.max(6, short.length * 0.6);
    return found.filter(({ score }) => score >= least).sort((a, b) => b.score - a.score || a.text.number - b.text.number).slice(0, SHOWN);
  };

  /** The passage as it is printed, with what the quotation leaves out, puts in or has otherwise. */
  const differences = ({ el }, quote, { segment, steps }) => {
    const line = el("p", { className: "snippet", lang: "zh" });
    const [first, last] = [steps[0], steps[steps.length - 1]];
    const piece = (from, to) => segment.text.slice(segment.at[from] ?? segment.text.length, segment.end[to - 1]);
    const from = segment.at[first[2]];
    const to = segment.end[Math.max(first[2], last[2] - (last[0] === 2 ? 1 : 0))];
    const raw = (start, end) => quote.text.slice(quote.at[start], quote.end[end - 1]);
    line.append(from > 24 ? "…" : "", segment.text.slice(Math.max(0, from - 24), from));
    if (first[1] > 0) line.append(el("del", {}, raw(0, first[1])));
    for (let i = 0; i < steps.length; ) {
      let end = i;
      const changed = steps[i][0] > 0;
      while (end < steps.length && steps[end][0] > 0 === changed) end++;
      const run = steps.slice(i, end);
      const theirs = run.filter(([way]) => way !== 2).map(([, , j]) => j);
      const ours = run.filter(([way]) => way !== 3).map(([, i]) => i);
      const printed = theirs.length ? piece(theirs[0], theirs[theirs.length - 1] + 1) : "";
      if (changed && ours.length) line.append(el("del", {}, raw(ours[0], ours[ours.length - 1] + 1)));
      if (printed) line.append(el(changed ? "ins" : "mark", {}, printed));
      i = end;
    }
    const rest = last[1] + (last[0] === 3 ? 0 : 1);
    if (rest < quote.key.length) line.append(el("del", {}, raw(rest, quote.key.length)));
    line.append(segment.text.slice(to, to + 24), to + 24 < segment.text.length ? "…" : "");
    return line;
  };

  const source = ({ el, address, kindName }, text, anchor, query) =>
    el("p", { className: "about" }, el("a", { className: "title", lang: "zh", href: address(text, anchor, query) }, text.title), ` · ${kindName(text.kind)}`, text.date ? ` · ${text.date}` : "", anchor ? ` · ${anchor}` : "");

  duikan.check = async (tools, search, query, stale) => {
    const { $, el, say, snippet } = tools;
    // Quote marks around the whole are the quoter's own.
    const bare = query.trim();
    const text = /^["“「『‘'].*["”」』’']$/su.test(bare) ? bare.slice(1, -1) : bare;
    const quote = { text, ...duikan.fold(text, search.script) };
    if (quote.key.length < 2) {
      $("status").textContent = say("hint");
      return $("results").replaceChildren();
    }
    const found = await search.phrase(text);
    if (stale()) return;
    $("facets").replaceChildren();
    const list = el("ol", { className: "found" });
    if (found.texts.size) {
      let same = 0;
      for (const number of [...found.texts.keys()].slice(0, 50)) {
        const one = await search.text(number);
        if (stale()) return;
        const hits = search.hits(one, [quote.key]);
        same += hits.filter(({ segment, start, end }) => segment.text.slice(start, end) === text).length;
        list.append(el("li", {}, source(tools, one, hits[0].segment.anchor, `"${text.replaceAll('"', "")}"`), ...hits.slice(0, 3).map((hit) => snippet([hit]))));
      }
      const total = [...found.texts.values()].reduce((sum, count) => sum + count, 0);
      $("status").textContent = say(same ? "verbatim" : "folded", { n: total, texts: found.texts.size });
    } else {
      const near = await nearest(search, quote.key, stale);
      if (stale()) return;
      $("status").textContent = say(near.length ? "altered" : "unknown");
      for (const one of near) {
        const kept = one.steps.filter(([way]) => way === 0).length;
        list.append(el("li", {}, source(tools, one.text, one.segment.anchor, ""), differences(tools, quote, one), el("p", { className: "about" }, say("kept", { n: Math.floor((100 * kept) / Math.min(LONGEST, quote.key.length)) }))));
      }
    }
    $("results").replaceChildren(...(list.children.length ? [el("p", { className: "aside" }, found.texts.size ? "" : say("legend")), list] : []));
  };
}
