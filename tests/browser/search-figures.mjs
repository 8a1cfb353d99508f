// What a query reads and how long it takes, on the sites that `cargo bench --bench search_figures` left in a folder.
//
//   node tests/browser/search-figures.mjs FOLDER [QUERIES]
//
// Cold: a new page for each query, nothing cached. Warm: further queries on a page that has answered a hundred others.
// Bytes are those of the index, what every page loads of it included, uncompressed, and as gzip makes them. The best of
// three times is taken of each query, for other work on the machine only ever adds.

import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cuttings, launch, serve, spread, weigh } from "./figures.mjs";

const [top, wanted = "60"] = process.argv.slice(2);
const TIMES = 3;

/** @typedef {{ exact: number, first: number, texts: number }} Answer */

/** Asks as the page does, up to the count of all, and to the first result shown; in the page. @param {string} query */
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
/** As an opened page has it before anything is asked; in the page. */
const ready = async () => void (await (await /** @type {any} */ (window).duikan.index()).facts());

/** The best of some answers. @param {Answer[]} answers */
const best = (answers) => ({ exact: Math.min(...answers.map(({ exact }) => exact)), first: Math.min(...answers.map(({ first }) => first)) });

const browser = await launch();
for (const name of ["sentences", "words"]) {
  const server = await serve(join(top, name));
  const all = cuttings(top, name);
  for (const [over, address] of [["http", server.origin], ["file", pathToFileURL(join(top, name)).href + "/"]]) {
    const cold = [];
    const weights = [];
    for (const [query, texts] of all.slice(0, Number(wanted))) {
      const answers = [];
      for (let time = 0; time < TIMES; time++) {
        server.read.clear();
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        await page.goto(address + "search.html");
        await page.evaluate(ready);
        answers.push(await page.evaluate(answer, query));
        await context.close();
      }
      if (answers[0].texts !== texts) throw new Error(`${query}: ${answers[0].texts} of ${texts} texts`);
      cold.push(best(answers));
      weights.push(weigh([...server.read].filter((file) => file.includes("/search/"))));
    }
    /** @type {Answer[][]} */
    const warm = [];
    let lists = [];
    for (let time = 0; time < TIMES; time++) {
      const page = await browser.newPage();
      await page.goto(address + "search.html");
      await page.evaluate(ready);
      for (const [i, [query]] of all.slice(500, 700).entries()) {
        const one = await page.evaluate(answer, query);
        if (i >= 100) (warm[i - 100] ??= []).push(one);
      }
      ({ lists } = await page.evaluate(async () => (await /** @type {any} */ (window).duikan.index()).manifest));
      await page.close();
    }
    console.log(`${name} over ${over}`);
    const size = (/** @type {string[]} */ names) => names.reduce((sum, list) => sum + statSync(join(top, name, "search", `${list}.js`)).size, 0) / 1e6;
    if (over === "http") {
      console.log(`  lists of rare grams ${size(lists.rare.names).toFixed(1)} MB in ${lists.rare.names.length} files, of common ones ${size(lists.common.names).toFixed(1)} MB in ${lists.common.names.length}`);
      console.log(`  kB read ${spread(weights.map(({ kB }) => kB))}; gzipped ${spread(weights.map(({ gz }) => gz))}`);
    }
    const warmest = warm.map(best);
    console.log(`  cold ms to the exact count ${spread(cold.map(({ exact }) => exact))}; with a result ${spread(cold.map(({ first }) => first))}`);
    console.log(`  warm ms to the exact count ${spread(warmest.map(({ exact }) => exact))}; with a result ${spread(warmest.map(({ first }) => first))}`);
  }
  server.close();
}
await browser.close();
