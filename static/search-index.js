// @ts-check
"use strict";
/**
 * Shards of the index: loaded as scripts, which works from a folder as well as from a host, and read bit by bit.
 * What stands where is written by src/shard.
 */
{
  const duikan = (window.duikan ||= {});
  const folder = new URL("../search/", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const address = (name) => folder + name + ".js";
  const policy = window.trustedTypes?.createPolicy("duikan-shards", { createScriptURL: address });
  const ESCAPE = 0xe000;
  const FLIP = 0x2000;
  const FAR = 20;
  /** Shards of postings that are kept; those of texts all are. */
  const KEPT = 48;

  /** @type {Map<string, (packed: string) => void>} */
  const waiting = new Map();
  duikan.shard = (name, packed) => waiting.get(name)?.(packed);

  /** Loads a shard. @param {string} name @returns {Promise<Uint16Array>} */
  const load = (name) =>
    new Promise((done, fail) => {
      const script = document.createElement("script");
      waiting.set(name, (packed) => done(unpack(packed)));
      script.onload = script.onerror = () => {
        waiting.delete(name);
        script.remove();
        fail(new Error(name));
      };
      script.src = /** @type {any} */ (policy ? policy.createScriptURL(name) : address(name));
      document.head.append(script);
    });

  const unpack = (packed) => {
    const units = new Uint16Array(packed.length + 2);
    let to = 0;
    for (let i = 0; i < packed.length; i++) {
      const unit = packed.charCodeAt(i);
      units[to++] = unit === ESCAPE ? packed.charCodeAt(++i) ^ FLIP : unit;
    }
    return units.subarray(0, to + 1);
  };

  /** Loads a shard of deflated JSON. */
  const json = async (name) => {
    const units = await load(name);
    const bytes = new Uint8Array(units.length * 2 - 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = i & 1 ? units[i >> 1] & 255 : units[i >> 1] >> 8;
    const whole = new Blob([bytes.subarray(1, bytes.length - bytes[0])]);
    const plain = await new Response(whole.stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
    return JSON.parse(new TextDecoder("utf-16le").decode(plain));
  };

  class Bits {
    constructor(units) {
      this.units = units;
      this.at = 0;
    }
    window() {
      const unit = this.at >> 4;
      return ((this.units[unit] << 16) | this.units[unit + 1]) << (this.at & 15);
    }
    fixed(width) {
      if (width > 16) {
        const high = this.fixed(width - 16);
        return high * 65536 + this.fixed(16);
      }
      const value = width && this.window() >>> (32 - width);
      this.at += width;
      return value;
    }
    unary() {
      let count = 0;
      for (;;) {
        const ones = Math.clz32(~this.window());
        if (ones < 16) {
          this.at += ones + 1;
          return count + ones;
        }
        this.at += 16;
        count += 16;
      }
    }
    delta() {
      const steps = this.unary();
      const width = 2 ** steps + this.fixed(steps) - 1;
      return 2 ** width + this.fixed(width) - 1;
    }
    rice(k) {
      const quotient = this.unary();
      return quotient < FAR ? quotient * 2 ** k + this.fixed(k) : this.delta();
    }
  }

  const parameter = (span, count) => 31 - Math.clz32(Math.max(1, Math.floor((span * 11) / (16 * Math.max(1, count)))));

  const pair = (gram) => String.fromCharCode(gram >>> 16, gram & 65535);

  /** How many units two keys begin with alike. */
  const alike = (a, b) => {
    let at = 0;
    while (at < a.length && at < b?.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
    return at;
  };

  /** The place after the last of `sorted` that is not above `value`. */
  const after = (sorted, value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** A cache that forgets what was not asked for lately. */
  const cached = (make, keep) => {
    const held = new Map();
    return (name) => {
      const value = held.get(name) ?? make(name);
      held.delete(name);
      held.set(name, value);
      if (held.size > keep) held.delete(held.keys().next().value);
      value.catch?.(() => held.delete(name));
      return value;
    };
  };

  class Index {
    /** @param {any} manifest */
    constructor(manifest) {
      this.manifest = manifest;
      const { groups, script } = manifest;
      /** First text of each group, and the end. */
      this.firsts = [0];
      for (const count of groups.counts) this.firsts.push(this.firsts[this.firsts.length - 1] + count);
      const to = [...script[1]];
      this.script = new Map([...script[0]].map((c, i) => [c, to[i]]));
      this.rows = cached((group) => json(groups.names[group]), Infinity);
      this.lists = cached(async (shard) => this.outline(await load(manifest.lists.names[shard])), KEPT);
      this.starts = manifest.lists.firsts.map((gram, i) => pair(gram) + String.fromCharCode(...manifest.lists.tails[i]));
      this.look = cached((key) => this.find(key), 400);
    }

    groupOf(text) {
      return after(this.firsts, text) - 1;
    }

    /** What is known of every text without reading it. */
    facts() {
      return (this.factsLoaded ||= Promise.all(this.manifest.facts.map(json)).then((chunks) => {
        const facts = { lengths: [], kinds: [], dates: [], sources: [], names: [] };
        const places = new Map();
        for (const chunk of chunks) {
          let day = 0;
          for (const step of chunk.dates) facts.dates.push((day += step));
          const names = chunk.names.map((name) => {
            if (!places.has(name)) places.set(name, facts.names.push(name) - 1);
            return places.get(name);
          });
          for (const source of chunk.sources) facts.sources.push(names[source]);
          for (const length of chunk.lengths) facts.lengths.push(length);
          for (const kind of chunk.kinds) facts.kinds.push(kind);
        }
        return facts;
      }));
    }

    /** Every traditional form with its simplified one. @returns {Promise<Map<string, string>>} */
    traditional() {
      return (this.table ||= json(this.manifest.traditional).then(([from, to]) => {
        const forms = [...to];
        return new Map([...from].map((c, i) => [c, forms[i]]));
      }));
    }

    /** How rare a gram seems to be: by how many others share its shard. */
    rarity(key) {
      return this.manifest.lists.grams[Math.max(0, this.shardOf(key))];
    }

    /** The grams of a shard in order, and where the list of each begins. */
    outline(units) {
      const bits = new Bits(units);
      const keys = [];
      const places = [];
      const pass = (key) => {
        keys.push(key);
        places.push(bits.at);
        return this.readPostings(bits, key[1] === "\n", false);
      };
      for (let count; (count = bits.at < units.length * 16 ? bits.delta() : 0); ) {
        const first = String.fromCharCode(bits.fixed(16));
        let second = bits.fixed(16);
        const k = bits.fixed(4);
        for (; count > 0; count--, second++) {
          second += bits.rice(k);
          let key = first + String.fromCharCode(second);
          if (!pass(key).common || second === 10) continue;
          for (let longs = bits.delta(), tail = ""; longs > 0; longs--) {
            const shared = bits.delta();
            tail = tail.slice(0, shared) + String.fromCharCode(...Array.from({ length: bits.delta() }, () => bits.fixed(16)));
            pass(key + tail);
          }
        }
      }
      return { units, keys, places };
    }

    readPostings(bits, any, keep) {
      const common = bits.fixed(1);
      const span = common ? this.firsts[this.manifest.indexed] : this.manifest.indexed;
      const length = common ? bits.delta() : bits.delta() + 1;
      const more = common ? bits.delta() : 0;
      const k = parameter(span, length);
      const numbers = keep ? new Uint32Array(length) : undefined;
      for (let i = 0, next = 0; i < length; i++) {
        const gap = bits.rice(k);
        if (numbers) numbers[i] = next += gap;
        next++;
      }
      if (!common) return { common, groups: numbers };
      const counts = keep && !any ? new Uint32Array(length).fill(1) : undefined;
      if (!any && more > length) {
        const k = parameter(more, length);
        for (let i = 0; i < length; i++) {
          const extra = bits.rice(k);
          if (counts) counts[i] += extra;
        }
      } else if (!any) {
        const k = parameter(length, more);
        for (let i = 0, ordinal = 0; i < more; i++) {
          ordinal += bits.rice(k);
          if (counts) counts[ordinal]++;
        }
      }
      return { common, texts: numbers, counts, total: length + more };
    }

    shardOf(key) {
      return after(this.starts, key) - 1;
    }

    entry({ units, keys, places }, at) {
      const bits = new Bits(units);
      bits.at = places[at];
      return this.readPostings(bits, keys[at][1] === "\n", true);
    }

    /** The list of exactly this gram. */
    async list(key) {
      const from = this.shardOf(key);
      const shard = from < 0 ? undefined : await this.lists(from);
      const at = shard ? after(shard.keys, key) - 1 : -1;
      return at < 0 || shard.keys[at] !== key ? undefined : this.entry(shard, at);
    }

    /**
     * What the lists tell of a key of two units or more: every text that has it, with counts (`exact`); or, where it is not
     * common, texts or groups among which all of those are, which have its first units (`depth`); or nothing, if it stands nowhere.
     * @param {string} key
     */
    async find(key) {
      const from = this.shardOf(key);
      let to = from;
      if (from < 0) return;
      while (this.starts[to + 1]?.startsWith(key)) to++;
      const shards = await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => this.lists(from + i)));
      const found = [];
      let before = 0;
      for (const shard of shards) {
        let at = after(shard.keys, key);
        if (at && shard.keys[at - 1] === key) at--;
        before ||= alike(key, shard.keys[at - 1] ?? "");
        for (; shard.keys[at]?.startsWith(key); at++) found.push(this.entry(shard, at));
        before = Math.max(before, alike(key, shard.keys[at] ?? this.starts[to + 1]));
      }
      const list = found.length ? this.unite(found) : before > 1 && (await this.list(key.slice(0, before)));
      return list && { ...list, exact: found.length && list.common, depth: before };
    }

    /** Lists of different places as one. */
    unite(lists) {
      if (lists.length === 1) return lists[0];
      const sums = new Uint32Array(this.firsts[this.manifest.indexed]);
      let length = 0;
      for (const { texts, counts } of lists) {
        for (let i = 0; i < texts.length; i++) {
          if (!sums[texts[i]]) length++;
          sums[texts[i]] += counts[i];
        }
      }
      const texts = new Uint32Array(length);
      const counts = new Uint32Array(length);
      for (let text = 0, i = 0; i < length; text++) {
        if (sums[text]) [texts[i], counts[i++]] = [text, sums[text]];
      }
      return { common: 1, texts, counts, total: lists.reduce((sum, list) => sum + list.total, 0) };
    }

    /** The texts of a group. @param {number} group */
    read(group) {
      return this.rows(group);
    }

    async row(text) {
      const group = this.groupOf(text);
      return (await this.read(group))[text - this.firsts[group]];
    }
  }

  /** The index of the site. @returns {Promise<Index>} */
  duikan.index = () =>
    (duikan.indexLoaded ||= json("manifest").then((manifest) => {
      duikan.rules(manifest.rules);
      return new Index(manifest);
    }));
}
