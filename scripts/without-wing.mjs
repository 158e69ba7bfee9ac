// The proof that a wing can be deleted (docs/decisions, "a wing for each product"): copies the checkout, deletes the wing, the lines that
// name its door and the tests that go with it, and compiles, lints and tests what is left.
//   node scripts/without-wing.mjs rest-apis                    compiles and lints
//   node scripts/without-wing.mjs rest-apis --tests packages/aws  and runs these tests, by folder, file or a part of its name
//   node scripts/without-wing.mjs rest-apis --tests             and runs all tests of `npm test`
//   node scripts/without-wing.mjs rest-apis --shard=3/12        only runs a part of them, as `npm run prove -- 3/12` does
//   node scripts/without-wing.mjs traditional --rows            and runs test files with rows of the wing: which still fail
//   node scripts/without-wing.mjs rest-apis --list              prints what does not compile, by place
//   node scripts/without-wing.mjs traditional --only packages/alibaba  compiles the sources of one package, and lints these
//   node scripts/without-wing.mjs rest-apis --in FOLDER         in a folder that stays
// Simulated clouds stay whole: their product is the cloud's, not ours.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { PACKAGES, ROOT, readJson } from './workspace.mjs';

/** The wings: the folder of each, what goes with it besides, and test files with rows of it among others. */
const WINGS = readJson(path.join(ROOT, 'scripts/wings.json'));

const IMPORT = /^(?:import|export) (?:type )?\{([^}]*)\} from '([^']+)';\n/gm;

/**
 * A file without the lines that name what is gone: its imports from there, and each line that says no more than `...restApis.rows,`,
 * `stage: stageExits,` or `restApis,`. In an array or an object on one line it is taken out.
 */
export function withoutNames(text, isGone) {
  const names = [];
  let left = text.replace(IMPORT, (line, given, from) => {
    if (!isGone(from)) return line;
    if (line.startsWith('export')) return '';
    for (const one of given.split(',')) {
      const name = one
        .trim()
        .replace(/^type /, '')
        .split(' as ')
        .at(-1);
      if (name !== '') names.push(name);
    }
    return '';
  });
  for (const name of names) {
    left = left
      .replace(new RegExp(String.raw`^ *(?:(?:'[^']*'|[\w-]+): )?(?:\.\.\.)?${name}(?:\.\w+)*,\n`, 'gm'), '')
      .replace(new RegExp(String.raw`, (?:(?:'[^']*'|[\w-]+): )?(?:\.\.\.)?${name}(?:\.\w+)*(?=[,\]]| \})`, 'g'), '')
      .replace(
        new RegExp(String.raw`(\[|\{ )(?:(?:'[^']*'|[\w-]+): )?(?:\.\.\.)?${name}(?:\.\w+)*(?:, |(?=\]| \}))`, 'g'),
        '$1',
      );
  }
  return left;
}

/** Copies the checkout as git knows it. What is installed is linked; links between packages lead to the copy. */
function copyCheckout(to) {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    maxBuffer: 2 ** 28,
  });
  for (const file of listed.toString().split('\0')) {
    if (file === '' || !existsSync(path.join(ROOT, file))) continue;
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    cpSync(path.join(ROOT, file), path.join(to, file), { verbatimSymlinks: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(to, 'node_modules'));
  for (const folder of [...PACKAGES.map((one) => `packages/${one.folder}`), 'examples', 'site', 'site/playground']) {
    const installed = path.join(ROOT, folder, 'node_modules');
    if (existsSync(installed))
      cpSync(installed, path.join(to, folder, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  }
  const types = path.join(ROOT, '.cache/types');
  if (existsSync(types)) cpSync(types, path.join(to, '.cache/types'), { recursive: true });
}

/** Deletes the wing, what goes with it (folders of its name among the tests, and what the table lists), and the lines that name these. */
function deleteWing(name, { folder, with: others }, to) {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, maxBuffer: 2 ** 28 })
    .toString()
    .split('\0')
    .filter(Boolean);
  const below = (file, one) => file === one || file.startsWith(`${one}/`);
  const isTest = (file) => file.includes('/test/') && file.split('/').includes(name);
  const gone = new Set(files.filter((file) => isTest(file) || [folder, ...others].some((one) => below(file, one))));
  for (const file of gone) rmSync(path.join(to, file), { force: true });
  const changed = files.filter((file) => {
    const place = path.join(to, file);
    if (!file.endsWith('.ts') || !existsSync(place)) return false;
    const isGone = (from) =>
      from.startsWith('.') && gone.has(path.join(path.dirname(file), from.replace(/\.js$/, '.ts')));
    const text = readFileSync(place, 'utf8');
    const left = withoutNames(text, isGone);
    if (left !== text) writeFileSync(place, left);
    return left !== text;
  });
  return { gone: [...gone], changed };
}

const tool = (to, name, ...args) => node([toolEntry(...name), ...args], { cwd: to, env: { GOMEMLIMIT: '2GiB' } });

async function attempt(what, run) {
  const before = performance.now();
  try {
    await run();
    console.log(`✓ ${what} (${Math.round((performance.now() - before) / 1000)} s)`);
    return '';
  } catch (error) {
    if (error.output === undefined) throw error;
    console.error(`✗ ${what}`);
    return error.output;
  }
}

/** Errors of the compiler, counted by file. */
function byPlace(output) {
  const counts = new Map();
  for (const [, file] of output.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)) counts.set(file, (counts.get(file) ?? 0) + 1);
  return [...counts.keys()].toSorted().map((file) => `${String(counts.get(file)).padStart(4)}  ${file}`);
}

