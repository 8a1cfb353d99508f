// @ts-check
"use strict";
/** The concordance: every hit on its line, the keyword in the middle, sorted by the characters beside it. */
{
  const duikan = (window.duikan ||= {});
  const CONTEXT = 18;
  const LINES = 200;
  const WIDER = 40;
  /** What a file's name may not have. */
  const FORBIDDEN = "\\/:*?\"<>|";
  const collator = new Intl.Collator("zh-u-co-pinyin");

  const lines = async (tools, search, found, stale) => {
    const rows = [];
    const groups = new Map();
    for (const text of [...found.chosen].sort((a, b) => a - b)) {
      const group = search.index.groupOf(text);
      groups.set(group, [...(groups.get(group) ?? []), text]);
    }
    // Read in order, a few at a time, so that what was read can be shown and a new question stops it.
    const all = [...groups];
    for (let i = 0; i < all.length && !stale(); i += 8) {
      const some = all.slice(i, i + 8);
      await Promise.all(some.map(([group]) => search.index.read(group)));
      for (const [, texts] of some) {
        for (const number of texts) {
          const text = await search.text(number);
          let before = 0;
          for (const segment of text.segments) {
            for (const { start, end, at } of search.hits({ segments: [segment] }, found.keys)) rows.push({ text, segment, start, end, at: before + at });
            before += segment.key.length + 1;
          }
        }
      }
      if (i + 8 < all.length) tools.$("status").textContent = tools.say("reading", { n: Math.round((100 * i) / all.length) });
    }
    return rows;
  };

  const left = ({ segment, start }, size = CONTEXT) => segment.text.slice(Math.max(0, start - size), start);
  const right = ({ segment, end }, size = CONTEXT) => segment.text.slice(end, end + size);
  const word = ({ segment, start, end }) => segment.text.slice(start, end);
  /** The characters from the `nth` beside the keyword on, read away from it. */
  const beside = (row, by) => {
    const nth = Number(by[1]) - 1;
    return by[0] === "l" ? [...left(row, 8)].reverse().slice(nth, nth + 3).join("") : [...right(row, 8)].slice(nth, nth + 3).join("");
  };

  const sorted = (rows, { by, group }) => {
    const keys = new Map(rows.map((row) => [row, by ? beside(row, by) : ""]));
    const title = { text: (row) => row.text.title, kind: (row) => row.text.kind, date: (row) => row.text.date.slice(0, 7) }[group] ?? (() => "");
    const heads = new Map(rows.map((row) => [row, title(row)]));
    rows.sort((a, b) =>
      collator.compare(heads.get(a), heads.get(b)) || collator.compare(keys.get(a), keys.get(b)) || a.text.number - b.text.number || a.at - b.at);
    return heads;
  };

  const table = (tools, rows, heads) => {
    const { el, say, address, kindName, state } = tools;
    const body = el("tbody");
    const whole = el("table", { className: "kwic", lang: "zh" }, el("caption", { className: "hidden" }, say("kwic")), body);
    let at = 0;
    let head = "";
    const more = () => {
      for (const end = Math.min(rows.length, at + LINES); at < end; at++) {
        const row = rows[at];
        if (heads.get(row) !== head) {
          head = heads.get(row);
          body.append(el("tr", { className: "head" }, el("th", { colSpan: 4 }, state().group === "kind" ? kindName(head) : head)));
        }
        const link = el("a", { className: "title", href: address(row.text, row.segment.anchor, state().q) }, word(row));
        body.append(el("tr", {}, el("td", { className: "left" }, el("span", {}, left(row))), el("td", { className: "word" }, link),
          el("td", { className: "right" }, right(row)), el("td", { className: "of" }, row.text.title)));
      }
      button.hidden = at >= rows.length;
    };
    const button = el("button", { type: "button", className: "more", onclick: more }, say("more"));
    more();
    return [el("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": say("kwic") }, whole), button];
  };

  const SVG = "http://www.w3.org/2000/svg";
  const strip = (places, length) => {
    const svg = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    for (const [name, value] of Object.entries({ viewBox: "0 0 200 10", class: "dispersion", preserveAspectRatio: "none", "aria-hidden": "true" })) svg.setAttribute(name, value);
    path.setAttribute("d", places.map((at) => `M${((200 * at) / length).toFixed(1)} 0v10`).join(""));
    svg.append(path);
    return svg;
  };

  /** Where in each text the hits stand, how often against its length, and how evenly over all (Gries' deviation of proportions). */
  const units = (text) => text.segments.reduce((sum, { key }) => sum + key.length + 1, 0);
  const dispersion = (tools, rows, all) => {
    const { el, say, address } = tools;
    const texts = new Map();
    for (const row of rows) texts.set(row.text, [...(texts.get(row.text) ?? []), row.at]);
    // A text without a hit adds its share of all characters, and these shares are what the others leave.
    let rest = 1;
    let apart = 0;
    for (const [text, places] of texts) {
      const share = units(text) / all;
      rest -= share;
      apart += Math.abs(share - places.length / rows.length);
    }
    apart = (apart + rest) / 2;
    const list = [...texts].sort((a, b) => b[1].length - a[1].length || a[0].number - b[0].number);
    const line = ([text, places]) =>
      el("tr", {}, el("th", { scope: "row", lang: "zh" }, el("a", { href: address(text, "", tools.state().q) }, text.title)),
        el("td", {}, places.length.toLocaleString()), el("td", {}, ((10000 * places.length) / units(text)).toFixed(1)),
        el("td", {}, strip(places, units(text))));
    const heads = ["text", "hits", "rate", "where"].map((key) => el("th", { scope: "col" }, say(key)));
    return el("details", { className: "spread-table" },
      el("summary", {}, say("dispersion", { texts: texts.size, rate: ((10000 * rows.length) / all).toFixed(2), dp: apart.toFixed(2) })),
      el("div", { className: "scroll" }, el("table", { className: "plain" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...list.slice(0, 500).map(line)))));
  };

  /** A field that no spreadsheet takes for a formula. */
  const safe = (field) => (/^[\s\u200b]*[=+\-@\t\r＝＋－＠]/.test(field) ? "'" + field : field);
  const quoted = { csv: (field) => `"${safe(field).replaceAll('"', '""')}"`, tsv: (field) => safe(field).replace(/[\t\r\n]+/g, " ") };
  const file = (tools, rows, format) => {
    const { say, address, kindName, state } = tools;
    const head = ["left", "word", "right", "text", "kindOf", "day", "source", "paragraph", "address"].map((key) => say(key));
    const cells = (row) => [left(row, WIDER), word(row), right(row, WIDER), row.text.title, kindName(row.text.kind), row.text.date, row.text.source, row.segment.anchor, address(row.text, row.segment.anchor, "")];
    const line = (fields) => fields.map(quoted[format]).join(format === "csv" ? "," : "\t");
    return ["\ufeff" + line(head), ...rows.map((row) => line(cells(row)))].join("\r\n") + "\r\n";
  };
  const download = (tools, rows, format) => {
    const url = URL.createObjectURL(new Blob([file(tools, rows, format)], { type: format === "csv" ? "text/csv" : "text/tab-separated-values" }));
    const name = [...tools.state().q].filter((c) => c.trim() && !FORBIDDEN.includes(c)).slice(0, 20).join("") || "kwic";
    tools.el("a", { href: url, download: `${name}.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  };

  duikan.kwic = async (tools, search, found, stale) => {
    const { $, el, say, choice } = tools;
    const rows = await lines(tools, search, found, stale);
    if (stale()) return;
    $("status").textContent = say("count", { n: rows.length, texts: found.chosen.length });
    const heads = sorted(rows, tools.state());
    const save = (format) => el("button", { type: "button", onclick: () => download(tools, rows, format) }, say(format));
    $("results").replaceChildren(
      el("div", { className: "tools" }, choice("by", ["", "l1", "l2", "l3", "r1", "r2", "r3"]), choice("group", ["", "text", "kind", "date"]), save("csv"), save("tsv")),
      dispersion(tools, rows, search.index.manifest.units), ...table(tools, rows, heads));
  };
  duikan.kwicFile = file;
}
