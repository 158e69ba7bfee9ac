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
it('contact M7: the first screen of the README says where packages come from, in two lines that are true', () => {
  const screen = read('README.md').split('\n').slice(0, 25).join('\n');
  const [, build = '', pack = ''] = /come from a clone:\n\n```sh\n(.*)\n(.*)\n```/.exec(screen) ?? [];
  const [, script = ''] = /^npm run (\w+)/.exec(build) ?? [];
  expect(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)).toContain(script);
  const [, bin = ''] = /node CLONE\/(packages\/cli\/\S+)`/.exec(build) ?? [];
  const { name, bin: bins } = JSON.parse(read('packages/cli/package.json')) as {
    name: string;
    bin: Record<string, string>;
  };
  expect(path.join('packages/cli', bins[name] ?? '')).toBe(bin);
  expect(pack).toContain(`npx ${PNPM} -r --filter './packages/*' pack --pack-destination "$PWD/tarballs"`);
  expect(pack).toContain('npm install tarballs/*.tgz');
});

it('every README of a package packs with the pnpm of this repository', () => {
  for (const { folder } of PACKAGES) {
    const file = `packages/${folder}/README.md`;
    if (!existsSync(path.join(ROOT, file))) continue;
    for (const [written] of read(file).matchAll(/pnpm@[\d.]+/g)) expect([file, written]).toEqual([file, PNPM]);
  }
});
