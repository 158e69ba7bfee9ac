// `npm run bench`: runs every benchmark under bench/, or those named: node scripts/bench.mjs simulator
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { node } from './child.mjs';
import { setUp } from './set-up.mjs';
import { ROOT } from './workspace.mjs';

await setUp();
await build({ quiet: true });
const folder = path.join(ROOT, 'bench');
const named = process.argv.slice(2);
for (const file of readdirSync(folder).filter(
  (name) => name.endsWith('.mjs') && (named.length === 0 || named.includes(name.slice(0, -4))),
)) {
  console.log(`\n# ${file.slice(0, -4)}`);
  await node([path.join(folder, file)], { show: true });
}
