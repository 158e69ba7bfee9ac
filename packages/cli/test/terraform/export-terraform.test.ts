import { readdirSync, readFileSync } from 'node:fs';
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
  expect(shown).toContain(readFileSync(path.join(cwd, 'a/tf/providers.tf'), 'utf8'));
});
