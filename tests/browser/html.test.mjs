// Every type of page is valid HTML, as the Nu checker of the W3C has it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT, sample, settings, site } from "./harness.mjs";

const CHECKER = join(ROOT, "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
const skip = spawnSync("java", ["-version"]).error && "Java is missing";

/** What the checker finds wrong, a line each. @param {string[]} files */
function errors(files) {
  const { stderr, error } = spawnSync("java", ["-Xss4m", "-jar", CHECKER, "--errors-only", ...files], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.ifError(error);
  return stderr.split("\n").filter(Boolean);
}

test("pages are valid HTML, in both languages", { skip, timeout: 180000 }, () => {
  const sites = [site("seeds"), site("seeds", ["--config", settings('ui = "en"\n')])];
  const pages = sites.flatMap((built) => sample(built, 6).map((path) => join(built.folder, path)));
  assert.ok(pages.length > 60, `${pages.length} pages`);
  const found = errors(pages);
  assert.deepEqual(found.slice(0, 10), [], `${found.length} errors`);
});
