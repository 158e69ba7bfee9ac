// The form of the sources, as prettier writes it. All files take 80 s of CPU, so `npm test` looks at a slice: what the last commit and the
// working tree change, and one file in fifty of the others.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { node, run } from './child.mjs';
import { toolEntry } from './run.mjs';
import { CACHE, ROOT } from './workspace.mjs';

const ONE_IN = 50;

const prettier = (...files) =>
  node([
    toolEntry('prettier'),
    '--check',
    '--log-level',
    'warn',
    '--ignore-unknown',
    '--cache',
    '--cache-location',
    path.join(CACHE, 'prettier'),
    ...files,
  ]);

/** Paths from git; none where it does not know the answer. */
const git = (...args) =>
  run('git', args).then(
    ({ stdout }) => stdout.split('\n').filter((file) => file !== '' && existsSync(path.join(ROOT, file))),
    () => [],
  );

/** Of what git knows: beside it, tests write files into the tree that are gone before prettier reads them. */
export async function checkWholeFormat() {
  const tracked = await git('ls-files');
  return prettier(...(tracked.length > 0 ? tracked : ['.']));
}

export async function checkFormat() {
  const tracked = await git('ls-files');
  if (tracked.length === 0) return checkWholeFormat();
  const changed = [
    ...(await git('diff', '--name-only', 'HEAD~1')),
    ...(await git('diff', '--name-only', 'HEAD')),
    ...(await git('ls-files', '--others', '--exclude-standard')),
  ];
  return prettier(...new Set([...changed, ...tracked.filter((_, at) => at % ONE_IN === 0)]));
}
