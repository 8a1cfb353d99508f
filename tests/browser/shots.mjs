// Pictures of every page type at every width, light and dark, to be looked at: `node tests/browser/shots.mjs`.
import { sample, shoot, site } from "./harness.mjs";

const built = site(process.argv[2] ?? "seeds");
for (const path of sample(built)) await shoot(built, path);
process.exit(0);
