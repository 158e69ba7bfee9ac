import { describe, expect, it } from 'vitest';
import { linkQuota } from '../../../../src/check/checks/link/quota.js';
import { quotaMissing } from '../../../../src/check/checks/quota.js';
import { clouds } from '../../../../src/do/kinds/cloud/clouds.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import type { RegionIndex } from '../../../../src/do/world/views.js';
import { declared } from './limits.js';
import { newV1World } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

describe('link/quota', () => {
  const others = (count: number) => (world: World) => {
    for (let n = 0; n < count; n += 1) world.copy('links', 'vlink-1', { id: `other-${n}`, name: `other-${n}` });
  };
  const missing = (count: number) => (world: World) => {
    others(count)(world);
    declared(['subnet-a', 'subnet-b'])(world);
  };
  /** The link has the mark of the project, and the spec names no ID. */
  const marked = (world: World) => {
    const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
    const link = world.the('links', 'vlink-1');
    link.owner = { ...owner, specHash: linkHash(owner, link) };
    Object.assign(world.linkSpec, {
      id: undefined,
      subnets: link.subnetIds,
      securityGroups: [],
      allowlist: ['10.0.11.0/24'],
    });
  };
  checkTable(linkQuota, {
    'one of ten: replacement is possible': [aws(), 'pass WITHIN_QUOTA', { evidence: 'L-608BDCD4' }],
    'nine of ten: the declared link can be created': [aws(missing(9)), 'pass WITHIN_QUOTA'],
    'full: its creation would be refused': [
      aws(missing(10)),
      'error QUOTA_EXCEEDED',
      { says: ['10 VPC links V2', 'needs 1 more'], evidence: 'L-608BDCD4', remedy: 'higher quota (L-608BDCD4)' },
    ],
    'all exist, and a replacement would exceed the quota': [aws(others(9)), 'warning QUOTA_EXCEEDED', 'to replace eu'],
    'the quota was not read': [
      aws({ quotas: undefined }),
      'unknown warning QUOTA_NOT_READ',
      { evidence: 'servicequotas:ListServiceQuotas' },
    ],
    'the quota could not be read': [
      aws(missing(0), withhold('quotas', 'servicequotas:ListServiceQuotas')),
      'unknown error QUOTA_NOT_READ',
      { remedy: 'servicequotas:ListServiceQuotas' },
    ],
    'one more than the links that exist, and whether this one is kept was not read': [
      aws({ quotas: { 'vpc-links': 2 } }, marked, withhold('allowlists', 'ec2:DescribeSecurityGroups')),
      'pass WITHIN_QUOTA',
    ],
    'links of another kind are not counted': [
      aws((world) => {
        others(9)(world);
        for (const link of world.region.links.slice(1)) link.kind = 'vpc-link-v1';
      }),
      'pass WITHIN_QUOTA',
    ],
    'no quota of instances is documented': [alibaba(), 'nothing'],
  });
});

describe('link/quota of links of several kinds', () => {
  /** A link V2 and a link V1, both of which are to be created. */
  const both = (quotas: Readonly<Record<string, number>>) =>
    newV1World(
      edit({
        'spec.links.two': { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-a', 'subnet-b'], tags: {} },
        quotas,
      }),
    );
  checkTable(linkQuota, {
    'one of each kind is left': [() => both({ 'vpc-links': 1, 'vpc-links-v1': 1 }), 'pass WITHIN_QUOTA'],
    'no link V1 is left': [
      () => both({ 'vpc-links': 1, 'vpc-links-v1': 0 }),
      'error QUOTA_EXCEEDED',
      { subject: 'link eu', says: ['0 VPC links V1', '1 more'], evidence: 'L-A4C7274F' },
    ],
    'the quota of links V1 was not read': [
      () => both({ 'vpc-links': 1 }),
      'unknown QUOTA_NOT_READ',
      { subject: 'link eu', remedy: 'L-A4C7274F' },
    ],
  });
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
