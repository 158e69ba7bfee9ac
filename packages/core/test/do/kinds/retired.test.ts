import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { retiredText } from '../../../src/do/kinds/retired.js';
import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';
import { FULL_REGION } from '../../decode/samples.js';

const DATES: RegionSnapshot['retirement'] = [
  { at: '2026-08-23T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale' },
  { at: '2027-03-21T00:00:00+08:00', what: 'renewals and upgrades end', ends: 'renewal' },
  { at: '2027-09-21T00:00:00+08:00', what: 'the service ends', ends: 'service' },
];

describe('a link of a product that is discontinued', () => {
  it.each<[string, string | undefined]>([
    ['2026-08-22T15:59:59.999Z', undefined], // midnight in Beijing
    ['2026-08-22T16:00:00Z', 'new instances are no longer sold as of 2026-08-23, so'],
    ['2027-04-01T00:00:00Z', 'new instances are no longer sold as of 2026-08-23, so'], // a new one is not renewed
    [
      '2027-09-20T16:00:00Z',
      'new instances are no longer sold as of 2026-08-23, the service ends as of 2027-09-21, so',
    ],
  ])('at %s: %s', (takenAt, expected) => {
    const region = { ...FULL_REGION, provider: 'alibaba', retirement: DATES };
    const text = retiredText(CLOUDS, region, 'integration-instance', 'cn', takenAt);
    if (expected === undefined) return expect(text).toBeUndefined();
    expect(text?.startsWith(expected)).toBe(true);
    expect(text).toContain('links.cn.id');
    expect(text).toContain('Cloud-native API Gateway: https://');
  });

  it('is not reported for other products', () => {
    expect(
      retiredText(CLOUDS, { ...FULL_REGION, retirement: [] }, 'vpc-link-v2', 'eu', '2030-01-01T00:00:00Z'),
    ).toBeUndefined();
    expect(
      retiredText(CLOUDS, { ...FULL_REGION, retirement: undefined }, 'vpc-link-v2', 'eu', '2030-01-01T00:00:00Z'),
    ).toBeUndefined();
    // The successor is of the same cloud and region.
    const region = { ...FULL_REGION, provider: 'alibaba', retirement: DATES };
    expect(retiredText(CLOUDS, region, 'apig-gateway', 'cn', '2030-01-01T00:00:00Z')).toBeUndefined();
  });
});
