// Runs files of tests in this process, again and again, with the parts of Vitest that do it: `@vitest/runner` and `expect`.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { collectTests, startTests } from '@vitest/runner';
import { getTestName, getTests } from '@vitest/runner/utils';

/** `expect` asks for the worker that it is in. Nothing that it reads of it is used by these tests. */
globalThis.__vitest_worker__ ??= { config: {}, environment: { name: 'node' } };

const NO_LIMIT_MS = 600_000; // Stryker ends a process that takes too long.
const CONFIG = {
  name: '',
  root: process.cwd(),
  setupFiles: [],
  sequence: { shuffle: false, concurrent: false, hooks: 'stack', setupFiles: 'list' },
  maxConcurrency: 1,
  testTimeout: NO_LIMIT_MS,
  hookTimeout: NO_LIMIT_MS,
  retry: 0,
  passWithNoTests: true,
  allowOnly: true,
  includeTaskLocation: false,
  tags: [],
  diffOptions: {},
};

let imports = 0;

/** Each import of the file is a new one. What the file imports is loaded once. */
const importAnew = (file) => import(`${pathToFileURL(file).href}?run=${(imports += 1)}`);

/** The tests of a file by an ID that stays the same while its title does: `path#title`, and a number where titles are repeated. */
function testsById(file) {
  const byId = new Map();
  for (const test of getTests(file)) {
    const id = `${path.relative(CONFIG.root, file.filepath).replaceAll(path.sep, '/')}#${getTestName(test)}`;
    let unique = id;
    for (let again = 2; byId.has(unique); again += 1) unique = `${id} (${again})`;
    byId.set(unique, test);
  }
  return byId;
}

/** Imports a file of tests and all that it needs, and runs none. Returns the runner's IDs of its tests by ID. */
export async function loadTests(file) {
  const [task] = await collectTests([file], { config: CONFIG, importFile: importAnew });
  if (task.result?.state === 'fail') throw new Error(`${file}: ${task.result.errors[0].message}`);
  return new Map([...testsById(task)].map(([id, test]) => [id, test.id]));
}

/**
 * Runs tests of a file, all of them by default. Returns `{ id, failure, ms }` of each that ran, in CPU time.
 * `stop` ends the run after the first failure. `onTest` is called with the ID of each test before it runs, and with nothing after it.
 */
export async function runTests(file, { ids, stop = false, onTest = () => undefined } = {}) {
  let idOf = new Map();
  let failed = false;
  let before;
  const cpuMs = new Map();
  const runner = {
    config: CONFIG,
    importFile: importAnew,
    onCollected: ([task]) => {
      idOf = new Map([...testsById(task)].map(([id, test]) => [test, id]));
    },
    onBeforeRunTask: (test) => {
      if (failed && stop) test.mode = 'skip';
      else onTest(idOf.get(test));
      before = process.cpuUsage();
    },
    onAfterRunTask: (test) => {
      const { user, system } = process.cpuUsage(before);
      cpuMs.set(test, (user + system) / 1000);
      onTest(undefined);
      failed ||= test.result?.state === 'fail';
    },
  };
  const [task] = await startTests([ids ? { filepath: file, testIds: ids } : file], runner);
  const results = [...idOf]
    .filter(([test]) => test.mode !== 'skip' && test.result)
    .map(([test, id]) => ({ id, failure: messageOf(test), ms: cpuMs.get(test) ?? 0 }));
  const outside = messageOf(task) ?? task.tasks.map(messageOf).find(Boolean);
  if (outside !== undefined && !results.some(({ failure }) => failure)) {
    const [id] = idOf.values();
    return [...results, { id: id ?? `${file}#`, failure: outside, ms: 0 }];
  }
  return results;
}

const messageOf = ({ result }) =>
  result?.state === 'fail' ? (result.errors?.[0]?.message ?? 'A part of it failed') : undefined;
