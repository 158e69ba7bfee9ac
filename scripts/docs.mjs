// The documentation site: `npm run docs` writes it to site/dist, `npm run docs:dev` serves it and follows changes of docs/.
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { node } from './child.mjs';
import { setUp } from './set-up.mjs';
import { ROOT } from './workspace.mjs';

const SITE = path.join(ROOT, 'site');
const DIST = path.join(SITE, 'dist');

await setUp();
const { STAGED, stage } = await import('../site/src/stage.mjs');
const { problemsOf } = await import('../site/src/check-dist.mjs');
const vitepress = (command) =>
  node([path.join(SITE, 'node_modules/vitepress/bin/vitepress.js'), command, SITE], { show: true });

/** What the playground loads on first use, into the folder of static files. */
async function playground() {
  const file = path.join(SITE, 'playground/build.mjs');
  if (!existsSync(file)) return;
  const { buildPlayground } = await import(pathToFileURL(file).href);
  await buildPlayground(path.join(STAGED, 'public/playground'));
}

try {
  await stage();
  await playground();
  if (process.argv[2] === 'dev') {
    watch(path.join(ROOT, 'docs'), { recursive: true }, stage);
    await vitepress('dev');
  } else {
    await vitepress('build');
    const problems = problemsOf(DIST);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
