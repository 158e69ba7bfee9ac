// Packs every package, installs the tarballs with production dependencies only into a folder outside the workspace, compiles a
// consumer against them, and smoke-tests them by `import` and by `require` with the given Node binaries.
//   node scripts/packed.mjs [--unless-passed] [--node /path/to/node ...]
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { buildAll } from './build.mjs';
import { run } from './child.mjs';
import { pack } from './pack.mjs';
import { setUp } from './set-up.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { CACHE, PACKAGES, PNPM, ROOT, buildHash, filesBelow, hashFiles } from './workspace.mjs';

const CONSUMER = path.join(ROOT, 'scripts', 'consumer');
const README = path.join(ROOT, 'README.md');

/** What the outcome depends on: when it has not changed, neither has the outcome. */
export const packedHash = () =>
  hashFiles(
    [...filesBelow(CONSUMER), README, ...['pack', 'packed'].map((name) => path.join(ROOT, `scripts/${name}.mjs`))],
    ...PACKAGES.map((one) => buildHash(one.folder)),
  );

/** Packs and installs; returns the consumer's folder, which is removed when this process ends. */
export async function installPacked() {
  const folder = temporaryFolder('consumer');
  const tarballs = path.join(folder, 'tarballs');
  mkdirSync(tarballs);
  const dependencies = Object.fromEntries(
    Object.entries(await pack(tarballs)).map(([name, file]) => [name, `file:./tarballs/${path.basename(file)}`]),
  );
  cpSync(CONSUMER, folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify(
      { name: 'consumer', private: true, type: 'module', dependencies, pnpm: { overrides: dependencies } },
      null,
      2,
    ),
  );
  await run(
    'npx',
    [
      '--yes',
      PNPM,
      'install',
      '--prod',
      '--ignore-workspace',
      '--ignore-scripts',
      '--prefer-offline',
      '--no-frozen-lockfile',
    ],
    {
      cwd: folder,
      env: { CI: 'true' },
    },
  );
  return folder;
}

/** The program of the README, as a user copies it. `types: []` leaves Node's variables out. */
function readmeProgram() {
  const [, program = ''] = /```js\n(import [\s\S]*?)```/.exec(readFileSync(README, 'utf8')) ?? [];
  return `declare const process: { env: Record<string, string | undefined> };\n${program}`;
}

/** Type errors of the consumer, of the README's program, and of our own declarations as they see them. */
export function compileConsumer(folder) {
  const readme = path.join(folder, 'readme.ts');
  writeFileSync(readme, readmeProgram());
  const program = ts.createProgram([path.join(folder, 'consumer.ts'), path.join(folder, 'consumer.cts'), readme], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  });
  // Foreign declarations may lean on Node's types; ours, and the consumer, must not.
  const ours = program
    .getSourceFiles()
    .filter(
      (file) => !file.fileName.includes('node_modules') || /[\\/]@postern[\\/+]|[\\/]postern[\\/@]/.test(file.fileName),
    );
  const problems = ours
    .filter((file) => !program.isSourceFileDefaultLibrary(file))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
  return problems.map(
    (problem) =>
      `${problem.file ? path.basename(problem.file.fileName) : ''}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`,
  );
}

/** One apply on the simulator, by `import` and by `require`, which loads every entry; then the command itself. */
export async function smoke(folder, binary) {
  for (const program of ['smoke.mjs', 'smoke.cjs', 'smoke-command.mjs']) await run(binary, [program], { cwd: folder });
}

/** All of it, unless nothing has changed since it last passed. */
export async function checkPacked({ binaries = [process.execPath], cached = true } = {}) {
  const stamp = path.join(CACHE, 'packed.json');
  const hash = `${packedHash()} ${binaries.join(' ')}`;
  if (cached && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return { cached: true, problems: [] };
  const folder = await installPacked();
  const problems = compileConsumer(folder);
  for (const binary of binaries) await smoke(folder, binary);
  if (problems.length === 0) writeFileSync(stamp, hash);
  return { cached: false, problems };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  await buildAll({ quiet: true });
  const binaries = process.argv.flatMap((argument, index) => (process.argv[index - 1] === '--node' ? [argument] : []));
  const cached = process.argv.includes('--unless-passed');
  const { problems } = await checkPacked({ cached, ...(binaries.length ? { binaries } : {}) });
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length
      ? `${problems.length} type errors in the packed packages.`
      : 'The packed packages install, compile and run.',
  );
  process.exit(problems.length ? 1 : 0);
}
