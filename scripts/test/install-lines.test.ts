import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as workspace from '../workspace.mjs';

const { NAMES_ARE_OURS, PACKAGES, PNPM, ROOT } = workspace as {
  NAMES_ARE_OURS: boolean;
  PACKAGES: readonly { readonly folder: string }[];
  PNPM: string;
  ROOT: string;
};

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

// That the tarballs install, compile and run is what `scripts/packed.mjs` checks.
it('docs/install.md says where packages come from, in lines that are true, and the README leads there', () => {
  const page = read('docs/install.md');
  const [, build = '', command = '', install = ''] = /```bash\n(.*)\n(.*)\n(.*)\n/.exec(page) ?? [];
  const [, script = ''] = /^npm run (\w+)/.exec(build) ?? [];
  expect(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)).toContain(script);
  const { name, bin } = JSON.parse(read('packages/cli/package.json')) as {
    name: string;
    bin: Record<string, string>;
  };
  expect(command).toBe('npm pack ./packages/cli');
  expect(install).toBe(`npm install --global ./${name}-*.tgz`);
  expect(page).toContain(`\`node ${path.join('packages/cli', bin[name] ?? '')}\` in the clone`);
  expect(page).toContain(`npx ${PNPM} -r --filter './packages/*' pack --pack-destination "$PWD/tarballs"`);
  expect(read('README.md')).toContain('(docs/install.md)');
});

it.skipIf(NAMES_ARE_OURS || !existsSync(path.join(ROOT, '.git')))(
  'no text for users runs a name of a registry that is not ours, and nothing is published',
  () => {
    const texts = execFileSync(
      'git',
      [
        'ls-files',
        'README.md',
        'docs',
        'action',
        'docker',
        '.pre-commit-hooks.yaml',
        'packages/*/README.md',
        'packages/*/src',
        'site/src',
        'examples',
        'skills',
      ],
      { cwd: ROOT, encoding: 'utf8' },
    )
      .trim()
      .split('\n')
      .filter((file) => !/decisions|contributing/.test(file));
    expect(texts.length).toBeGreaterThan(100);
    const runs =
      /\bnpx (?:-\S+ )*(?:postern|@postern)\b|\bpostern@\d|\b(?:npm (?:install|i|add|create|init)|pnpm add|yarn add) (?:-\S+ )*(?:postern|@postern)\b/;
    expect(texts.filter((file) => runs.test(read(file)))).toEqual([]);
    expect(() =>
      execFileSync(process.execPath, ['scripts/publish.mjs', 'tarballs'], { cwd: ROOT, stdio: 'pipe' }),
    ).toThrow('NAMES_ARE_OURS');
  },
);

it('server.json is what the registry of MCP servers accepts, for the name that the package proves', () => {
  const [server, { mcpName, name, version }] = ['server', 'package'].map((file) =>
    JSON.parse(read(`packages/cli/${file}.json`)),
  );
  const accepts = new Ajv({ strict: false, validateFormats: false }).compile(
    JSON.parse(read('scripts/test/mcp-server-schema.json')),
  );
  expect([accepts(server), accepts.errors]).toEqual([true, null]);
  expect(server).toMatchObject({ name: mcpName, version, packages: [{ identifier: name, version }] });
  for (const wrong of [{ name: 'postern' }, { description: 'a'.repeat(101) }, { packages: [{ identifier: name }] }])
    expect(accepts({ ...server, ...wrong })).toBe(false);
});

it('READMEs of packages lead there, and have no such lines of their own', () => {
  for (const { folder } of PACKAGES) {
    const file = `packages/${folder}/README.md`;
    const text = read(file);
    expect([file, text.includes('(../../docs/install.md)'), /pnpm@|npm pack/.test(text)]).toEqual([file, true, false]);
  }
});
