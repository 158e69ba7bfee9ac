import { parseSpec } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isSpecId, type Snapshot } from '@postern/core/internal/adapter';
import { expect, it } from 'vitest';
import { newSpecIdentity } from '@postern/core/internal/spec';
import { importedIdentity } from '../../src/commands/specs/import.js';
import { folder, run } from '../run-command.js';

function snapshotOf(specs: readonly (string | undefined)[]): Snapshot {
  const links = specs.map((spec) => ({ owner: { project: 'shop', spec, integration: 'a' } }));
  const foreign = { owner: { project: 'other', spec: 'other', integration: 'a' } };
  return { regions: [{ links: [...links, foreign], gateways: [] }] } as unknown as Snapshot;
}

it.each(['shop', 'My_Shop.v2', '-', 'a'.repeat(63), 'a'.repeat(23) + '-b'])(
  'is valid for a project named %s',
  (name) => {
    const identity = newSpecIdentity(name);
    expect(isSpecId(identity)).toBe(true);
    expect(newSpecIdentity(name)).not.toBe(identity);
  },
);

it('is written by init, and differs from folder to folder', async () => {
  const specs = await Promise.all(
    [0, 1].map(async () => {
      const cwd = folder({});
      expect(await run(['init', '--project', 'shop', '--region', 'eu-west-1'], { cwd })).toMatchObject({ status: 0 });
      return parseSpec(readFileSync(path.join(cwd, 'postern.yaml'), 'utf8'));
    }),
  );
  expect(specs.map(({ project }) => project)).toEqual(['shop', 'shop']);
  expect(specs[0]?.spec).toMatch(/^shop-[a-z0-9]{6}$/);
  expect(specs[0]?.spec).not.toBe(specs[1]?.spec);
});

it.each([
  ['a new one where the project owns no resource', [], /^shop-[a-z0-9]{6}$/],
  ['the one that all resources of the project carry', ['pay-1', 'pay-1'], /^pay-1$/],
  ['a new one where several specs own the project', ['pay-1', 'orders-1'], /^shop-[a-z0-9]{6}$/],
])('of an import is %s', (_, specs, expected) => {
  expect(importedIdentity(snapshotOf(specs), 'shop')).toMatch(expected);
});

it('of an import of a part is a new one', () => {
  expect(importedIdentity(snapshotOf(['pay-1', 'pay-1']), 'shop', { part: true })).toMatch(/^shop-[a-z0-9]{6}$/);
});

it('must be valid', () => {
  const text = 'version: 1\nproject: shop\nspec: Shop_1\nlinks: {}\nintegrations: {}\n';
  expect(() => parseSpec(text)).toThrow(/not a valid spec identity/);
});
