import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as workspace from '../workspace.mjs';

const { PACKAGES, PNPM, ROOT } = workspace as {
  PACKAGES: readonly { readonly folder: string }[];
  PNPM: string;
  ROOT: string;
};

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

// That the tarballs install, compile and run is what `scripts/packed.mjs` checks.
it('the first screen of the README says where packages come from, in lines that are true', () => {
  const screen = read('README.md').split('\n').slice(0, 32).join('\n');
  const [, command = '', build = '', pack = ''] =
    /come from a clone:\n\n```sh\n(.*)\n(.*)\n(.*)\n```/.exec(screen) ?? [];
  const [, script = ''] = /^npm run (\w+)/.exec(build) ?? [];
  expect(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)).toContain(script);
  const { name, version, bin } = JSON.parse(read('packages/cli/package.json')) as {
    name: string;
    version: string;
    bin: Record<string, string>;
  };
  expect(command).toContain('npm pack ./packages/cli ');
  expect(command).toMatch(new RegExp(`npm install --global \\./${name}-${version.replaceAll('.', '\\.')}\\.tgz$`));
  expect(read('README.md')).toContain(`\`node ${path.join('packages/cli', bin[name] ?? '')}\` is the \`postern\``);
  expect(pack).toContain(`npx ${PNPM} -r --filter './packages/*' pack --pack-destination "$PWD/tarballs"`);
  expect(build).toContain('npm install tarballs/*.tgz');
});

it('every README of a package packs with the pnpm of this repository', () => {
  for (const { folder } of PACKAGES) {
    const file = `packages/${folder}/README.md`;
    if (!existsSync(path.join(ROOT, file))) continue;
    for (const [written] of read(file).matchAll(/pnpm@[\d.]+/g)) expect([file, written]).toEqual([file, PNPM]);
  }
});
