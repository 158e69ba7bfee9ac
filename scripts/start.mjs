// `npm start`: sets up, builds the JavaScript, and shows the quickstart on the simulated clouds.
import path from 'node:path';
import { node } from './child.mjs';
import { build } from './build.mjs';
import { setUp } from './set-up.mjs';
import { ROOT } from './workspace.mjs';

try {
  await setUp();
  await build({ quiet: true });
  await node([path.join(ROOT, 'examples', 'quickstart', 'run.mjs')], { show: true });
} catch (error) {
  console.error(error.message);
  process.exit(typeof error.code === 'number' ? error.code : 1);
}
