// What users get: packs every package, unpacks the tarballs outside the workspace, compiles a consumer against them, and smoke-tests them by
// `import` and by `require`.
//   node scripts/packed.mjs                                  beside the workspace's packages of others, unless that has passed before
//   node scripts/packed.mjs --install [--node FILE ...]      installed as a user does, with attw, on these Node binaries
import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { buildAll } from './build.mjs';
import { node, run } from './child.mjs';
import { once } from './once.mjs';
import { pack } from './pack.mjs';
import { resultPrograms } from './results.mjs';
import { toolEntry } from './run.mjs';
import { setUp } from './set-up.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import {
  PACKAGES,
  PNPM,
  ROOT,
  buildHash,
  filesBelow,
  hashFiles,
  packageFolder,
  publicEntries,
  readJson,
} from './workspace.mjs';

const CONSUMER = path.join(ROOT, 'scripts', 'consumer');
/** Their programs compile, too. */
const PAGES = [
  path.join(ROOT, 'README.md'),
  ...filesBelow(path.join(ROOT, 'docs'), (file) => file.endsWith('.md')),
  ...PACKAGES.map(({ folder }) => path.join(packageFolder(folder), 'README.md')),
];
const PROGRAM = path.join(ROOT, 'examples/readme-program/program.mjs');

/** What the outcome depends on: when it has not changed, neither has the outcome. */
const packedHash = () =>
  hashFiles(
    [
      ...filesBelow(CONSUMER),
      PROGRAM,
      ...PAGES,
      ...['pack', 'packed', 'results'].map((name) => path.join(ROOT, `scripts/${name}.mjs`)),
    ],
    ...PACKAGES.map((one) => buildHash(one.folder)),
  );

/** The consumer's folder, which is removed when this process ends, and the tarballs by the names of the packages. */
async function consumer() {
  const folder = temporaryFolder('consumer');
  mkdirSync(path.join(folder, 'tarballs'));
  cpSync(CONSUMER, folder, { recursive: true });
  return { folder, tarballs: await pack(path.join(folder, 'tarballs')) };
}

/** As a user installs them: with production dependencies only, from the registry. Returns the consumer's folder. */
export async function installPacked() {
  const { folder, tarballs } = await consumer();
  const dependencies = Object.fromEntries(
    Object.entries(tarballs).map(([name, file]) => [name, `file:./tarballs/${path.basename(file)}`]),
  );
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies,
      pnpm: { overrides: dependencies },
    }),
  );
  const options = ['--prod', '--ignore-workspace', '--ignore-scripts', '--prefer-offline', '--no-frozen-lockfile'];
  await run('npx', ['--yes', PNPM, 'install', ...options], { cwd: folder, env: { CI: 'true' } });
  return folder;
}

function link(place, target) {
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(realpathSync(target), place, 'junction');
}

/** Unpacked beside the dependencies that each manifest names, from the workspace: what it does not name is not found. */
async function unpackPacked() {
  const { folder, tarballs } = await consumer();
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const modulesOf = (one) => path.join(folder, 'node_modules', '.packed', one, 'node_modules');
  for (const one of PACKAGES) {
    const place = path.join(modulesOf(one.folder), one.name);
    mkdirSync(place, { recursive: true });
    await run('tar', ['-xzf', tarballs[one.name], '-C', place, '--strip-components=1']);
    link(path.join(folder, 'node_modules', one.name), place);
  }
  for (const one of PACKAGES) {
    const { dependencies } = readJson(path.join(modulesOf(one.folder), one.name, 'package.json'));
    for (const name of Object.keys(dependencies)) {
      const ours = PACKAGES.find((other) => other.name === name);
      const modules = ours ? modulesOf(ours.folder) : path.join(packageFolder(one.folder), 'node_modules');
      link(path.join(modulesOf(one.folder), name), path.join(modules, name));
    }
  }
  return folder;
}

/** Every entry that has declarations, with its file in the consumer's folder. */
const entriesIn = (folder) =>
  Object.fromEntries(
    PACKAGES.flatMap(({ folder: of, name }) =>
      publicEntries(of).map(({ entry, file }) => [
        name + entry.slice(1),
        path.join(folder, 'node_modules', name, path.relative(packageFolder(of), file)),
      ]),
    ),
  );

/** A program that imports every entry. */
const everyEntry = (entries) =>
  Object.keys(entries)
    .map((entry, at) => `export * as entry${at} from '${entry}';\n`)
    .join('');

/** The programs of pages, by the names of files. */
const pagePrograms = () =>
  PAGES.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text], at) => [
      `${path.relative(ROOT, file).replaceAll(/\W/g, '-')}-${at}.ts`,
      text,
    ]),
  ).filter(([, text]) => text.includes("from '@postern"));

/** What those programs use besides, by the folder of the workspace that has it. */
const OTHERS = {
  '@aws-sdk/client-apigatewayv2': 'packages/aws',
  '@opentelemetry/api': 'packages/cli',
  '@types/node': '.',
  vitest: '.',
};

