// Pictures of the real pages: `node tests/browser/shots.mjs` for every page type at every width, light and dark, in
// `target/browser/`, to be looked at; `node tests/browser/shots.mjs readme` for those of the READMEs, in `.github/`.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, sample, shoot, site, visit } from "./harness.mjs";

/** The first screen of a page, in few colours, so that it stays small. @param {string} path @param {string} name */
async function picture(path, name) {
  const file = join(ROOT, ".github", `${name}.png`);
  mkdirSync(join(ROOT, ".github"), { recursive: true });
  await visit(built, path, { over: ["file"], width: 1200 }, async ({ page }) => {
    await page.setViewport({ width: 1200, height: 1190 });
    await page.screenshot({ path: file });
  });
  execFileSync("pngquant", ["--force", "--strip", "--output", file, "128", file]);
}

const built = site("seeds");
if (process.argv[2] === "readme") {
  await picture("index.html", "home");
  const collation = built.pages.find((path) => /^compare\/.*-declaration-.*-abstract-/.test(path));
  if (collation) await picture(collation, "compare");
} else {
  for (const path of sample(built)) await shoot(built, path);
}
process.exit(0);
