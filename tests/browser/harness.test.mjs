// The harness itself must be able to fail: a page that misbehaves is caught, one that behaves passes.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { files, folder, visit } from "./harness.mjs";

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'">`;

/** @param {string} head @param {string} body */
function small(head, body) {
  const top = folder("small");
  mkdirSync(join(top, "a"));
  writeFileSync(join(top, "ok.js"), "document.title = '对勘';");
  writeFileSync(join(top, "ok.css"), "body { margin: 0 }");
  writeFileSync(join(top, "a/page.html"), `<!doctype html><html lang="zh"><meta charset="utf-8">${POLICY}${head}<title>t</title><body>${body}`);
  return { folder: top, pages: files(top) };
}

/** @param {string} head @param {string} body @param {RegExp} message */
async function fails(head, body, message) {
  await assert.rejects(visit(small(head, body), "a/page.html", {}), message);
}

test("a page that behaves passes", async () => {
  const site = small(`<link rel="stylesheet" href="../ok.css"><script src="../ok.js" defer></script>`, "<p>好</p>");
  await visit(site, "a/page.html", {}, async ({ page }) => assert.equal(await page.title(), "对勘"));
});

test("a console message fails", async () => {
  const site = small(`<script src="../log.js"></script>`, "");
  writeFileSync(join(site.folder, "log.js"), "console.log('left behind')");
  await assert.rejects(visit(site, "a/page.html", {}), /left behind/);
});

test("an uncaught error fails", async () => {
  const site = small(`<script src="../log.js"></script>`, "");
  writeFileSync(join(site.folder, "log.js"), "nothing.here()");
  await assert.rejects(visit(site, "a/page.html", {}), /uncaught/);
});

test("an inline script fails", () => fails("<script>1</script>", "", /policy|Content Security Policy/));
test("an inline style fails", () => fails("", `<p style="color:red">红</p>`, /policy|Content Security Policy/));
test("a missing file fails", () => fails(`<link rel="stylesheet" href="gone.css">`, "", /gone\.css/));
test("a file outside fails", () => fails(`<script src="../../../outside.js"></script>`, "", /outside\.js/));
