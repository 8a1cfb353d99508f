// The walk of a newcomer through the five seeds, each step from what the page before it offers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { site, visit } from "./harness.mjs";

const seeds = site("seeds");

/** Follows a link of the page. @param {import("puppeteer-core").Page} page @param {string} selector */
async function follow(page, selector) {
  const link = await page.waitForSelector(selector);
  await Promise.all([page.waitForNavigation(), link?.click()]);
}

test("what the abstract left out about water", () =>
  visit(seeds, "index.html", {}, async ({ page }) => {
    await follow(page, "main a[href*='compare/'][href*='-declaration-'][href*='-abstract-']");
    await page.type("#words", "水");
    const left = await page.$$eval(".row.r-omitted", (rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.textContent));
    assert.ok(left.length > 1 && left.every((text) => text?.includes("水")), String(left));
    assert.ok(left.some((text) => text?.includes("饮用水")), String(left));
  }));

test("one paragraph is cited, and who shares its words", () =>
  visit(seeds, "index.html", {}, async ({ page }) => {
    await follow(page, "main a[href*='-speech-'][href^='a/']");
    const number = await page.evaluate(() => {
      const para = [...document.querySelectorAll(".copy .para")].find((p) => p.textContent?.includes("第三，"));
      const anchor = /** @type {HTMLAnchorElement} */ (para?.querySelector(".pilcrow"));
      anchor.click();
      /** @type {HTMLElement} */ (para?.querySelector(".reuse > summary")).click();
      return anchor.hash;
    });
    await page.waitForFunction((hash) => document.querySelector(".citation")?.textContent?.includes(hash), {}, number);
    const shared = await page.$eval(`.para:target .reuse[open]`, (list) => list.textContent);
    assert.match(String(shared), /报道|习近平出席/);
  }));

test("a citation is selected by one click and copied by another", () =>
  visit(seeds, "index.html", {}, async ({ page }) => {
    await follow(page, "main a[href*='-speech-'][href^='a/']");
    await page.$eval("#cite-bibtex", (text) => text.closest("details")?.setAttribute("open", ""));
    const text = await page.$eval("#cite-bibtex", (text) => text.textContent);
    assert.match(String(text), /^@article\{[^]*entrysubtype = \{newspaper\}/);
    await page.click(".take[data-from='cite-bibtex']");
    // Whatever the browser thinks of the clipboard, the text is selected.
    await page.waitForFunction((text) => String(getSelection()) === text, {}, text);
    await page.waitForFunction(() => {
      const button = /** @type {HTMLElement} */ (document.querySelector(".take[data-from='cite-bibtex']"));
      return button.hidden || button.textContent === button.dataset.done;
    });
    const data = await page.$eval("script[type='application/ld+json']", (block) => JSON.parse(block.textContent ?? ""));
    assert.equal(data["@type"], "NewsArticle");
  }));

test("a word in every text, and from a hit to its place", () =>
  visit(seeds, "search.html?q=%E5%91%BD%E8%BF%90%E5%85%B1%E5%90%8C%E4%BD%93&view=kwic", {}, async ({ page }) => {
    await follow(page, ".kwic td a.title");
    await page.waitForSelector(".hits [role=status]");
  }));
