// Pagefind on the texts that `cargo bench --bench search_figures` left in a folder, to be held against search-figures.mjs.
//
//   node tests/browser/pagefind-figures.mjs FOLDER [QUERIES]
//
// Each text becomes a plain page; npx fetches Pagefind. A query is asked as a phrase ("…"), so that it means the same as ours, on
// a new page with nothing cached, up to the data of the first result. Texts found are held against a plain scan.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cuttings, launch, serve, spread, weigh } from "./figures.mjs";

const VERSION = "1.6.0";
const [top, wanted = "60"] = process.argv.slice(2);
const TIMES = 3;

/** Some texts as our own index has them; in the page. @param {number} from @param {number} to @returns {Promise<[string, string[]][]>} */
const texts = async (from, to) => {
  const index = await /** @type {any} */ (window).duikan.index();
  const rows = [];
  for (let text = from; text < to; text++) rows.push(await index.row(text));
  return rows.filter(Boolean).map(([id, , , , , parts]) => [id, parts.filter((/** @type {string} */ _, /** @type {number} */ i) => i % 2)]);
};
const escaped = (/** @type {string} */ text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const ask = async (/** @type {string} */ query) => {
  const { pagefind } = /** @type {any} */ (window);
  const start = performance.now();
  const found = await pagefind.search(`"${query.replaceAll('"', "")}"`);
  if (found.results.length) await found.results[0].data();
  return { first: performance.now() - start, texts: found.results.length };
};

/** @param {string} folder */
function size(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { files: files.length, bytes: files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0) };
}

const browser = await launch();
for (const name of ["sentences", "words"]) {
  const site = join(top, `${name}-pagefind`);
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  const ours = await browser.newPage();
  await ours.goto(pathToFileURL(join(top, name, "search.html")).href);
  const count = await ours.evaluate(async () => (await /** @type {any} */ (window).duikan.index()).manifest.texts);
  let bytes = 0;
  for (let from = 0; from < count; from += 500) {
    for (const [id, [title, ...paragraphs]] of await ours.evaluate(texts, from, Math.min(count, from + 500))) {
      bytes += Buffer.byteLength([title, ...paragraphs].join(""));
      const body = paragraphs.map((/** @type {string} */ text) => `<p>${escaped(text)}</p>`).join("\n");
      writeFileSync(join(site, `${id}.html`), `<!doctype html><html lang="zh"><meta charset="utf-8"><title>${escaped(title)}</title><body><h1>${escaped(title)}</h1>\n${body}</body></html>`);
    }
  }
  await ours.close();
  const start = performance.now();
  const made = spawnSync("/usr/bin/time", ["-f", "%M", "npx", "--yes", `pagefind@${VERSION}`, "--site", site, "--quiet"], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`pagefind: ${made.error ?? made.stderr}`);
  const seconds = (performance.now() - start) / 1000;
  const memory = Number(made.stderr.trim().split("\n").at(-1)) / 1e6;
  writeFileSync(join(site, "ask.html"), '<!doctype html><html lang="zh"><meta charset="utf-8"><title>?</title><script type="module">window.pagefind = await import("./pagefind/pagefind.js"); await window.pagefind.init();window.ready = true;</script>');
  const made_of = size(join(site, "pagefind"));
  console.log(`${name}: ${count} texts, ${(bytes / 1e6).toFixed(1)} MB; made in ${seconds.toFixed(1)} s (${(bytes / 1e6 / seconds).toFixed(1)} MB/s); ${made_of.files} files, ${(made_of.bytes / bytes).toFixed(2)} bytes a byte; ${memory.toFixed(1)} GB of memory`);
  const server = await serve(site);
  const cold = [];
  const weights = [];
  let whole = 0;
  const asked = cuttings(top, name).slice(0, Number(wanted));
  for (const [query, texts] of asked) {
    const answers = [];
    for (let time = 0; time < TIMES; time++) {
      server.read.clear();
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(server.origin + "ask.html");
      await page.waitForFunction("window.ready");
      answers.push(await page.evaluate(ask, query));
      await context.close();
    }
    cold.push(Math.min(...answers.map(({ first }) => first)));
    weights.push(weigh([...server.read].filter((file) => !file.endsWith("ask.html"))));
    whole += Number(answers[0].texts === texts);
  }
  console.log(`  kB read ${spread(weights.map(({ kB }) => kB))}; gzipped ${spread(weights.map(({ gz }) => gz))}`);
  console.log(`  cold ms with a result ${spread(cold)}`);
  console.log(`  the right number of texts for ${whole} of ${asked.length} queries`);
  server.close();
}
await browser.close();
