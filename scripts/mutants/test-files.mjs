// Which tests judge the mutants of `apply` and `plan`.
import path from 'node:path';
import { filesBelow } from '../workspace.mjs';

const FOLDERS = ['packages/core/test/apply', 'packages/core/test/plan'];
const FILES = ['packages/core/test/model/ownership.test.ts', 'packages/core/test/private-integrations.test.ts'];

/** These repeat the runs of other tests at every step or byte, which would take 3 s more for each mutant that survives. */
const REPEATS = /(?:replay|cut-at-every-byte)\.test\.ts$/;

/** Paths from `root`, with `/`. */
export function testFiles(root) {
  const found = FOLDERS.flatMap((folder) =>
    filesBelow(path.join(root, folder), (file) => file.endsWith('.test.ts') && !REPEATS.test(file)),
  );
  return [...found.map((file) => path.relative(root, file).replaceAll(path.sep, '/')), ...FILES];
}
