// @ts-check
"use strict";
/** The search page: what is asked stands in the address, what is found in the list, the concordance or the check. */
{
  const duikan = (window.duikan ||= {});
  const $ = (id) => /** @type {any} */ (document.getElementById(id));
  const root = $("search");
  const site = new URL(root.dataset.root, location.href);
  const PAGE = 20;
  const LONGEST = 2000;

  /** A text of the interface. @param {string} key @param {Record<string, unknown>} [values] */
  const say = (key, values = {}) => root.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]?.toLocaleString() ?? "");
  /** An element. Text is only ever text. @param {string} name @param {Record<string, unknown>} [set] @param {...any} inside */
  const el = (name, set = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(set)) {
      if (key.startsWith("on") || key in element) element[key] = value;
      else element.setAttribute(key, String(value));
    }
    element.append(...inside);
    return element;
  };
  const address = (text, anchor, query) => {
    const url = new URL(`a/${text.id}.html`, site);
    if (query) url.searchParams.set("q", query);
    url.hash = anchor;
    return url.href;
  };
  const kindName = (kind) => root.querySelector(`[data-kind="${CSS.escape(kind)}"]`)?.textContent ?? kind;

  /** A passage with its hits marked, cut to some characters around the first. */
  const snippet = (hits, around = 36) => {
    const { segment } = hits[0];
    const from = Math.max(0, hits[0].start - around);
    const to = Math.min(segment.text.length, hits[0].end + around * 2);
    const line = el("p", { className: "snippet", lang: "zh" }, from ? "…" : "");
    let at = from;
    for (const hit of hits) {
      if (hit.start < at || hit.end > to) continue;
      line.append(segment.text.slice(at, hit.start), el("mark", {}, segment.text.slice(hit.start, hit.end)));
      at = hit.end;
    }
    line.append(segment.text.slice(at, to), to < segment.text.length ? "…" : "");
    return line;
  };

  /** What the address asks for. */
  const NAMES = ["q", "view", "sort", "kind", "source", "from", "to", "script", "by", "group"];
  let state = {};
  const recall = () => {
    const parameters = new URLSearchParams(location.search);
    state = Object.fromEntries(NAMES.map((name) => [name, parameters.get(name) ?? ""]));
    $("q").value = state.q;
    $("script").checked = state.script === "1";
  };
  const remember = (changes, push) => {
    Object.assign(state, changes);
    const parameters = new URLSearchParams(NAMES.filter((name) => state[name]).map((name) => [name, state[name]]));
    const search = parameters.size ? "?" + parameters : location.pathname;
    // A very long query is searched for, but browsers would not keep it in an address.
    if (String(search).length < LONGEST * 4) history[push ? "pushState" : "replaceState"](null, "", search);
    answer();
  };

  /** Loads the script of a view when it is first looked at. */
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const script = (name) => new URL(name + ".js", own).href;
  const policy = window.trustedTypes?.createPolicy("duikan-views", { createScriptURL: script });
  const views = new Map();
  const view = (name) => {
    if (!views.has(name)) {
      views.set(name, new Promise((done, fail) => {
        const element = document.createElement("script");
        element.onload = done;
        element.onerror = () => (views.delete(name), fail(new Error(name)));
        element.src = /** @type {any} */ (policy ? policy.createScriptURL(name) : script(name));
        document.head.append(element);
      }));
    }
    return views.get(name);
  };

  let turn = 0;
  /** Whether a later question has been asked meanwhile. */
  const asker = () => {
    const mine = ++turn;
    return () => mine !== turn;
  };
  const searches = new Map();
  const searcher = async () => {
    const index = await duikan.index();
    const key = state.script || "0";
    if (!searches.has(key)) searches.set(key, new duikan.Search(index, key === "1" ? await index.traditional() : undefined));
    return searches.get(key);
  };

  const answer = async () => {
    const stale = asker();
    const shown = ["kwic", "check"].includes(state.view) ? state.view : "list";
    root.dataset.view = shown;
    for (const tab of document.querySelectorAll("#views a")) {
      const name = /** @type {HTMLElement} */ (tab).dataset.view;
      if (name === shown) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
      const parameters = new URLSearchParams({ ...(state.q && { q: state.q }), view: String(name) });
      /** @type {HTMLAnchorElement} */ (tab).href = "?" + parameters;
    }
    try {
      if (!state.q.trim()) clear(say("hint"));
      else {
        $("status").textContent = say("busy");
        const [search] = await Promise.all([searcher(), shown === "list" || view("search-" + shown)]);
        if (stale()) return;
        if (shown === "check") await duikan.check(tools, search, state.q, stale);
        else await results(search, shown, stale);
      }
    } catch (error) {
      if (!stale()) clear(say(window.DecompressionStream ? "failed" : "old"));
    }
  };
  const clear = (message) => {
    $("status").textContent = message;
    $("facets").replaceChildren();
    $("results").replaceChildren();
  };

  const results = async (search, shown, stale) => {
    const words = duikan.parse(state.q);
    if (!words.some((word) => !word.not)) return clear(say("hint"));
    const found = await search.query(words);
    if (stale()) return;
    if (!found.texts.size) return nothing(search, words, stale);
    const facts = await search.index.facts();
    if (stale()) return;
    const texts = select(facts, [...found.texts.keys()]);
    facets(facts, [...found.texts.keys()]);
    found.total = texts.length === found.texts.size ? found.total : undefined;
    found.chosen = texts;
    if (shown === "kwic") return duikan.kwic(tools, search, found, stale);
    count(found);
    order(facts, found);
    $("results").replaceChildren(sorter());
    const list = el("ol", { className: "found", start: 1 });
    $("results").append(list);
    await more(search, found, list, stale);
  };

  const count = ({ total, chosen, texts }) => {
    const places = total ?? chosen.reduce((sum, text) => sum + texts.get(text), 0);
    $("status").textContent = say(places ? "count" : "countTexts", { n: places, texts: chosen.length });
  };

  /** What was not found, and the longest part of it that is. */
  const nothing = async (search, words, stale) => {
    clear(say("none", { q: state.q.slice(0, 80) }));
    for (const phrase of words.filter((word) => !word.not).flatMap((word) => word.phrases)) {
      const near = await search.nearest(phrase);
      if (stale()) return;
      if (!near || (near === phrase && words.length < 2)) continue;
      const link = el("a", { href: "?" + new URLSearchParams({ q: near }), onclick: go({ q: near }) }, near);
      $("results").append(el("p", {}, say("near"), link));
    }
  };

  const go = (changes) => (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    remember(changes, true);
    if ("q" in changes) $("q").value = changes.q;
  };

  // ------------------------------------------------------------------------------------------ choice and order

  const day = (text) => Number(text.replaceAll("-", "")) || 0;
  const select = (facts, texts) => {
    const { kinds } = duikan.manifest.manifest;
    const chosen = state.kind.split(" ").filter(Boolean);
    return texts.filter(
      (text) =>
        (!chosen.length || chosen.includes(kinds[facts.kinds[text]])) &&
        (!state.source || facts.names[facts.sources[text]] === state.source) &&
        (!state.from || facts.dates[text] >= day(state.from)) &&
        (!state.to || (facts.dates[text] && facts.dates[text] <= day(state.to))));
  };

  /** By how much of a text its hits are, or by day. */
  const order = (facts, { texts, chosen }) => {
    const mean = facts.lengths.reduce((sum, length) => sum + length, 0) / facts.lengths.length;
    const score = (text) => texts.get(text) / (texts.get(text) + 0.3 + (0.9 * facts.lengths[text]) / mean);
    const dated = (text) => facts.dates[text] || (state.sort === "old" ? 99999999 : 0);
    const scores = new Map(state.sort ? [] : chosen.map((text) => [text, score(text)]));
    chosen.sort(
      (a, b) => (state.sort === "old" ? dated(a) - dated(b) : state.sort ? dated(b) - dated(a) : scores.get(b) - scores.get(a)) || a - b);
  };
  const choice = (name, options) => {
    const select = el("select", { onchange: () => remember({ [name]: select.value }, true), "aria-label": say(name) });
    for (const value of options) select.append(el("option", { value, selected: state[name] === value }, say(name + (value || "0"))));
    return el("label", { className: "choice" }, say(name), select);
  };
  const sorter = () => el("div", { className: "tools" }, choice("sort", ["", "new", "old"]));

  const tally = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };
  const facets = (facts, texts) => {
    const { kinds } = duikan.manifest.manifest;
    const box = $("facets");
    const chosen = state.kind.split(" ").filter(Boolean);
    const chip = (label, count, on, changes) =>
      el("button", { type: "button", className: "facet", "aria-pressed": on, onclick: () => remember(changes, true) }, label, el("b", {}, count.toLocaleString()));
    const group = (key, ...inside) => el("section", {}, el("h2", {}, say(key)), ...inside);
    const kindChips = tally(texts.map((text) => kinds[facts.kinds[text]])).map(([kind, count]) => {
      const on = chosen.includes(kind);
      const next = on ? chosen.filter((one) => one !== kind) : [...chosen, kind];
      return chip(kindName(kind), count, on, { kind: next.join(" ") });
    });
    const years = tally(texts.map((text) => Math.floor(facts.dates[text] / 10000)).filter(Boolean)).sort((a, b) => b[0] - a[0]);
    const yearChips = years.slice(0, 12).map(([year, count]) => {
      const on = state.from === `${year}-01-01` && state.to === `${year}-12-31`;
      return chip(String(year), count, on, on ? { from: "", to: "" } : { from: `${year}-01-01`, to: `${year}-12-31` });
    });
    const date = (name) => el("label", {}, say(name), el("input", { type: "date", value: state[name], onchange: (event) => remember({ [name]: event.target.value }, true) }));
    const sources = tally(texts.map((text) => facts.names[facts.sources[text]]));
    const sourceChips = sources.slice(0, 10).map(([source, count]) => {
      const on = state.source === source;
      return chip(source, count, on, { source: on ? "" : source });
    });
    box.replaceChildren(group("byKind", ...kindChips), group("byDate", ...yearChips, date("from"), date("to")), group("bySource", ...sourceChips));
  };

  // ------------------------------------------------------------------------------------------ the list

  const more = async (search, found, list, stale) => {
    const from = list.children.length;
    const items = found.chosen.slice(from, from + PAGE).map((text) => async () => entry(await search.text(text), search, found));
    const slots = items.map(() => list.appendChild(el("li")));
    const fill = async (item, i) => {
      const made = await item();
      if (!stale()) slots[i].append(...made);
    };
    // The first is shown before the others are read.
    if (items.length) await fill(items[0], 0);
    await Promise.all(items.slice(1).map((item, i) => (stale() ? undefined : fill(item, i + 1))));
    if (stale() || list.children.length >= found.chosen.length) return;
    const button = el("button", { type: "button", className: "more", onclick: () => (button.remove(), more(search, found, list, stale)) }, say("more"));
    list.after(button);
  };

  const entry = (text, search, { keys, texts }) => {
    const hits = search.hits(text, keys);
    const byPlace = text.segments.map((segment) => hits.filter((hit) => hit.segment === segment)).filter((some) => some.length);
    const first = byPlace.find(([hit]) => hit.segment.anchor) ?? byPlace[0] ?? [];
    const title = el("a", { className: "title", lang: "zh", href: address(text, first[0]?.segment.anchor ?? "", state.q) });
    const inTitle = byPlace.find(([hit]) => hit.segment === text.segments[0] && hit.segment.text === text.title);
    title.append(...(inTitle ? snippet(inTitle, 200).childNodes : [text.title]));
    const about = el("p", { className: "about" }, kindName(text.kind), " · ", text.date ? text.date + " · " : "", text.source, " · ", say("places", { n: texts.get(text.number) || hits.length }));
    const places = byPlace.filter((some) => some !== inTitle).slice(0, 3).map((some) => {
      const line = snippet(some);
      return some[0].segment.anchor ? el("a", { className: "place", href: address(text, some[0].segment.anchor, state.q) }, line) : line;
    });
    return [title, about, ...places];
  };

  // ------------------------------------------------------------------------------------------ hands

  const tools = { $, el, say, address, kindName, snippet, choice, count, remember, state: () => state };
  const box = $("q");
  let composing = false;
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => remember({ q: box.value }, false), 120);
  };
  box.addEventListener("compositionstart", () => void (composing = true));
  box.addEventListener("compositionend", () => ((composing = false), later()));
  box.addEventListener("input", (event) => composing || event.isComposing || later());
  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    remember({ q: box.value }, true);
  });
  box.addEventListener("keydown", (event) => {
    // The check takes lines; elsewhere Enter opens what is found first.
    if (event.key !== "Enter" || composing || event.isComposing || (state.view === "check" && event.shiftKey)) return;
    event.preventDefault();
    const link = /** @type {HTMLElement | null} */ (document.querySelector("#results .title"));
    if (state.view !== "check" && box.value === state.q && link) link.click();
    else $("form").requestSubmit();
  });
  $("script").addEventListener("change", () => remember({ script: $("script").checked ? "1" : "" }, true));
  $("views").addEventListener("click", (event) => {
    const { view } = event.target.dataset;
    if (view) go({ view: view === "list" ? "" : view })(event);
  });
  addEventListener("popstate", () => (recall(), answer()));
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      box.select();
    } else if (event.key === "Escape" && event.target === box && !composing) {
      box.value = "";
      remember({ q: "" }, false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !composing && !(typing && event.target !== box)) {
      const links = /** @type {HTMLElement[]} */ ([box, ...document.querySelectorAll("#results .title")]);
      const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + (event.key === "ArrowDown" ? 1 : -1);
      if (at < 0 || at >= links.length) return;
      event.preventDefault();
      links[at].focus();
    }
  });

  recall();
  duikan.index().then((index) => {
    duikan.manifest = index;
    answer();
    // Every answer needs them: they come while the first query is being typed.
    index.facts().catch(() => {});
  }, () => clear(say(window.DecompressionStream ? "failed" : "old")));
  if (!state.q && matchMedia("(hover: hover)").matches) box.focus();
}
