// What holds of every page, whatever it is: it opens without a complaint, with and without JavaScript, from a file and from
// a server under a sub-path; nothing scrolls sideways on the smallest phone; axe finds nothing, in either language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { FIREFOX_WANTED, SCHEMES, axe, overflow, reshape, sample, settings, shift, site, tour, visit } from "./harness.mjs";

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

test(`${many.length} pages open without a complaint, and nothing in them moves`, { timeout: 120000 }, () =>
  tour(seeds, many, {}, async ({ page }) => {
    if (!FIREFOX_WANTED) assert.ok((await shift(page)) < 0.01, `${page.url()} shifts by ${await shift(page)}`);
  }));

test("an article weighs no more than 60 kB without its text and the lists of who shares its words; no page loads 30 kB of style or 40 kB of script", () => {
  const bytes = (/** @type {string} */ path) => readFileSync(join(seeds.folder, path)).length;
  for (const path of seeds.pages) {
    const html = readFileSync(join(seeds.folder, path), "utf8");
    const loaded = (/** @type {string} */ end) => {
      const links = [...html.matchAll(/(?:src|href)="([^"?]+)\?v=[0-9a-f]+"/g)].map(([, link]) => join(dirname(path), link));
      return links.filter((link) => link.endsWith(end)).reduce((sum, link) => sum + bytes(link), 0);
    };
    const [style, script] = [loaded(".css"), loaded(".js")];
    assert.ok(style > 0 && style <= 30000, `${path}: ${style} bytes of style`);
    assert.ok(script > 0 && script <= 40000, `${path}: ${script} bytes of script`);
    const frame = html.replace(/<details class="reuse"[^]*?<\/details>/g, "");
    const rest = Buffer.byteLength(frame) - Buffer.byteLength(frame.replace(/<[^>]*>/g, "")) + style + script;
    if (path.startsWith("a/")) assert.ok(rest <= 60000, `${path}: ${rest} bytes`);
  }
});

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

test("sepia is light enough to read by", { skip, timeout: 60000 }, () =>
  tour(seeds, sample(seeds).filter((path) => /^(index|search|a\/|compare\/)/.test(path)), { over: ["file"], bypassCsp: true }, async ({ page }) => {
    await page.evaluate(() => void (document.documentElement.dataset.theme = "sepia"));
    assert.deepEqual(await axe(page), []);
  }));

test("the first key leads past the menu, and what has the focus is seen", () =>
  visit(seeds, "index.html", {}, async ({ page }) => {
    const focused = () =>
      page.evaluate(() => {
        const element = /** @type {HTMLElement} */ (document.activeElement);
        const { outlineStyle } = getComputedStyle(element);
        return { link: element.getAttribute("href") ?? element.localName, left: element.getBoundingClientRect().left, outlineStyle };
      });
    await page.keyboard.press("Tab");
    const first = await focused();
    assert.deepEqual([first.link, first.left >= 0, first.outlineStyle], ["#main", true, "solid"]);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.querySelector("main")?.contains(document.activeElement)));
    assert.equal((await focused()).outlineStyle, "solid");
  }));

test("an article is read in columns when one wants it, on a phone too", () =>
  visit(seeds, sample(seeds).find((path) => path.startsWith("a/")) ?? "", { width: 390 }, async ({ page }) => {
    await page.click(".settings summary");
    await page.click('input[name="setting"][value="columns"]');
    assert.equal(await page.$eval(".copy", (copy) => getComputedStyle(copy).writingMode), "vertical-rl");
    assert.deepEqual(await overflow(page), []);
  }));

test("an article and a collation print without what only a screen can use", { skip }, () =>
  tour(seeds, sample(seeds).filter((path) => /^(a|compare)\//.test(path)), { over: ["file"], width: 820 }, async ({ page }) => {
    await page.emulateMediaType("print");
    const shown = (/** @type {string} */ selector) =>
      page.$$eval(selector, (all) => all.filter((element) => element.checkVisibility()).map((element) => element.className));
    assert.deepEqual(await shown(".top, .foot, .chips, .strip-box, .go, .reuse, .settings"), []);
    assert.ok((await shown("#citation, .row .side")).length > 0);
  }));
