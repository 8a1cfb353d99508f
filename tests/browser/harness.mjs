// A site of duikan in a real browser: built once per test file, opened from `file://` and from a small static server under
// a sub-path. Any console message, uncaught error, blocked or failed request, policy violation or request outside the
// site fails the visit.
//
//   import { test } from "node:test";
//   import { site, visit } from "./harness.mjs";
//   const seeds = site("seeds");
//   test("the home page names every article", () => visit(seeds, "index.html", {}, async ({ page }) => { … }));

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative, resolve, sep } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

export const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
export const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");

/** Widths that the site is looked at in: a phone, a tablet, a desk. */
export const WIDTHS = [390, 820, 1440];
export const SCHEMES = /** @type {const} */ (["light", "dark"]);

/** @typedef {"file" | "http"} Over where a page is opened from */
/** @typedef {{ folder: string, pages: string[] }} Site a built site and its pages, in order */
/**
 * @typedef {object} Options
 * @property {Over[]} [over] default: both
 * @property {number} [width] default: 1440
 * @property {"light" | "dark"} [scheme] default: light
 * @property {boolean} [javascript] default: true
 * @property {boolean} [bypassCsp] for tools that inject scripts, such as axe; default: false
 * @property {RegExp[]} [allow] messages that this visit means to provoke
 */
/**
 * @typedef {object} Visit
 * @property {import("puppeteer-core").Page} page
 * @property {Over} over
 * @property {(path: string) => string} url the address of a path of the site
 * @property {(path: string) => Promise<void>} go
 * @property {string[]} problems what went wrong so far
 */

// ------------------------------------------------------------------------------------------------ sites

/** The program under test; `DUIKAN` names another one. */
export function program() {
  if (process.env.DUIKAN) return process.env.DUIKAN;
  const built = ["release", "debug"].map((profile) => join(TARGET, profile, "duikan")).filter(existsSync);
  const [newest] = built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (newest) return newest;
  execFileSync("cargo", ["build", "--bin", "duikan"], { cwd: ROOT, stdio: "inherit" });
  return join(TARGET, "debug", "duikan");
}

/** @type {string[]} */
const made = [];
process.on("exit", () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder that is gone when the tests end. @param {string} name */
export function folder(name) {
  const path = mkdtempSync(join(tmpdir(), `duikan-${name}-`));
  made.push(path);
  return path;
}

/**
 * Builds a seeds folder: one of the project (`seeds`, `tests/cases/NAME/seeds`) or any absolute path.
 * `DUIKAN_SITE` opens a finished site instead of building `seeds`.
 * @param {string} seeds @param {string[]} args @returns {Site}
 */
export function site(seeds, args = []) {
  const finished = seeds === "seeds" && args.length === 0 && process.env.DUIKAN_SITE;
  const output = finished ? resolve(finished) : join(folder("site"), "site");
  if (!finished) {
    const cache = folder("cache");
    // A build keeps the addresses it gave beside the seeds: beside a copy, it leaves ours alone.
    const copy = join(folder("copy"), "seeds");
    cpSync(resolve(ROOT, seeds), copy, { recursive: true });
    const command = ["build", "--seeds", copy, "--output", output, "--cache", cache, "-q", ...args];
    execFileSync(program(), command, { cwd: cache, stdio: ["ignore", "inherit", "inherit"] });
  }
  return { folder: output, pages: files(output).filter((path) => path.endsWith(".html")) };
}

/** A `duikan.toml` of its own. @param {string} text @returns {string} its path */
export function settings(text) {
  const path = join(folder("settings"), "duikan.toml");
  writeFileSync(path, text);
  return path;
}

/** Every file below a folder, with `/`, in order. @param {string} top @returns {string[]} */
export function files(top) {
  const all = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map((entry) => relative(top, join(entry.parentPath, entry.name)).split(sep).join("/")).sort();
}

/** One page of each type, and `more` further pages of each. @param {Site} built @param {number} more */
export function sample(built, more = 0) {
  /** @type {Map<string, string[]>} */
  const types = new Map();
  for (const path of built.pages) {
    const type = path.includes("/") ? path.slice(0, path.indexOf("/")) : path;
    types.set(type, [...(types.get(type) ?? []), path]);
  }
  return [...types.values()].flatMap((paths) => paths.slice(0, 1 + more));
}

// ------------------------------------------------------------------------------------------------ server

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/** Serves a folder under a sub-path, as a static host would. @param {string} top */
async function serve(top) {
  const base = "/some/where/";
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const file = join(top, path.startsWith(base) ? path.slice(base.length) : "..");
    const inside = !relative(top, file).startsWith("..");
    if (!inside || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "x-content-type-options": "nosniff" }).end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { base: `http://127.0.0.1:${address.port}${base}`, close: () => server.close() };
}

