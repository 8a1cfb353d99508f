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
  /** Kinds of what stands beside a rare gram. */
  const BESIDE = 4;
  /** Shards of lists that are kept, of rare grams and of common ones; those of texts all are. */
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

  /** Bytes → text: the units that occur, by their gaps, and then a byte for each of the frequent ones and two for the others. */
  const decode = (bytes) => {
    let at = 0;
    const number = () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    };
    const count = number();
    const singles = 256 - Math.ceil(Math.max(0, count - 256) / 255);
    const units = new Uint16Array(count);
    for (let i = 0, next = 0; i < count; i++) {
      if (i >= singles && (i - singles) % 256 === 0) next = 0;
      next = (units[i] = next + number()) + 1;
    }
    const text = new Uint16Array(bytes.length - at);
    let size = 0;
    while (at < bytes.length) {
      const byte = bytes[at++];
      text[size++] = units[byte < singles ? byte : singles + (byte - singles) * 256 + bytes[at++]];
    }
    return new TextDecoder("utf-16le").decode(text.subarray(0, size));
  };

  /** Loads a shard of coded and deflated JSON. */
  const json = async (name) => {
    const units = await load(name);
    const bytes = new Uint8Array(units.length * 2 - 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = i & 1 ? units[i >> 1] & 255 : units[i >> 1] >> 8;
    const whole = new Blob([bytes.subarray(1, bytes.length - bytes[0])]);
    const plain = await new Response(whole.stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
    return JSON.parse(decode(new Uint8Array(plain)));
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

  /** A gram as it is filed: the unit that it is filed under, the side on which the other one stands, that one, and what follows both. */
  const filed = (number, tail) => String.fromCharCode(Math.floor(number / 131072), (number >>> 16) & 1, number & 65535, ...tail);

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

  /** Shards of lists, in the order of grams as they are filed. */
  class Lists {
    /**
     * @param {{names: string[], firsts: number[], tails: number[][]}} directory
     * @param {(bits: Bits, keep: boolean, any: boolean) => any} read what a list says, or only where it ends
     * @param {boolean} longer whether grams have longer ones
     */
    constructor(directory, read, longer) {
      this.read = read;
      this.longer = longer;
      let number = 0;
      this.starts = directory.firsts.map((step, i) => filed((number += step), directory.tails[i]));
      this.shards = cached(async (shard) => this.outline(await load(directory.names[shard])), KEPT);
    }

    shardOf(gram) {
      return after(this.starts, gram) - 1;
    }

    /** Where the run of each unit and side begins. */
    outline(units) {
      const bits = new Bits(units);
      const runs = new Map();
      for (let count; (count = bits.at < units.length * 16 ? bits.delta() : 0); ) {
        const head = String.fromCharCode(bits.fixed(16), bits.fixed(1));
        const length = bits.delta();
        runs.set(head, { count, at: bits.at });
        bits.at += length;
      }
      return { units, runs };
    }

    /** The grams of a run in order, and where the list of each begins. */
    async run(shard, gram) {
      const { units, runs } = await this.shards(shard);
      const head = gram.slice(0, 2);
      const run = runs.get(head);
      if (!run) return { units, grams: [], places: [] };
      if (run.grams) return run;
      const bits = new Bits(units);
      bits.at = run.at;
      const grams = [];
      const places = [];
      const pass = (gram) => {
        grams.push(gram);
        places.push(bits.at);
        this.read(bits, false, gram[2] === "\n");
      };
      let other = bits.fixed(16);
      const k = bits.fixed(4);
      for (let { count } = run; count > 0; count--, other++) {
        other += bits.rice(k);
        const gram = head + String.fromCharCode(other);
        pass(gram);
        if (!this.longer || other === 10) continue;
        for (let longs = bits.delta(), tail = ""; longs > 0; longs--) {
          const shared = bits.delta();
          tail = tail.slice(0, shared) + String.fromCharCode(...Array.from({ length: bits.delta() }, () => bits.fixed(16)));
          pass(gram + tail);
        }
      }
      return Object.assign(run, { units, grams, places });
    }

    entry({ units, grams, places }, at) {
      const bits = new Bits(units);
      bits.at = places[at];
      return this.read(bits, true, grams[at][2] === "\n");
    }

    /** The list of exactly this gram. */
    async list(gram) {
      const from = this.shardOf(gram);
      if (from < 0) return;
      const run = await this.run(from, gram);
      const at = after(run.grams, gram) - 1;
      return run.grams[at] === gram ? this.entry(run, at) : undefined;
    }
  }

  class Index {
    /** @param {any} manifest */
    constructor(manifest) {
      this.manifest = manifest;
      const { groups, script, lists } = manifest;
      /** First text of each group, and the end. */
      this.firsts = [0];
      for (const count of groups.counts) this.firsts.push(this.firsts[this.firsts.length - 1] + count);
      const to = [...script[1]];
      this.script = new Map([...script[0]].map((c, i) => [c, to[i]]));
      this.ranks = new Map([...lists.frequent].map((c, i) => [c, i + 1]));
      this.rows = cached((group) => json(groups.names[group]), Infinity);
      this.rare = new Lists(lists.rare, (bits) => this.readPlaces(bits), false);
      this.common = new Lists(lists.common, (bits, keep, any) => this.readTexts(bits, keep, any), true);
      this.hasRare = lists.rare.names.length > 0;
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
          let source = 0;
          for (const step of chunk.sources) facts.sources.push(names[(source += step)]);
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

    /** How rare a unit is; a line end stands for any. */
    rarity(unit) {
      return unit === "\n" ? 0 : this.ranks.get(unit) ?? 65535;
    }

    /** A key of two units or more as it is filed. */
    filed(key) {
      const [first, second] = [key[0], key[1]];
      const step = this.rarity(second) - this.rarity(first);
      return (step > 0 || (!step && second > first) ? second + "\u0001" + first : first + "\0" + second) + key.slice(2);
    }

    /** Groups that have a rare gram, and what stands beside it there. */
    readPlaces(bits) {
      const length = bits.delta() + 1;
      const places = new Uint32Array(length);
      const k = parameter(this.manifest.indexed * BESIDE, length);
      for (let i = 0, next = 0; i < length; i++) {
        places[i] = next + bits.rice(k);
        next = places[i] + 1;
      }
      return places;
    }

    /** Texts that have a common gram; how often, unless it is a single unit. */
    readTexts(bits, keep, any) {
      const length = bits.delta();
      const more = bits.delta();
      const k = parameter(this.firsts[this.manifest.indexed], length);
      const texts = keep ? new Uint32Array(length) : undefined;
      for (let i = 0, next = 0; i < length; i++) {
        const gap = bits.rice(k);
        if (texts) texts[i] = next += gap;
        next++;
      }
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
      return { texts, counts, total: length + more };
    }

    /**
     * The groups that may have the two units at a place of a key, by what stands beside them in the key; or nothing, if they are
     * not rare. @param {string} key @param {number} at
     */
    async groupsOf(key, at) {
      const gram = this.filed(key.slice(at, at + 2));
      const places = await this.rare.list(gram);
      if (!places) return;
      const beside = gram[2] === "\n" ? undefined : key[gram[1] === "\0" ? at + 2 : at - 1];
      const kept = beside === undefined ? places : places.filter((place) => place % BESIDE === beside.charCodeAt(0) % BESIDE);
      return [...new Set(Array.from(kept, (place) => Math.floor(place / BESIDE)))];
    }

    /**
     * What the lists tell of a key of two units or more: every text that has it, with counts (`exact`); or, where it is not
     * common, texts or groups among which all of those are, which have its first units (`depth`); or nothing, if it stands nowhere.
     * @param {string} key
     */
    async find(key) {
      return (await this.findCommon(this.filed(key))) ?? (await this.findRare(key));
    }

    async findRare(key) {
      const groups = this.hasRare ? await this.groupsOf(key, 0) : undefined;
      return groups && { groups, depth: 2 };
    }

    /** The same of a key as it is filed, unless its first two units are not common; `none` where it stands nowhere. */
    async findCommon(key) {
      const { common } = this;
      const from = common.shardOf(key);
      let to = from;
      if (from < 0) return;
      while (common.starts[to + 1]?.startsWith(key)) to++;
      const runs = await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => common.run(from + i, key)));
      const found = [];
      let shared = 0;
      for (const run of runs) {
        let at = after(run.grams, key);
        if (at && run.grams[at - 1] === key) at--;
        shared ||= alike(key, run.grams[at - 1] ?? "");
        for (; run.grams[at]?.startsWith(key); at++) found.push(common.entry(run, at));
        shared = Math.max(shared, alike(key, run.grams[at] ?? common.starts[to + 1]));
      }
      if (found.length) return { ...this.unite(found), exact: true, depth: key.length - 1 };
      if (shared < 3) return;
      const list = await common.list(key.slice(0, shared));
      return list ? { ...list, depth: shared - 1 } : { none: true };
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
      return { texts, counts, total: lists.reduce((sum, list) => sum + list.total, 0) };
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
