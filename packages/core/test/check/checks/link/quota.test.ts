import { describe, expect, it } from 'vitest';
import { linkQuota } from '../../../../src/check/checks/link/quota.js';
import { quotaMissing } from '../../../../src/check/checks/quota.js';
import { clouds } from '../../../../src/do/kinds/cloud/clouds.js';
import type { RegionIndex } from '../../../../src/do/world/views.js';
import { declared } from './limits.js';
import { newV1World } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld, alibabaWorld } from '../world.js';

describe('link/quota', () => {
  const others = (count: number) => (world: World) => {
    for (let n = 0; n < count; n += 1) world.copy('links', 'vlink-1', { id: `other-${n}`, name: `other-${n}` });
  };
  const missing = (count: number) => (world: World) => {
    others(count)(world);
    declared(['subnet-a', 'subnet-b'])(world);
  };
  checkTable(linkQuota, [
    { why: 'one of ten: replacement is possible', world: () => awsWorld(), verdict: 'pass', evidence: ['L-608BDCD4'] },
    { why: 'nine of ten: the declared link can be created', world: () => awsWorld(missing(9)), verdict: 'pass' },
    {
      why: 'full: its creation would be refused',
      world: () => awsWorld(missing(10)),
      verdict: 'fail',
      severity: 'error',
      says: ['10 VPC links V2', 'needs 1 more'],
      evidence: ['L-608BDCD4'],
      remedy: ['higher quota (L-608BDCD4)'],
    },
    {
      why: 'all exist, and a replacement would exceed the quota',
      world: () => awsWorld(others(9)),
      verdict: 'fail',
      severity: 'warning',
      says: ['to replace eu'],
    },
    {
      why: 'the quota was not read',
      world: () => awsWorld(({ region }) => delete region.quotas),
      verdict: 'unknown',
      severity: 'warning',
      evidence: ['servicequotas:ListServiceQuotas'],
    },
    {
      why: 'the quota could not be read',
      world: () =>
        awsWorld((world) => {
          missing(0)(world);
          world.withhold('quotas', 'servicequotas:ListServiceQuotas');
        }),
      verdict: 'unknown',
      severity: 'error',
      remedy: ['servicequotas:ListServiceQuotas'],
    },
    {
      why: 'links of another kind are not counted',
      world: () =>
        awsWorld((world) => {
          others(9)(world);
          for (const link of world.region.links.slice(1)) link.kind = 'vpc-link-v1';
        }),
      verdict: 'pass',
    },
    { why: 'no quota of instances is documented', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

describe('link/quota of links of several kinds', () => {
  /** A link V2 and a link V1, both of which are to be created. */
  const both = (quotas: Readonly<Record<string, number>>) =>
    newV1World(({ region, spec }) => {
      spec.links['two'] = { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-a', 'subnet-b'], tags: {} };
      region.quotas = quotas;
    });
  checkTable(linkQuota, [
    { why: 'one of each kind is left', world: () => both({ 'vpc-links': 1, 'vpc-links-v1': 1 }), verdict: 'pass' },
    {
      why: 'no link V1 is left',
      world: () => both({ 'vpc-links': 1, 'vpc-links-v1': 0 }),
      verdict: 'fail',
      subject: 'link eu',
      says: ['0 VPC links V1', '1 more'],
      evidence: ['L-A4C7274F'],
    },
    {
      why: 'the quota of links V1 was not read',
      world: () => both({ 'vpc-links': 1 }),
      verdict: 'unknown',
      subject: 'link eu',
      remedy: ['L-A4C7274F'],
    },
  ]);
});

it('names no permission of another cloud where its quotas were not read', () => {
  const index = { missing: () => undefined, region: { provider: 'tunnel', region: 'north-1' }, clouds: clouds([]) };
  const quota = {
    name: 'tunnels',
    what: 'tunnels',
    byDefault: 5,
    grows: 'each network',
    source: 'https://tunnel.example/limits',
  };
  expect(quotaMissing(index as unknown as RegionIndex, quota)).toEqual({
    what: 'the quota of tunnels in north-1',
    remedy: 'See https://tunnel.example/limits, and read the quotas of the account.',
  });
});
