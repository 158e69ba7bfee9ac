import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folder, run } from '../run-command.js';

const base = fileURLToPath(new URL('../../../../examples/terraform/base.json', import.meta.url));

it('writes files to a folder that it makes, and nothing to stdout', async () => {
  const links = 'links: { main: { provider: aws, region: eu-west-1, subnets: [subnet-1] } }';
  const cwd = folder({ 'postern.yaml': `version: 1\nproject: shop\n${links}\n` });
  const { status, out, err } = await run(['export', 'terraform', '--snapshot', base, '-o', 'a/tf'], { cwd });
  expect({ status, out }).toEqual({ status: 0, out: '' });
  expect(err).toContain('note: the spec owns nothing that exists');
  expect(readdirSync(path.join(cwd, 'a/tf'))).toEqual(['postern.tf', 'providers.tf']);
  const { out: shown } = await run(['export', 'terraform', '--snapshot', base], { cwd });
  const [head = '', ...lines] = readFileSync(path.join(cwd, 'a/tf/providers.tf'), 'utf8').split('\n');
  expect(head).toBe('# Written by `postern export terraform`.');
  expect(shown).toContain(lines.join('\n').trim());
});

it('replaces its own files, and none of the user without --force', async () => {
  const links = 'links: { main: { provider: aws, region: eu-west-1, subnets: [subnet-1] } }';
  const cwd = folder({ 'postern.yaml': `version: 1\nproject: shop\n${links}\n` });
  const mine = 'terraform { backend "s3" { bucket = "mine" } }\n';
  const args = ['export', 'terraform', '--snapshot', base, '-o', '.'];
  writeFileSync(path.join(cwd, 'providers.tf'), mine);
  expect(await run(args, { cwd })).toMatchObject({
    status: 64,
    err: expect.stringContaining('providers.tf exists, and was not written by `postern export terraform`'),
  });
  // All files are looked at before the first is written.
  expect(existsSync(path.join(cwd, 'postern.tf'))).toBe(false);
  expect(readFileSync(path.join(cwd, 'providers.tf'), 'utf8')).toBe(mine);
  expect((await run([...args, '--force'], { cwd })).status).toBe(0);
  expect((await run(args, { cwd })).status).toBe(0);
});
