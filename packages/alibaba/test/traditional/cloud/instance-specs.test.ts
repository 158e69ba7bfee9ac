import { describe, expect, it } from 'vitest';
import { instanceSpec, LISTED_SPECS, specStanding } from '../../../src/traditional/cloud/instance-specs.js';
import { ALIBABA_VPC_INTEGRATION } from '../../../src/traditional/planner.js';

describe('instance types', () => {
  it.each<[string, number | undefined]>([
    ['api.s1.small', 1200],
    ['api.s2.large', 4800],
    ['api.s2.large.x2', 9600],
    ['api.s2.x2', 9600],
    ['api.s2.x2large', 9600],
    ['api.s2.6xlarge', 28_800],
    ['api.s2.x7', undefined],
    ['api.s2.large.x7', undefined],
    ['api.s2.x', undefined],
    ['toString', undefined],
  ])('%s', (name, outbound) => {
    expect(instanceSpec(name)?.outbound).toBe(outbound);
  });

  it('the largest that an option of the planner names is one that can be bought', () => {
    const { types = [] } = ALIBABA_VPC_INTEGRATION.instance ?? {};
    expect(types.at(-1)).toMatchObject({ name: 'api.s2.large.x6', requestsPerSecond: 60_000, hour: 40.68 });
    expect(types.filter(({ name }) => specStanding(name) !== 'listed' || !LISTED_SPECS.includes(name))).toEqual([]);
  });

  it.each([
    ['api.s1.small', 'listed'],
    ['api.s2.2xlarge', 'listed'],
    ['api.s2.large.x6', 'listed'],
    ['api.s2.large.x8', 'unlisted'],
    ['api.s3.small', 'unlisted'],
    ['x2', 'none'],
    ['api.s2.', 'none'],
    ['toString', 'none'],
  ])('%s is %s', (name, standing) => expect(specStanding(name)).toBe(standing));
});