/** What may be missing: Node's types, which three entries need, and an optional peer, which the consumer does not have. */
const LEAN = [
  /\bcore\/dist\/node\.d[\w.-]*\.ts.* 'Buffer'/,
  /\bfleet\/dist\/.* 'NodeJS'/,
  /\btesting\/dist\/vitest\.d[\w.-]*\.ts.* 'vitest'/,
  // Of a page: a file of the user.
  /Cannot find module '\.\//,
];

/** The consumer, our own declarations as it sees them, and nothing of others, whose declarations may lean on Node's types. */
function isOurs(problem) {
  const [file] = problem.split('(');
  const parts = file.split(/node_modules[\\/]/);
  return /^\S/.test(problem) && (parts.length === 1 || /^@?postern[\\/]/.test(parts.at(-1)));
}

/** Type errors of the consumer, and of each entry, loaded as an ES module and as CommonJS. */
async function compileConsumer(folder) {
  const entries = entriesIn(folder);
  for (const form of ['ts', 'cts']) writeFileSync(path.join(folder, `entries.${form}`), everyEntry(entries));
  const problems = await typeErrors(folder, 'tsconfig.json');
  return [...problems, ...(await compileProgram(path.join(folder, 'program'), entries))];
}

/** Type errors of a project that writes declarations: the programs of the README and of pages, and one that exports all results, by both resolutions. */
async function compileProgram(folder, entries) {
  mkdirSync(folder);
  for (const [name, of] of Object.entries(OTHERS))
    link(path.join(folder, '../node_modules', name), path.join(ROOT, of, 'node_modules', name));
  const results = resultPrograms(entries).map((text, at) => [`results-${at}.ts`, text]);
  const ofReadme = ['readme.ts', readFileSync(PROGRAM, 'utf8')];
  for (const [name, text] of [ofReadme, ...pagePrograms(), ...results]) writeFileSync(path.join(folder, name), text);
  const project = path.join(folder, 'tsconfig.json');
  const problems = [];
  for (const module of ['NodeNext', 'Preserve']) {
    const options = {
      declaration: true,
      emitDeclarationOnly: true,
      noEmit: false,
      outDir: 'out',
      rootDir: '.',
      types: ['node'],
    };
    const compilerOptions = {
      ...options,
      module,
      moduleResolution: module === 'Preserve' ? 'Bundler' : module,
      skipLibCheck: true,
    };
    writeFileSync(project, JSON.stringify({ extends: '../tsconfig.json', compilerOptions, include: ['*.ts'] }));
    problems.push(...(await typeErrors(folder, project)));
  }
  return problems;
}

async function typeErrors(folder, project) {
  const options = ['-p', project, '--pretty', 'false', '--checkers', '1'];
  const output = await node([toolEntry('typescript-native', 'tsc'), ...options], { cwd: folder }).then(
    () => '',
    (error) => error.output || error.message,
  );
  return output.split('\n').filter((line) => isOurs(line) && !LEAN.some((allowed) => allowed.test(line)));
}

/** What publint says of the files and the manifests. */
async function lintPacked(folder) {
  const problems = [];
  for (const { name } of PACKAGES) {
    const { messages, pkg } = await publint({
      pkgDir: path.join(folder, 'node_modules', name),
      pack: false,
      strict: true,
    });
    const serious = messages.filter(({ type }) => type !== 'suggestion');
    problems.push(...serious.map((message) => `${name}: ${formatMessage(message, pkg, { color: false })}`));
  }
  return problems;
}

/** What attw says of the tarballs: whether each kind of program finds the declarations. The command has none. */
async function attw(folder) {
  for (const file of filesBelow(path.join(folder, 'tarballs'), (one) => !/postern-\d/.test(one)))
    await node([toolEntry('@arethetypeswrong/cli', 'attw'), file, '--profile', 'esm-only', '--quiet']);
}

/** One apply on the simulator, by `import` and by `require`, which loads every entry; then the command itself. */
export async function smoke(folder, binary) {
  for (const program of ['smoke.mjs', 'smoke.cjs', 'smoke-command.mjs']) await run(binary, [program], { cwd: folder });
}

async function checkFolder(folder, binaries = [process.execPath]) {
  const problems = [...(await compileConsumer(folder)), ...(await lintPacked(folder))];
  for (const binary of problems.length > 0 ? [] : binaries) await smoke(folder, binary);
  return problems;
}

/** The check of `npm run prove`. */
export async function checkInstalled(binaries) {
  const folder = await installPacked();
  await attw(folder);
  return checkFolder(folder, binaries);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  await buildAll({ quiet: true });
  const binaries = process.argv.flatMap((argument, index) => (process.argv[index - 1] === '--node' ? [argument] : []));
  const problems = await (process.argv.includes('--install')
    ? checkInstalled(binaries.length > 0 ? binaries : undefined)
    : once('packed', packedHash(), async () => checkFolder(await unpackPacked())));
  for (const problem of problems ?? []) console.error(problem);
  console.log(problems?.length > 0 ? `${problems.length} problems.` : 'The packed packages compile and run.');
  process.exit(problems?.length > 0 ? 1 : 0);
}
