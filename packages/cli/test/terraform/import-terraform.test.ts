import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folder, run } from '../run-command.js';

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../../examples/terraform/${name}`, import.meta.url));

it('imports the same from a plan that keeps all and from the snapshot that it is for, and may be repeated', async () => {
  const cwd = folder();
  const spec = (): string => readFileSync(path.join(cwd, 'postern.yaml'), 'utf8').replace(/^#.*\n|^spec: .*\n/gm, '');
  const into = ['-o', 'postern.yaml', '--project', 'shop'];
  expect((await run(['import', '--snapshot', example('base.json'), ...into], { cwd })).status).toBe(0);
  const before = spec();
  const twice = ['import', '--terraform', example('fixed.json'), ...into];
  for (const _ of [1, 2]) expect((await run(twice, { cwd })).status).toBe(0);
  expect(spec()).toBe(before);
});

it('refuses a link that is not in the file, and a file that is none', async () => {
  const cwd = folder();
  const link = await run(['import', '--terraform', example('fixed.json'), '--link', 'nolink'], { cwd });
  expect(link).toMatchObject({ status: 1, err: expect.stringContaining('Leave --link out') });
  writeFileSync(path.join(cwd, 'text'), 'Terraform will perform the following actions');
  const text = await run(['import', '--terraform', 'text'], { cwd });
  expect(text).toMatchObject({ status: 64, err: expect.stringContaining('terraform show -json') });
});

it('prints to standard output, also where `-` is named', async () => {
  const cwd = folder();
  const { out } = await run(['import', '--terraform', example('fixed.json'), '-o', '-'], { cwd });
  expect(out).toMatch(/^version: 1$/m);
  expect(readdirSync(cwd)).not.toContain('-');
});
