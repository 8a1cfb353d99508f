// @ts-check
"use strict";
/**
 * Queries: 峰会 -体育 "上海 精神" 习近平|普京. Words separated by space must all stand in a text; | gives a choice;
 * - denies; "…" keeps spaces and signs as they are. Everything is a substring, found by its grams and then verified.
 */
{
  const duikan = (window.duikan ||= {});
  /** Lists that are read before the texts are looked at. */
  const LISTS = 8;
  /** Units under which rare grams are looked up; groups that are as soon read as another list of rare grams, or of common ones. */
  const PIVOTS = 5;
  const FEW = 2;
  const ENOUGH = 4;
  /** Units by frequency up to which a phrase is likelier to be common than to have a rare gram. */
  const FREQUENT = 400;

  /**
   * @param {string} query
   * @returns {{not: boolean, phrases: string[]}[]}
   */
  duikan.parse = (query) => {
    const words = [];
    let word = { not: false, phrases: [""] };
    let quoted = false;
    const close = () => {
      word.phrases = word.phrases.filter(Boolean);
      if (word.phrases.length) words.push(word);
      word = { not: false, phrases: [""] };
    };
    for (const c of query) {
      const empty = word.phrases.length === 1 && !word.phrases[0];
      if (c === '"') quoted = !quoted;
      else if (quoted) word.phrases[word.phrases.length - 1] += c;
      else if (/\s/.test(c)) close();
      else if (c === "-" && empty && !word.not) word.not = true;
      else if ((c === "|" || c === "｜") && !empty) word.phrases.push("");
      else word.phrases[word.phrases.length - 1] += c;
    }
    close();
    return words;
  };

  const meet = (a, b) => a.filter((x) => b.has(x));
  const places = (key, needle) => {
    const found = [];
    for (let at = key.indexOf(needle); at >= 0; at = key.indexOf(needle, at + 1)) found.push(at);
    return found;
  };

  const kept = (held, number, make) => {
    if (held.size > 4000) held.clear();
    if (!held.has(number)) held.set(number, make());
    return held.get(number);
  };

  class Search {
    /** @param {any} index @param {Map<string, string>} [script] simplified forms, where script is folded */
    constructor(index, script) {
      this.index = index;
      this.script = script;
      this.keys = new Map();
      this.texts = new Map();
      this.found = new Map();
    }

    /** The key of a phrase as it is verified. */
    key(phrase) {
      return duikan.fold(phrase, this.script).key;
    }

    /** The folded segments of a text, read. */
    async text(number) {
      const row = await this.index.row(number);
      // A number that no text has any more.
      if (!row) return;
      return kept(this.texts, number, () => {
        const [id, inferred, kind, date, source, parts] = row;
        const segments = [];
        for (let i = 0; i < parts.length; i += 2) {
          segments.push({ anchor: parts[i], text: parts[i + 1], ...duikan.fold(parts[i + 1], this.script) });
        }
        return { number, id, title: inferred ?? parts[1], kind, date, source, segments };
      });
    }

    /** The keys of a text's segments as one, read. */
    async keyOf(number) {
      const row = await this.index.row(number);
      return kept(this.keys, number, () => (row ? row[5].map((part, i) => (i % 2 ? duikan.key(part, this.script) + "\n" : "")).join("") : ""));
    }

    /** Places of phrases in a text, in order: segment, and characters of it. */
    hits(text, keys) {
      return text.segments.flatMap((segment) =>
        keys
          .flatMap((key) => places(segment.key, key).map((at) => ({ segment, key, at, start: segment.at[at], end: segment.end[at + key.length - 1] })))
          .sort((a, b) => a.start - b.start || b.end - a.end));
    }

    /**
     * Every text with a phrase, and how often (0 where a single character was not counted).
     * @param {string} phrase @param {Map<number, number>} [within] the only texts that matter
     * @returns {Promise<{texts: Map<number, number>, total?: number}>}
     */
    phrase(phrase, within) {
      const needle = this.key(phrase);
      if (!needle) return Promise.resolve({ texts: new Map() });
      if (within) return this.find(needle, within);
      if (!this.found.has(needle)) {
        if (this.found.size > 200) this.found.clear();
        this.found.set(needle, this.find(needle));
      }
      return this.found.get(needle);
    }

    async find(needle, within) {
      const { index } = this;
      const { manifest } = index;
      const groups = manifest.groups.names.length;
      const late = Array.from({ length: groups - manifest.indexed }, (_, i) => manifest.indexed + i);
      const key = [...needle].map((c) => index.script.get(c) ?? c).join("");
      const plan = manifest.indexed ? await this.candidates(key) : { groups: [] };
      const exact = this.script || ![...key].some((c) => manifest.ambiguous.includes(c));
      const found = { texts: new Map(), total: undefined };
      const some = plan.texts && within ? [...plan.texts].filter((text) => within.has(text)) : plan.texts;
      if (plan.exact && exact && !within) {
        plan.texts.forEach((text, i) => found.texts.set(text, plan.counts?.[i] ?? 0));
        if (key.length === 1) found.total = plan.total;
      } else await this.verify(needle, some ?? this.textsOf(plan.groups, within), found);
      await this.verify(needle, this.textsOf(late, within), found);
      return found;
    }

    textsOf(groups, within) {
      const { firsts } = this.index;
      const texts = [...groups].flatMap((group) => Array.from({ length: firsts[group + 1] - firsts[group] }, (_, i) => firsts[group] + i));
      return within ? texts.filter((text) => within.has(text)) : texts;
    }

    /** Looks for a key in texts, which reads their groups. */
    async verify(needle, texts, found) {
      const groups = new Set(Array.from(texts, (text) => this.index.groupOf(text)));
      await Promise.all([...groups].map((group) => this.index.read(group)));
      for (const text of texts) {
        const count = places(await this.keyOf(text), needle).length;
        if (count) found.texts.set(text, count);
        if (found.total) found.total += count;
      }
    }

    /**
     * The texts of a key, counted, where it is common; or else those texts (or, where a gram is rare, groups) that have what
     * is common of it at each of its places, the rarest first and no more than needed.
     * @param {string} key
     */
    async candidates(key) {
      const { index } = this;
      if (key.length === 1) {
        const [rare, common] = [async () => index.groupsOf(key + "\n", 0), async () => index.common.list(index.filed(key + "\n"))];
        if (index.rarity(key) < 65535) {
          const list = await common();
          return list ? { ...list, exact: true } : { groups: (await rare()) ?? [] };
        }
        const groups = await rare();
        return groups ? { groups } : { ...((await common()) ?? { groups: [] }), exact: true };
      }
      // The rarest unit first: what is filed under it may settle it.
      const units = key.split("").map((unit, at) => ({ unit, at, rarity: index.rarity(unit) }));
      units.sort((a, b) => b.rarity - a.rarity || (a.unit < b.unit ? 1 : -1));
      let state = {};
      if (index.hasRare && units[0].rarity > FREQUENT) {
        state = await this.byRare(key, units);
        if (state.groups && (key.length === 2 || state.groups.length <= ENOUGH)) return state;
      }
      const read = new Set();
      let before = Infinity;
      for (let at = 0; at !== undefined; ) {
        const list = await index.look(key.slice(at));
        if (!list || list.none) return { groups: [] };
        if (!at && (list.exact || key.length === 2)) return list;
        state = this.narrow(state, list);
        read.add(at);
        const size = (state.texts ?? state.groups).length;
        // What no longer narrows is not worth reading.
        if (size < 2 || state.groups?.length <= FEW || read.size >= LISTS || (read.size > 3 && size > before * 0.7)) break;
        before = size;
        // What is common ends here: the gram across its end tells most.
        const across = at + list.depth - 1;
        const fresh = (at) => at < key.length - 1 && !read.has(at);
        at = [0, list.depth > 2 ? across : 0, ...units.map(({ at }) => at)].find(fresh);
      }
      return state;
    }

    /** Groups that may have a key, by what is filed under its rarer units; none are told where no gram of it is rare. */
    async byRare(key, units) {
      let groups;
      const read = new Set();
      for (const { unit } of units) {
        if (read.has(unit)) continue;
        if (read.size >= PIVOTS || (groups && groups.length <= FEW) || (!groups && read.size > 1)) break;
        for (let at = 0; at < key.length - 1; at++) {
          if (this.index.filed(key.slice(at, at + 2))[0] !== unit) continue;
          read.add(unit);
          const some = await this.index.groupsOf(key, at);
          if (some) groups = groups ? meet(groups, new Set(some)) : some;
        }
      }
      return { groups };
    }

    narrow({ groups, texts }, list) {
      const { index } = this;
      if (list.groups) groups = groups ? meet(groups, new Set(list.groups)) : [...list.groups];
      else texts = texts ? meet(texts, new Set(list.texts)) : list.texts;
      if (groups && texts) {
        const allowed = new Set(groups);
        texts = texts.filter((text) => allowed.has(index.groupOf(text)));
        groups = [...new Set(Array.from(texts, (text) => index.groupOf(text)))];
      }
      return { groups, texts };
    }

    /**
     * Texts with all words of a query.
     * @returns {Promise<{texts: Map<number, number>, total?: number, keys: string[]}>}
     */
    async query(words) {
      const wanted = words.filter((word) => !word.not);
      let all;
      for (const word of wanted.sort((a, b) => Math.min(...b.phrases.map((p) => p.length)) - Math.min(...a.phrases.map((p) => p.length)))) {
        const found = { texts: new Map(), total: undefined };
        for (const phrase of new Set(word.phrases.map((phrase) => this.key(phrase)))) {
          const one = await this.phrase(phrase, all && phrase.length < 2 ? all.texts : undefined);
          one.texts.forEach((count, text) => found.texts.set(text, (found.texts.get(text) ?? 0) + count));
          if (wanted.length === 1 && word.phrases.length === 1) found.total = one.total;
        }
        if (all) all.texts.forEach((count, text) => (found.texts.has(text) ? found.texts.set(text, found.texts.get(text) + count) : 0));
        if (all) [...found.texts.keys()].forEach((text) => all.texts.has(text) || found.texts.delete(text));
        all = found;
      }
      if (!all) return { texts: new Map(), keys: [] };
      for (const word of words.filter((word) => word.not)) {
        for (const phrase of word.phrases) {
          for (const text of (await this.phrase(phrase)).texts.keys()) if (all.texts.delete(text)) all.total = undefined;
        }
      }
      return { ...all, keys: [...new Set(wanted.flatMap((word) => word.phrases.map((phrase) => this.key(phrase))))] };
    }

    /** The longest part of a phrase that stands anywhere, at least two characters of it. */
    async nearest(phrase) {
      const chars = [...phrase].slice(0, 60);
      let best = "";
      for (let from = 0, to = 2; to <= chars.length; ) {
        const part = chars.slice(from, to).join("");
        if (to - from > 1 && this.key(part).length > 1 && (await this.phrase(part)).texts.size) {
          if (part.length > best.length) best = part;
          to++;
        } else if (++from + 2 > to) to++;
      }
      return best;
    }
  }

  duikan.Search = Search;
}
