import { describe, expect, it } from 'vitest';
import { instanceSpec, specStanding } from '../../../src/traditional/cloud/instance-specs.js';

describe('instance types', () => {
  it.each<[string, number | undefined]>([
    ['api.s1.small', 1200],
    ['api.s2.large', 4800],
    ['api.s2.x2', 9600],
    ['api.s2.x2large', 9600],
    ['api.s2.6xlarge', 28_800],
    ['api.s2.x7', undefined],
    ['api.s2.x', undefined],
    ['toString', undefined],
  ])('%s', (name, outbound) => {
    expect(instanceSpec(name)?.outbound).toBe(outbound);
  });

  it.each([
    ['api.s1.small', 'listed'],
    ['api.s2.2xlarge', 'listed'],
    ['api.s3.small', 'unlisted'],
    ['x2', 'none'],
    ['api.s2.', 'none'],
    ['toString', 'none'],
  ])('%s is %s', (name, standing) => expect(specStanding(name)).toBe(standing));
});
