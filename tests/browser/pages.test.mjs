// What holds of every page, whatever it is: it opens without a complaint, with and without JavaScript, from a file and from
// a server under a sub-path; nothing scrolls sideways on the smallest phone; axe finds nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FIREFOX_WANTED, SCHEMES, axe, overflow, sample, site, visit } from "./harness.mjs";

const seeds = site("seeds");
const skip = FIREFOX_WANTED && "only Chromium can be told so";

test("the site has pages", () => assert.ok(seeds.pages.includes("index.html"), seeds.pages.join(" ")));

for (const path of sample(seeds, 2)) {
  test(`${path} opens without a complaint`, () => visit(seeds, path, {}));
  test(`${path} opens without JavaScript`, { skip }, () =>
    visit(seeds, path, { javascript: false, over: ["file"] }, async ({ page }) => {
      assert.ok(await page.$("main h1"), "a heading is there without scripts");
    }));
}

for (const path of sample(seeds)) {
  test(`${path} fits a phone of 320 pixels`, () =>
    visit(seeds, path, { over: ["file"], width: 320 }, async ({ page }) => {
      assert.deepEqual(await overflow(page), []);
    }));
  for (const scheme of SCHEMES) {
    for (const width of [390, 1440]) {
      test(`${path} is open to all, ${scheme}, ${width}`, { skip }, () =>
        visit(seeds, path, { over: ["file"], width, scheme, bypassCsp: true }, async ({ page }) => {
          assert.deepEqual(await axe(page), []);
        }));
    }
  }
}
