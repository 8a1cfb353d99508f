// What holds of every page, whatever it is: it opens without a complaint, with and without JavaScript, from a file and from
// a server under a sub-path; nothing scrolls sideways on the smallest phone; axe finds nothing, in either language.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FIREFOX_WANTED, SCHEMES, axe, overflow, reshape, sample, settings, site, tour, visit } from "./harness.mjs";

const seeds = site("seeds");
const english = site("seeds", ["--config", settings('title = "Collations"\nui = "en"\n')]);
const skip = FIREFOX_WANTED && "only Chromium can be told so";

test("the site has pages of every type", () => {
  const types = new Set(sample(seeds).map((path) => path.replace(/\/.*/, "/")));
  const wanted = ["index.html", "a/", "source/", "compare/", "shared/", "quotes/", "search.html", "terms/", "timeline.html", "about.html", "404.html"];
  assert.deepEqual(wanted.filter((type) => !types.has(type)), []);
  assert.deepEqual(english.pages.map((path) => path.replace(/.*\//, "")).length, seeds.pages.length);
});

const many = sample(seeds, 3);

test(`${many.length} pages open without a complaint`, { timeout: 120000 }, () => tour(seeds, many, {}));

test("every type of page has its text without JavaScript", { skip, timeout: 120000 }, () =>
  tour(seeds, sample(seeds), { javascript: false, over: ["file"] }, async ({ page }) => {
    const { heading, text } = await page.$eval("main", (main) => ({ heading: main.querySelector("h1")?.textContent, text: main.innerText }));
    assert.ok(heading && text.length > 20, `${page.url()}: ${text}`);
  }));

// To weigh contrast is most of axe's work, and neither language nor width changes a colour by itself: each language
// weighs every scheme, at one width and the other between them; all other rules are held to everywhere.
const looks = /** @type {const} */ ([
  ["zh", seeds, { 390: "light", 1440: "dark" }],
  ["en", english, { 390: "dark", 1440: "light" }],
]);

describe("shape and access", { concurrency: 2 }, () => {
  for (const [language, built, weighed] of looks) {
    for (const path of sample(built)) {
      test(`${path} fits a phone of 320 pixels and is open to all, ${language}`, { timeout: 60000 }, () =>
        visit(built, path, { over: ["file"], width: 320, bypassCsp: true }, async ({ page }) => {
          assert.deepEqual(await overflow(page), []);
          for (const width of /** @type {const} */ ([390, 1440])) {
            for (const scheme of SCHEMES) {
              await reshape(page, width, scheme);
              assert.deepEqual(await overflow(page), [], `${width}`);
              if (!FIREFOX_WANTED) assert.deepEqual(await axe(page, scheme === weighed[width]), [], `${width} ${scheme}`);
            }
          }
        }));
    }
  }
});
