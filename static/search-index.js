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
  const END = 10;
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
    below(limit) {
      const width = 32 - Math.clz32(limit - 1);
      if (limit < 2) return 0;
      const value = this.fixed(width - 1);
      const short = 2 ** width - limit;
      return value < short ? value : value * 2 + this.fixed(1) - short;
    }
  }

  const parameter = (span, count) => 31 - Math.clz32(Math.max(1, Math.floor((span * 11) / (16 * Math.max(1, count)))));

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
      this.rowsAt = new Map();
      this.lists = cached(async (shard) => this.outline(await load(manifest.lists.names[shard])), KEPT);
      this.pieces = cached(async (shard) => this.pieceOutline(await load(manifest.offsets.names[shard])), KEPT);
      this.list = cached((gram) => this.readList(gram), 400);
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

    /** How common a unit seems to be, from how much of the index it takes. */
    weight(unit) {
      const { firsts } = this.manifest.lists;
      const from = after(firsts, unit * 65536);
      const to = after(firsts, unit * 65536 + 65535);
      if (to > from) return 1 + to - from;
      const distance = ((firsts[to] ?? 2 ** 32) - (firsts[to - 1] ?? 0)) / 65536;
      return 1 / (1 + distance / 64);
    }

    /** Where the list of each gram begins in a shard. */
    outline(units) {
      const bits = new Bits(units);
      const places = new Map();
      for (let count; (count = bits.at < units.length * 16 ? bits.delta() : 0); ) {
        const first = bits.fixed(16);
        let second = bits.fixed(16);
        const k = bits.fixed(4);
        for (; count > 0; count--, second++) {
          second += bits.rice(k);
          places.set(first * 65536 + second, bits.at);
          this.readPostings(bits, second === END, false);
        }
      }
      return { units, places };
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
      if (!common) return { groups: numbers };
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
      return { texts: numbers, counts, total: length + more };
    }

    shardOf(gram) {
      return after(this.manifest.lists.firsts, gram) - 1;
    }

    /**
     * The list of a gram (two units in one number): of texts if it is common, of groups if it is rare, else nothing.
     * @param {number} gram
     */
    async readList(gram) {
      const shard = this.shardOf(gram);
      if (shard < 0) return;
      const { units, places } = await this.lists(shard);
      const at = places.get(gram);
      if (at === undefined) return;
      const bits = new Bits(units);
      bits.at = at;
      return this.readPostings(bits, gram % 65536 === END, true);
    }

    pieceOutline(units) {
      const bits = new Bits(units);
      const pieces = [];
      for (let texts; (texts = bits.at < units.length * 16 ? bits.delta() : 0); ) {
        const gram = bits.fixed(32);
        const length = bits.delta();
        pieces.push({ gram, texts, at: bits.at });
        bits.at += length;
      }
      return { units, pieces };
    }

    /** Which shards hold the offsets of a gram. */
    pieceShards(gram) {
      const { firsts } = this.manifest.offsets;
      const from = Math.max(0, after(firsts, gram - 1) - 1);
      return Array.from({ length: after(firsts, gram) - from }, (_, i) => from + i);
    }

    /**
     * Where a common gram stands in each of its texts.
     * @param {number} gram @param {{texts: Uint32Array, counts: Uint32Array}} list
     * @returns {Promise<Map<number, number[]>>}
     */
    async offsets(gram, list) {
      const found = new Map();
      const { longest } = this.manifest.groups;
      let ordinal = 0;
      for (const { units, pieces } of await Promise.all(this.pieceShards(gram).map(this.pieces))) {
        for (const piece of pieces) {
          if (piece.gram !== gram) continue;
          const bits = new Bits(units);
          bits.at = piece.at;
          for (const end = ordinal + piece.texts; ordinal < end; ordinal++) {
            const limit = longest[this.groupOf(list.texts[ordinal])];
            found.set(list.texts[ordinal], Array.from({ length: list.counts[ordinal] }, () => bits.below(limit)));
          }
        }
      }
      return found;
    }

    /** The texts of a group. @param {number} group */
    async read(group) {
      const rows = await this.rows(group);
      if (!this.rowsAt.has(group)) this.rowsAt.set(group, rows);
      return rows;
    }

    /** Whether a group has been read already. */
    has(group) {
      return this.rowsAt.has(group);
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
