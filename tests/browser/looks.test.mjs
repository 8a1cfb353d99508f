// Every type of page looks as it was last looked at: the first screen at each width, light and dark, as a picture of coarse
// cells, against the one in `looks/`. Fonts and browsers draw a stroke otherwise; nobody moves a column or a colour unseen.
//
//   DUIKAN_BLESS=1 node --test tests/browser/looks.test.mjs     after a change that was looked at

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PNG } from "pngjs";
import { FIREFOX_WANTED, ROOT, SCHEMES, TARGET, WIDTHS, reshape, sample, site, tour } from "./harness.mjs";

/** Pixels to a side of a cell: some two characters, so that a cell is the grey of its text. */
const CELL = 30;
/** A cell is another one from this difference of a colour on, of 255. */
const FAR = 24;
/** A page looks different from this share of other cells on, of one of its six screens. */
const MANY = 0.04;

const seeds = site("seeds");
const blessed = join(ROOT, "tests/browser/looks");
const seen = join(TARGET, "browser/looks");

/** The mean colours of the cells of a picture. @param {Uint8Array} bytes @returns {PNG} */
function coarse(bytes) {
  const fine = PNG.sync.read(Buffer.from(bytes));
  const out = new PNG({ width: Math.floor(fine.width / CELL), height: Math.floor(fine.height / CELL) });
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      const sum = [0, 0, 0, 0];
      for (let row = y * CELL; row < (y + 1) * CELL; row++) {
        for (let column = x * CELL; column < (x + 1) * CELL; column++) {
          for (let c = 0; c < 4; c++) sum[c] += fine.data[(row * fine.width + column) * 4 + c];
        }
      }
      sum.forEach((total, c) => (out.data[(y * out.width + x) * 4 + c] = Math.round(total / CELL ** 2)));
    }
  }
  return out;
}

/** Pictures above each other in one. @param {PNG[]} screens @returns {PNG} */
function sheet(screens) {
  const width = Math.max(...screens.map((screen) => screen.width));
  const out = new PNG({ width, height: screens.reduce((sum, screen) => sum + screen.height, 0), fill: true });
  let top = 0;
  for (const screen of screens) {
    PNG.bitblt(screen, out, 0, 0, screen.width, screen.height, 0, top);
    top += screen.height;
  }
  return out;
}

/** The share of cells that differ in a band of two sheets. @param {PNG} a @param {PNG} b @param {number} top @param {PNG} screen */
function difference(a, b, top, screen) {
  let far = 0;
  for (let y = top; y < top + screen.height; y++) {
    for (let x = 0; x < screen.width; x++) {
      const at = (y * a.width + x) * 4;
      if ([0, 1, 2].some((c) => Math.abs(a.data[at + c] - b.data[at + c]) > FAR)) far++;
    }
  }
  return far / (screen.width * screen.height);
}

const queries = ["search.html?q=%E5%91%BD%E8%BF%90%E5%85%B1%E5%90%8C%E4%BD%93", "search.html?q=%E5%AE%89%E5%85%A8&view=kwic"];
/** @type {Map<string, string>} */
const pages = new Map(sample(seeds).map((path) => [path.replace(/[/.].*/, ""), path]));
["search-hits", "search-kwic"].forEach((name, i) => pages.set(name, queries[i]));

test("every page looks as it was last looked at", { skip: FIREFOX_WANTED && "the pictures are Chromium's", timeout: 240000 }, async () => {
  const names = [...pages.keys()];
  /** @type {string[]} */
  const other = [];
  mkdirSync(process.env.DUIKAN_BLESS ? blessed : seen, { recursive: true });
  await tour(seeds, [...pages.values()], { over: ["file"] }, async ({ page, url }) => {
    const name = names.find((name) => url(pages.get(name) ?? "") === page.url()) ?? "";
    assert.ok(name, page.url());
    if (name.startsWith("search-")) await page.waitForSelector("#results .title");
    /** @type {PNG[]} */
    const screens = [];
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        await reshape(page, width, scheme);
        screens.push(coarse(await page.screenshot()));
      }
    }
    const now = sheet(screens);
    const file = join(blessed, `${name}.png`);
    if (process.env.DUIKAN_BLESS) return writeFileSync(file, PNG.sync.write(now));
    const before = existsSync(file) ? PNG.sync.read(readFileSync(file)) : new PNG({ width: 0, height: 0 });
    const same = before.width === now.width && before.height === now.height;
    let top = 0;
    const shares = screens.map((screen) => {
      const share = same ? difference(before, now, top, screen) : 1;
      top += screen.height;
      return share;
    });
    if (Math.max(...shares) < MANY) return;
    writeFileSync(join(seen, `${name}.png`), PNG.sync.write(now));
    const said = shares.map((share, i) => `${WIDTHS[i >> 1]} ${SCHEMES[i & 1]} ${(100 * share).toFixed(1)} %`);
    other.push(`${name}: ${said.join(", ")}`);
  });
  assert.deepEqual(other, [], `look at target/browser/looks, then say DUIKAN_BLESS=1:\n${other.join("\n")}`);
});

test("what looks different is told", () => {
  const screen = new PNG({ width: 10, height: 10, fill: true });
  const grey = sheet([screen, screen]);
  assert.equal(difference(grey, grey, 0, screen), 0);
  const other = sheet([screen, screen]);
  other.data.fill(255, 0, 5 * 4);
  assert.equal(difference(grey, other, 0, screen), 0.05);
  assert.equal(difference(grey, other, 10, screen), 0);
});
