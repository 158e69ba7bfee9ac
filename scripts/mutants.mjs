// `npm run mutants`: changes `apply` and `plan` of core in small ways, one at a time, and counts the changes that no test notices.
// `npm run mutants -- FILE...` takes single files or patterns. Results are kept in .cache/mutants, so that a second run takes only
// mutants that it has not tried, or whose tests have changed. All of it takes hours, so that it is no part of `npm run prove`.
// MUTANTS_WORKERS is the number of processes, 2 by default. MUTANTS_TESTS=all adds the tests with simulated clouds.
import path from 'node:path';
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { setUp } from './set-up.mjs';
import { ROOT, filesBelow } from './workspace.mjs';

const FOLDERS = ['packages/core/src/plan', 'packages/core/src/apply'];

/** The folders with their own files only: a run that is interrupted loses the folder that it is in. */
function folders() {
  const files = FOLDERS.flatMap((folder) => filesBelow(path.join(ROOT, folder), (file) => file.endsWith('.ts')));
  return [...new Set(files.map((file) => path.relative(ROOT, path.dirname(file)).replaceAll(path.sep, '/')))].map(
    (folder) => `${folder}/*.ts`,
  );
}

const named = process.argv.slice(2);
await setUp();
for (const counted of named.length > 0 ? [named] : folders().map((folder) => [folder])) {
  const mutate = counted.join(',');
  console.log(mutate);
  await node([toolEntry('@stryker-mutator/core', 'stryker'), 'run', '--mutate', mutate], { show: true });
}
