// @ts-check
"use strict";
/** On the page of an article that was opened from a search (`?q=…`): all hits marked, and a way from one to the next. */
{
  const query = new URLSearchParams(location.search).get("q");
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const script = (name) =>
    new Promise((done, fail) => {
      const policy = window.trustedTypes?.createPolicy("duikan-" + name, { createScriptURL: (name) => new URL(name + ".js", own).href });
      const element = document.createElement("script");
      element.onload = done;
      element.onerror = fail;
      element.src = /** @type {any} */ (policy ? policy.createScriptURL(name) : new URL(name + ".js", own).href);
      document.head.append(element);
    });

  /** The characters of a block and where each stands. */
  const read = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    for (let node; (node = /** @type {Text} */ (walker.nextNode())); text += node.data) nodes.push({ node, start: text.length });
    const point = (at) => {
      const { node, start } = nodes.findLast(({ start }) => start <= at);
      return { node, offset: at - start };
    };
    return { text, point };
  };

  const find = (search, keys) => {
    const ranges = [];
    for (const block of document.querySelectorAll(".reading h1, .reading .subtitle, .copy .para > p, .copy .para > h2")) {
      const { text, point } = read(block);
      for (const { start, end } of search.hits({ segments: [{ text, ...window.duikan.fold(text, search.script) }] }, keys)) {
        const range = document.createRange();
        const [from, to] = [point(start), point(end - 1)];
        range.setStart(from.node, from.offset);
        range.setEnd(to.node, to.offset + 1);
        ranges.push(range);
      }
    }
    return ranges;
  };

  const bar = (ranges) => {
    const zh = document.documentElement.lang.startsWith("zh");
    const box = document.createElement("div");
    const where = document.createElement("span");
    const hash = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let at = Math.max(0, ranges.findIndex((range) => !hash || hash.contains(range.startContainer)));
    const go = (step) => {
      at = (at + step + ranges.length) % ranges.length;
      CSS.highlights.set("hit", Object.assign(new Highlight(ranges[at]), { priority: 1 }));
      where.textContent = `${at + 1} / ${ranges.length}`;
      const { top, bottom } = ranges[at].getBoundingClientRect();
      if (top < 0 || bottom > innerHeight - 60) scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
    };
    const button = (text, label, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-label", label);
      button.addEventListener("click", act);
      return button;
    };
    const close = () => {
      CSS.highlights.clear();
      box.remove();
    };
    box.className = "hits";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", zh ? "检索所得" : "Hits");
    where.setAttribute("role", "status");
    box.append(button("‹", zh ? "前一处" : "Previous hit", () => go(-1)), where, button("›", zh ? "后一处" : "Next hit", () => go(1)), button("×", zh ? "不再标出" : "Clear", close));
    box.addEventListener("keydown", (event) => event.key === "Escape" && close());
    document.body.append(box);
    go(0);
  };

  if (query && window.CSS?.highlights) {
    (async () => {
      for (const name of ["search-fold", "search-index", "search-query"]) await script(name);
      const index = await window.duikan.index();
      const table = new URLSearchParams(location.search).get("script") === "1" ? await index.traditional() : undefined;
      const search = new window.duikan.Search(index, table);
      const keys = window.duikan.parse(query).filter((word) => !word.not).flatMap((word) => word.phrases).map((phrase) => search.key(phrase)).filter(Boolean);
      const ranges = find(search, keys);
      if (!ranges.length) return;
      CSS.highlights.set("hits", new Highlight(...ranges));
      bar(ranges);
    })().catch(() => undefined);
  }
}
