// What the scripts that print figures share: a static server that says what it sent, a browser, and how figures are told.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";

const base = "/some/where/";
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm" };

/** Serves a folder, uncompressed and uncached, and keeps which files were read. @param {string} folder */
export async function serve(folder) {
  /** @type {Set<string>} */
  const read = new Set();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const file = join(folder, path.slice(base.length));
    if (!path.startsWith(base) || !existsSync(file)) return void response.writeHead(404).end();
    read.add(file);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}${base}`, read, close: () => server.close() };
}

export function launch() {
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return puppeteer.launch({ executablePath: process.env.DUIKAN_BROWSER_PATH ?? "/usr/bin/chromium", headless: true, pipe: true, args, protocolTimeout: 600000 });
}

/** @param {number[]} values */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return `${at(0.5).toFixed(1)} median, ${at(0.95).toFixed(1)} of 95 %, ${sorted[sorted.length - 1].toFixed(1)} worst`;
}

/** Kilobytes of files, as they lie and gzipped. @param {Iterable<string>} files */
export function weigh(files) {
  const bytes = [...files].map((file) => readFileSync(file));
  const sum = (/** @type {number[]} */ sizes) => sizes.reduce((sum, size) => sum + size, 0) / 1000;
  return { kB: sum(bytes.map((file) => file.length)), gz: sum(bytes.map((file) => gzipSync(file).length)) };
}

/** The queries and what a plain scan found of each. @param {string} folder @param {string} name @returns {[string, number, number][]} */
export function cuttings(folder, name) {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")).cuttings;
}
