// The walk of a newcomer through the five seeds, each step from what the page before it offers: what did the abstract leave
// out about water; a paragraph to be cited, and who shares its words; a word in every text, to its place; all its hits as a
// table to take away; and the same collation on the phone.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FIREFOX_WANTED, folder, overflow, site, visit } from "./harness.mjs";

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

test("all hits are taken away as a table", { skip: FIREFOX_WANTED && "only Chromium can be told where to save" }, () =>
  visit(seeds, "index.html", {}, async ({ page }) => {
    const into = folder("taken");
    const client = await page.createCDPSession();
    await client.send("Page.setDownloadBehavior", { behavior: "allow", downloadPath: into });
    await page.keyboard.press("/");
    await page.keyboard.type("命运共同体");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.click("#views [data-view='kwic']");
    await page.waitForSelector(".kwic td a.title");
    const shown = await page.$$eval(".kwic td a.title", (links) => links.length);
    const buttons = await page.$$(".tools button");
    await buttons[0].click();
    const saved = () => readdirSync(into).find((name) => name.endsWith(".csv"));
    for (let i = 0; i < 100 && !saved(); i++) await new Promise((done) => setTimeout(done, 50));
    const name = saved() ?? "";
    assert.ok(name.includes("命运共同体") && existsSync(join(into, name)), name);
    const lines = readFileSync(join(into, name), "utf8").trimEnd().split("\r\n");
    assert.ok(lines[0].startsWith("\ufeff") && lines.length - 1 >= shown, `${lines.length} lines, ${shown} shown`);
    assert.ok(lines.slice(1).every((line) => line.includes('"命运共同体"')), lines[1]);
  }));

test("the collation on the phone: one column, the other witness by a tap", () =>
  visit(seeds, "index.html", { width: 390 }, async ({ page }) => {
    await follow(page, "main a[href*='compare/'][href*='-declaration-'][href*='-abstract-']");
    const seen = () =>
      page.evaluate(() => {
        const row = document.querySelector(".row.r-shortened");
        const box = (/** @type {string} */ side) => row?.querySelector(`.side.${side}`)?.getBoundingClientRect();
        const [a, b] = [box("a"), box("b")];
        return { a: (a?.height ?? 0) > 0, b: (b?.height ?? 0) > 0, below: (b?.top ?? 0) >= (a?.bottom ?? 0) };
      });
    assert.deepEqual(await seen(), { a: true, b: true, below: true });
    const tap = (/** @type {string} */ id) => page.$eval(`label:has(#${id})`, (label) => /** @type {HTMLElement} */ (label).click());
    await tap("side-a");
    assert.deepEqual([(await seen()).a, (await seen()).b], [true, false]);
    await tap("side-b");
    assert.deepEqual([(await seen()).a, (await seen()).b], [false, true]);
    assert.deepEqual(await overflow(page), []);
  }));
