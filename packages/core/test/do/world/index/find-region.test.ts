import { describe, expect, it } from 'vitest';
import { regionOf } from '../../../../src/do/world/index/region-index.js';
import type { LinkSpec, Spec } from '../../../../src/do/spec.js';
import type { RegionSnapshot, Snapshot } from '../../../../src/do/snapshot/snapshot.js';
import { FULL_REGION } from '../../../decode/samples.js';

const link: LinkSpec = { provider: 'aws', region: 'eu-west-1', tags: {} };
const spec: Spec = { version: 1, project: 'shop', spec: 'shop', links: { eu: link }, integrations: {} };

function shows(...regions: readonly (readonly [provider: string, region: string, account: string])[]): Snapshot {
  return {
    version: 1,
    takenAt: '2026-06-01T00:00:00Z',
    regions: regions.map(([provider, region, account]): RegionSnapshot => ({
      ...FULL_REGION,
      provider,
      region,
      account,
      access: undefined,
    })),
  };
}

describe('a place that the snapshot does not include', () => {
  it.each<[string, Snapshot, string]>([
    ['nothing', shows(), 'the snapshot does not include aws eu-west-1; it includes no region'],
    [
      'another region',
      shows(['aws', 'us-east-1', '1']),
      'the snapshot does not include aws eu-west-1; it includes aws us-east-1 of account 1',
    ],
    [
      'another cloud, after the places of the same one',
      shows(['alibaba', 'cn-hangzhou', '2'], ['aws', 'us-east-1', '1']),
      'the snapshot does not include aws eu-west-1; it includes aws us-east-1 of account 1, alibaba cn-hangzhou of account 2',
    ],
    [
      'many places',
      shows(...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ['aws', name, '1'] as const)),
      'the snapshot does not include aws eu-west-1; it includes aws a of account 1, aws b of account 1, aws c of account 1, ' +
        'aws d of account 1, aws e of account 1 and 2 more',
    ],
  ])('is reported with the places that it includes: %s', (_, snapshot, message) => {
    expect(() => regionOf(snapshot, spec, 'eu', link)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message }) as Error,
    );
  });

  it('is found where the snapshot includes it, by the account where there are several', () => {
    const snapshot = shows(['aws', 'eu-west-1', '1'], ['aws', 'eu-west-1', '2']);
    expect(regionOf(snapshot, spec, 'eu', { ...link, account: '2' }).account).toBe('2');
    expect(() => regionOf(snapshot, spec, 'eu', link)).toThrow(/for several accounts: 1, 2/);
  });
});
