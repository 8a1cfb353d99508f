// What a query reads and how long it takes, on the sites that `cargo bench --bench search_figures` left in a folder.
//
//   node tests/browser/search-figures.mjs FOLDER [QUERIES]
//
// Cold: a new page for each query, nothing cached. Warm: further queries on a page that has answered a hundred others.
// Bytes are what the server sends uncompressed, and what gzip makes of it.

import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";

const [top, wanted = "60"] = process.argv.slice(2);
const base = "/some/where/";
/** @type {string[]} */
let read = [];

/** @param {string} folder */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const file = join(folder, path.slice(base.length));
    if (!path.startsWith(base) || !existsSync(file)) return void response.writeHead(404).end();
    read.push(file);
    const type = file.endsWith(".html") ? "text/html" : file.endsWith(".css") ? "text/css" : "text/javascript";
    response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { server, origin: `http://127.0.0.1:${port}${base}` };
}

/** Asks as the page does, up to the first result shown, and up to the count of all; in the page. @param {string} query */
const answer = async (query) => {
  const { duikan } = /** @type {any} */ (window);
  const start = performance.now();
  const index = await duikan.index();
  const search = (duikan.asked ??= new duikan.Search(index));
  const found = await search.query([{ not: false, phrases: [query] }]);
  const exact = performance.now() - start;
  const [first] = found.texts.keys();
  if (first !== undefined) search.hits(await search.text(first), found.keys);
  return { exact, first: performance.now() - start, texts: found.texts.size };
};

/** @param {number[]} values */
const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return `${at(0.5).toFixed(1)} median, ${at(0.95).toFixed(1)} of 95 %, ${sorted[sorted.length - 1].toFixed(1)} worst`;
};

const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await puppeteer.launch({ executablePath: process.env.DUIKAN_BROWSER_PATH ?? "/usr/bin/chromium", headless: true, pipe: true, args });
const sizes = new Map();
const gzipped = (/** @type {string} */ file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(file)).length);
  return sizes.get(file);
};
for (const name of ["sentences", "words"]) {
  const { server, origin } = await serve(join(top, name));
  const { cuttings } = JSON.parse(readFileSync(join(top, `${name}.json`), "utf8"));
  const queries = cuttings.slice(0, Number(wanted)).map((/** @type {[string]} */ [query]) => query);
  for (const [over, address] of [["http", origin], ["file", pathToFileURL(join(top, name)).href + "/"]]) {
    /** @type {Record<"exact" | "first" | "kB" | "gz", number[]>} */
    const cold = { exact: [], first: [], kB: [], gz: [] };
    for (const query of queries) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(address + "search.html");
      await page.evaluate(() => /** @type {any} */ (window).duikan.index());
      const started = read.filter((file) => file.includes("manifest"));
      read = started;
      const { exact, first } = await page.evaluate(answer, query);
      cold.exact.push(exact);
      cold.first.push(first);
      const files = [...new Set(read)];
      cold.kB.push(files.reduce((sum, file) => sum + readFileSync(file).length, 0) / 1000);
      cold.gz.push(files.reduce((sum, file) => sum + gzipped(file), 0) / 1000);
      read = [];
      await context.close();
    }
    const page = await browser.newPage();
    await page.goto(address + "search.html");
    /** @type {Record<"exact" | "first", number[]>} */
    const warm = { exact: [], first: [] };
    for (const [i, [query]] of cuttings.slice(500, 700).entries()) {
      const { exact, first } = await page.evaluate(answer, query);
      if (i >= 100) {
        warm.exact.push(exact);
        warm.first.push(first);
      }
    }
    const lists = await page.evaluate(async () => (await /** @type {any} */ (window).duikan.index()).manifest.lists.names);
    await page.close();
    console.log(`${name} over ${over}`);
    const size = lists.reduce((/** @type {number} */ sum, /** @type {string} */ list) => sum + statSync(join(top, name, "search", `${list}.js`)).size, 0);
    if (over === "http") console.log(`  index without texts ${(size / 1e6).toFixed(1)} MB in ${lists.length} files`);
    console.log(`  cold ms to the exact count ${spread(cold.exact)}; with a result ${spread(cold.first)}`);
    console.log(`  warm ms to the exact count ${spread(warm.exact)}; with a result ${spread(warm.first)}`);
    if (over === "http") console.log(`  kB read ${spread(cold.kB)}; gzipped ${spread(cold.gz)}`);
  }
  server.close();
}
await browser.close();
