import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeSnapshot } from '../../src/entries/decode.js';
import type { RegionSnapshot } from '../../src/do/snapshot/snapshot.js';

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');

/** The lists that version 2 added. */
const NEW: readonly (keyof RegionSnapshot)[] = [
  'routeTables',
  'networkAcls',
  'prefixLists',
  'peerings',
  'transitGateways',
  'virtualGateways',
  'instances',
  'targetGroups',
  'certificates',
  'services',
  'zones',
  'privateDomains',
  'serviceRoles',
  'whole',
];

describe('a snapshot of an older version', () => {
  it.each<[string]>([['snapshot-1-aws'], ['snapshot-1-alibaba']])(
    '%s: lists that it did not have count as not read',
    (name) => {
      const { version, regions } = decodeSnapshot(fixture(name));
      expect(version).toBe(3);
      for (const region of regions) for (const list of NEW) expect(region[list]).toBeUndefined();
    },
  );

  it.each([1, 2])('version %i: keeps all its content except results for one spec (AWS)', (version) => {
    const old = JSON.parse(fixture('snapshot-1-aws')) as { readonly regions: readonly Record<string, unknown>[] };
    const answers = { refusals: [], prices: [], traits: {} };
    const given = { ...old, version, regions: old.regions.map((region) => ({ ...answers, ...region })) };
    const facts = old.regions.map(({ refusals: _refusals, ...region }) => region);
    expect(decodeSnapshot(JSON.stringify(given))).toEqual({ ...old, version: 3, regions: facts });
  });

  it('treats rules without a policy as not read (Alibaba Cloud)', () => {
    const region = decodeSnapshot(fixture('snapshot-1-alibaba')).regions[0]!;
    expect(region.securityGroups).toEqual([]);
    expect(region.gaps).toEqual([expect.objectContaining({ of: 'securityGroups', code: 'UNSUPPORTED_VERSION' })]);
    expect(region.gaps[0]!.id).toBeUndefined();
  });

  it.each<[string, string]>([
    ['{"version":1}', 'nothing else'],
    ['{"version":1,"regions":7}', 'regions are not a list'],
    ['{"version":1,"takenAt":"2026-06-01T00:00:00Z","regions":[null,[],7,{"provider":"alibaba"}]}', 'invalid regions'],
    [
      '{"version":1,"takenAt":"2026-06-01T00:00:00Z","regions":[{"provider":"alibaba","gaps":[]}]}',
      'lists are missing',
    ],
  ])('refuses invalid content: %s: %s', (text) => {
    expect(() => decodeSnapshot(text, { file: 's.json' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', place: expect.objectContaining({ file: 's.json' }) }),
    );
  });
});