// ------------------------------------------------------------------------------------------------ browser

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FIREFOX = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** Tests that need what only Chromium can do skip themselves by this. */
export const FIREFOX_WANTED = process.env.DUIKAN_BROWSER === "firefox";

/** The browser to test with: Chromium, or Firefox with `DUIKAN_BROWSER=firefox`. */
export function browserPath() {
  const wanted = FIREFOX_WANTED ? FIREFOX : CHROMIUM;
  const found = process.env.DUIKAN_BROWSER_PATH ?? wanted.find(existsSync);
  assert.ok(found, `no browser at ${wanted.join(", ")}: install one, or name it in DUIKAN_BROWSER_PATH`);
  return found;
}

/** @type {Promise<import("puppeteer-core").Browser> | undefined} */
let running;

function browser() {
  running ??= launch();
  return running;
}

function launch() {
  const executablePath = browserPath();
  if (FIREFOX_WANTED) {
    // Automation switches this policy off, and `file://` would then allow what it forbids to a reader.
    const extraPrefsFirefox = { "security.fileuri.strict_origin_policy": true };
    return puppeteer.launch({ browser: "firefox", executablePath, headless: true, extraPrefsFirefox });
  }
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const args = [...quiet, "--disable-gpu", "--disable-quic", "--hide-scrollbars", "--font-render-hinting=none"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return puppeteer.launch({ executablePath, headless: true, args, pipe: true });
}

async function close() {
  await (await running)?.close();
  running = undefined;
}

// A test file ends when its tests have ended; the browser must not keep it alive.
after(close);

// ------------------------------------------------------------------------------------------------ visits

/**
 * Opens a page of a site from each place, lets `look` use it, and fails on anything that went wrong meanwhile.
 * @param {Site} built @param {string} path with `?…` and `#…` if need be
 * @param {Options} options @param {(visit: Visit) => Promise<void>} [look]
 */
export function visit(built, path, options, look = async () => {}) {
  return tour(built, [path], options, look);
}

/**
 * Opens pages of a site one after the other, as a reader does who keeps one tab; each must be without fault.
 * @param {Site} built @param {string[]} paths
 * @param {Options} options @param {(visit: Visit) => Promise<void>} [look]
 */
export async function tour(built, paths, options, look = async () => {}) {
  for (const over of options.over ?? /** @type {Over[]} */ (["file", "http"])) {
    const server = over === "http" ? await serve(built.folder) : undefined;
    const base = server?.base ?? `${pathToFileURL(built.folder).href}/`;
    const context = await (await browser()).createBrowserContext();
    try {
      const page = await context.newPage();
      const problems = await watch(page, base, options.allow ?? []);
      await prepare(page, options);
      const url = (/** @type {string} */ p) => new URL(p, base).href;
      const go = async (/** @type {string} */ p) => void (await page.goto(url(p), { waitUntil: "load" }));
      for (const path of paths) {
        await go(path);
        await look({ page, over, url, go, problems });
        await settle();
        assert.deepEqual(problems, [], `${path} over ${over}:\n${problems.join("\n")}`);
      }
    } finally {
      await context.close();
      server?.close();
    }
  }
}

/**
 * Gives an open page another width and scheme.
 * @param {import("puppeteer-core").Page} page @param {number} width @param {"light" | "dark"} scheme
 */
export async function reshape(page, width, scheme) {
  // Touch is told once, at the start: to change it would load the page anew.
  const hasTouch = page.viewport()?.hasTouch ?? width < 500;
  await page.setViewport({ width, height: width < 500 ? 844 : 900, hasTouch, isMobile: false });
  // Firefox over BiDi has no emulation of media, of blocked scripts, or of a lifted policy: those visits are Chromium's.
  if (FIREFOX_WANTED) return;
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
}

/** @param {import("puppeteer-core").Page} page @param {Options} options */
async function prepare(page, options) {
  await page.setViewport(null);
  await reshape(page, options.width ?? 1440, options.scheme ?? "light");
  if (FIREFOX_WANTED) return;
  if (options.javascript === false) await page.setJavaScriptEnabled(false);
  if (options.bypassCsp) await page.setBypassCSP(true);
}

/** Two frames' time, so that what a handler set going has happened; scripts may be off, so nothing in the page waits. */
export const settle = () => new Promise((done) => setTimeout(done, 40));

/**
 * Collects whatever a reader's browser would complain about.
 * @param {import("puppeteer-core").Page} page @param {string} base @param {RegExp[]} allow
 */
async function watch(page, base, allow) {
  /** @type {string[]} */
  const problems = [];
  const note = (/** @type {string} */ problem) => {
    // Browsers ask for an icon by themselves; a site need not have one.
    const own = problem.includes("/favicon.ico");
    if (!own && !allow.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  page.on("console", (message) => note(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => note(`uncaught: ${error}`));
  page.on("requestfailed", (request) => note(`failed: ${request.url()} ${request.failure()?.errorText ?? ""}`));
  page.on("request", (request) => {
    const url = request.url();
    const inside = url.startsWith(base) || url.startsWith("data:") || url === "about:blank";
    if (!inside) note(`outside the site: ${url}`);
  });
  page.on("response", (response) => {
    const quiet = response.ok() || response.status() === 304 || response.url().startsWith("file:");
    if (!quiet) note(`${response.status()}: ${response.url()}`);
  });
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return problems;
}

// ------------------------------------------------------------------------------------------------ looks

/** Whether the page scrolls sideways, and what sticks out. @param {import("puppeteer-core").Page} page */
export function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > wide + 1);
    return out.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class")} to ${e.getBoundingClientRect().right}`);
  });
}

