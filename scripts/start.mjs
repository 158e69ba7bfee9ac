// `npm start`, `npm run tour` and the other examples: sets up, builds the JavaScript, and runs an example on the simulated clouds.
import path from 'node:path';
import { node } from './child.mjs';
import { build } from './build.mjs';
import { setUp } from './set-up.mjs';
import { ROOT } from './workspace.mjs';

const [example = 'quickstart', ...options] = process.argv.slice(2);
try {
  await setUp();
  await build({ quiet: true });
  await node([path.join(ROOT, 'examples', example, 'run.mjs'), ...options], { show: true });
} catch (error) {
  console.error(error.message);
  process.exit(typeof error.code === 'number' ? error.code : 1);
}