/** Names of tests behind an option: up to the next one. */
function patternsAfter(options, name) {
  const rest = options.slice(options.indexOf(name) + 1);
  const next = rest.findIndex((one) => one.startsWith('--'));
  return next < 0 ? rest : rest.slice(0, next);
}

/** Runs tests of `npm test` in a copy. Files that failed are named. */
async function testIn(to, args) {
  const report = path.join(to, 'tests.json');
  const ended = await node(
    [
      toolEntry('vitest'),
      'run',
      '--silent',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { cwd: to, env: { POSTERN_TESTS: 'loop' } },
  ).then(
    () => true,
    (error) => console.error(error.output),
  );
  const { numPassedTests: passed, numFailedTests, testResults } = readJson(report);
  const fails = testResults.filter(({ status }) => status === 'failed').map(({ name }) => path.relative(to, name));
  return { files: testResults.length, fails, passed, failed: ended ? 0 : Math.max(1, numFailedTests) };
}

/** Rows of a wing in tests compile without it, and are not run. */
function leaveOutRows({ rows = [] }, to) {
  for (const file of rows) rmSync(path.join(to, file), { force: true });
  return rows.length;
}

/** A copy without a wing. */
function copyWithout(name, to = temporaryFolder(name)) {
  copyCheckout(to);
  return { to, ...deleteWing(name, WINGS[name], to) };
}

/** A copy without each wing and without its rows, by the name of the wing. */
export function copiesWithoutWings() {
  return Object.entries(WINGS).map(([name, wing]) => {
    const { to } = copyWithout(name);
    leaveOutRows(wing, to);
    return [name, to];
  });
}

/** Of the tests of `npm test`, what a part of `npm run prove` runs in these copies: how many passed and failed. */
export async function testWithoutWings(copies, shard) {
  const sum = { passed: 0, failed: 0 };
  for (const [name, to] of copies) {
    const { files, passed, failed } = await testIn(to, [shard]);
    console.log(`without the wing ${name}: ${files} files, ${passed} tests passed, ${failed} failed`);
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}

async function main([name, ...options]) {
  const wing = WINGS[name];
  if (wing === undefined) {
    console.error(
      `usage: without-wing.mjs ${Object.keys(WINGS).join('|')} [--list] [--in FOLDER] [--only PACKAGE] [--shard=N/M] [--rows] [--tests [PATTERN…]]`,
    );
    process.exit(64);
  }
  const valueOf = (option) => (options.includes(option) ? options[options.indexOf(option) + 1] : undefined);
  const { to, gone, changed } = copyWithout(name, valueOf('--in'));
  console.log(
    `deleted ${wing.folder}, ${gone.length} files in all, and the lines that name them of ${changed.join(', ')}`,
  );
  const shard = options.find((one) => one.startsWith('--shard='));
  const output = shard === undefined ? await compileAndLint(to, options, valueOf('--only')) : [];
  if (options.includes('--tests') || shard !== undefined) {
    const leftOut = options.includes('--rows') ? 0 : leaveOutRows(wing, to);
    const args = shard === undefined ? patternsAfter(options, '--tests') : [shard];
    const { files, fails, passed, failed } = await testIn(to, args);
    console.log(
      `${files} files, ${passed} tests passed, ${failed} failed; ${leftOut} files with rows of the wing are left out`,
    );
    output.push(...fails);
  }
  if (output.length === 0) return;
  console.error(output.join('\n'));
  process.exit(1);
}

async function compileAndLint(to, options, only) {
  const compiled = await attempt(`types of ${only ?? 'every package, tests and examples'} (tsc)`, () =>
    tool(to, ['typescript-native', 'tsc'], '--build', ...(only === undefined ? [] : [only])),
  );
  if (options.includes('--list')) {
    console.log(byPlace(compiled).join('\n'));
    process.exit(0);
  }
  const linted = await attempt('lint (oxlint)', () =>
    tool(to, ['oxlint'], '--deny-warnings', ...(only === undefined ? [] : [`${only}/src`])),
  );
  return [compiled, linted].filter((one) => one !== '');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
