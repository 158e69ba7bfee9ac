import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { buildAll } from '../build.mjs';
// @ts-expect-error a script without declarations
import { pack } from '../pack.mjs';
// @ts-expect-error a script without declarations
import { PUBLISHED, ROOT } from '../workspace.mjs';
import { runs } from '../../packages/core/test/runs.js';
import { sharedTemporaryFolder } from '../../packages/core/test/temporary-folder.js';

const build = buildAll as (how: { readonly quiet: boolean }) => Promise<void>;
const packInto = pack as (folder: string) => Promise<unknown>;
const page = readFileSync(path.join(ROOT as string, 'docs/install.md'), 'utf8');

/** The lines of the page: for one cloud, and for tests. */
const [libraries = '', tests = ''] = [...page.matchAll(/^npm install .*CLONE.*$/gm)].map(([line]) => line);
/** What the page writes for managers that look into the registry. */
const [, manifestLines = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];

/** The lines for both clouds, on this Node, as the page says it, and what a project has of its own. */
const LINES = [
  libraries.replace('{core,aws}', '{core,aws,alibaba}'),
  Number(process.versions.node.split('.')[0]) < 22 ? tests.replace(/ vitest$/, ' vitest@4') : tests,
  'npm install --save-dev typescript@5.9.3 @types/node@20',
];

const PROGRAM = `import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { PrivateIntegrations, simulatorAt } from '@postern/core';
import { test } from '@postern/testing/vitest';
import { expect } from 'vitest';

test('both clouds answer', { timeout: 120_000 }, async ({ clouds }) => {
  const simulator = await simulatorAt(clouds.url);
  const onAws = new PrivateIntegrations(aws({ region: 'eu-west-1', simulator }), { project: 'shop' });
  const onAlibaba = new PrivateIntegrations(alibaba({ region: 'cn-hangzhou', simulator }), { project: 'shop' });
  const found: string[] = [];
  for await (const { id } of onAws.links()) found.push(id);
  for await (const { id } of onAlibaba.links()) found.push(id);
  expect(found).toEqual([]);
});
`;

const TSCONFIG = {
  compilerOptions: { module: 'NodeNext', target: 'ES2022', strict: true, skipLibCheck: false, noEmit: true },
  include: ['clouds.test.ts'],
};

/** How each manager writes a line of npm. yarn has the layout of npm, so that its types are those of npm. */
const MANAGERS = [
  { name: 'npm', install: 'npm install', dev: '--save-dev', typed: true },
  { name: 'pnpm', install: 'npx --yes pnpm@10.34.9 add', dev: '--save-dev', typed: true },
  { name: 'yarn', install: 'npx --yes yarn@1.22.22 add', dev: '--dev', typed: false },
] as const;

/** What the page writes into `package.json`. yarn 1 ends where a registry lacks an optional package, as some do those of Vite 8. */
function writtenFor(name: string, clone: string) {
  const written = JSON.parse(manifestLines.replaceAll('CLONE', clone)) as { readonly resolutions: object };
  return name === 'yarn' ? { resolutions: { ...written.resolutions, vite: '^7' } } : written;
}

async function run(line: string, cwd: string): Promise<string> {
  const running = promisify(execFile)('bash', ['-c', line], { cwd, maxBuffer: 1e8 });
  const { stdout } = await running.catch((error: { readonly stdout: string; readonly stderr: string }) => {
    throw new Error(`${line}\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

describe('the lines of docs/install.md', () => {
  const clone = sharedTemporaryFolder();
  let isOffline = false;

  beforeAll(async () => {
    isOffline = await run('npm ping --fetch-retries 0 --fetch-timeout 10000', clone()).then(
      () => false,
      () => true,
    );
    if (isOffline) return;
    mkdirSync(path.join(clone(), 'tarballs'));
    await build({ quiet: true });
    await packInto(path.join(clone(), 'tarballs'));
  }, 1_800_000);

  // All three with npm run prove.
  it.for(MANAGERS.slice(0, runs(1, MANAGERS.length)))(
    'with $name: adapters, testing and vitest in one project, strict, with all declarations checked',
    async ({ name, install, dev, typed }, { skip }) => {
      skip(isOffline, 'the registry of npm cannot be reached');
      const project = path.join(clone(), name);
      mkdirSync(project);
      const manifest = { private: true, type: 'module', ...(name === 'npm' ? {} : writtenFor(name, clone())) };
      writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest));
      writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(TSCONFIG));
      writeFileSync(path.join(project, 'clouds.test.ts'), PROGRAM);

      for (const line of LINES) {
        const own = line.replace('npm install', install).replace('--save-dev', dev);
        await run(own.replaceAll('CLONE', clone()), project);
      }

      if (typed) await run('node node_modules/typescript/bin/tsc -p .', project);
      expect(await run('node node_modules/vitest/vitest.mjs run', project)).toMatch(/Tests .*1 passed/);
      const types = readFileSync(path.join(project, 'node_modules/@types/node/package.json'), 'utf8');
      expect((JSON.parse(types) as { readonly version: string }).version).toMatch(/^20\./);
    },
    1_200_000,
  );

  it('npm sbom in the release names every package', { timeout: 600_000 }, async ({ skip }) => {
    skip(isOffline, 'the registry of npm cannot be reached');
    const workflow = readFileSync(path.join(ROOT as string, '.github/workflows/release.yml'), 'utf8');
    await run(`set -e\n${/ {10}mkdir release[^]*?npm sbom.*\n/.exec(workflow)?.[0]}`, clone());
    const bom = readFileSync(path.join(clone(), 'tarballs/sbom.cdx.json'), 'utf8');
    const { components } = JSON.parse(bom) as { components: { name: string }[] };
    const names = components.map(({ name }) => name);
    expect((PUBLISHED as typeof components).filter(({ name }) => !names.includes(name))).toEqual([]);
  });
});