/** How far what was laid out has moved without a hand. @param {import("puppeteer-core").Page} page */
export function shift(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        let sum = 0;
        const add = (/** @type {PerformanceEntryList} */ entries) => {
          for (const entry of /** @type {any[]} */ (entries)) if (!entry.hadRecentInput) sum += entry.value;
        };
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => (add(observer.takeRecords()), done(sum))));
      }),
  );
}

/**
 * Pictures of a page at every width and scheme, in `target/browser/` (or `DUIKAN_SHOTS`), to be looked at.
 * @param {Site} built @param {string} path @param {string} [name]
 */
export async function shoot(built, path, name = path.replaceAll("/", "-").replace(".html", "")) {
  const shots = process.env.DUIKAN_SHOTS ?? join(TARGET, "browser");
  mkdirSync(shots, { recursive: true });
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      await visit(built, path, { over: ["file"], width, scheme }, async ({ page }) => {
        await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`) });
      });
    }
  }
}

/**
 * What axe-core finds wrong, in words.
 * @param {import("puppeteer-core").Page} page opened with `bypassCsp` @param {boolean} contrast whether colours are weighed
 */
export async function axe(page, contrast = true) {
  if (!(await page.evaluate("!!globalThis.axe"))) {
    await page.evaluate(readFileSync(join(ROOT, "tests/browser/node_modules/axe-core/axe.min.js"), "utf8"));
  }
  return page.evaluate(async (enabled) => {
    const options = { resultTypes: ["violations"], preload: false, rules: { "color-contrast": { enabled } } };
    // @ts-ignore axe was put in by the lines above.
    const { violations } = await globalThis.axe.run(document, options);
    return violations.flatMap((/** @type {any} */ v) =>
      v.nodes.slice(0, 3).map((/** @type {any} */ n) => `${v.id}: ${n.html} ${n.failureSummary.split("\n").slice(1).join(" ")}`),
    );
  }, contrast);
}
