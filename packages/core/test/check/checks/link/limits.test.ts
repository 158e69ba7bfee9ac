import { describe, expect, it } from 'vitest';
import { groupQuota } from '../../../../src/check/checks/link/group-quota.js';
import { linkQuota } from '../../../../src/check/checks/link/quota.js';
import { retiring } from '../../../../src/check/checks/link/retiring.js';
import { serviceRole } from '../../../../src/check/checks/link/service-role.js';
import { subnetQuota } from '../../../../src/check/checks/link/subnet-quota.js';
import { linkTags } from '../../../../src/check/checks/link/tags.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

function declared(subnets: readonly string[]) {
  return ({ linkSpec, remove, region }: World) => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets, securityGroups: ['sg-link'] });
  };
}

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

describe('link/group-quota', () => {
  const many =
    (count: number, more: object = {}) =>
    (world: World) => {
      const ids = Array.from({ length: count }, (_, n) => `sg-${n}`);
      for (const id of ids) world.copy('securityGroups', 'sg-link', { id });
      declared(['subnet-a', 'subnet-b'])(world);
      Object.assign(world.linkSpec, { securityGroups: ids, ...more });
    };
  checkTable(groupQuota, [
    { why: 'one', world: () => awsWorld(), verdict: 'pass', evidence: ['L-2AFB9258'] },
    { why: 'five', world: () => awsWorld(many(5)), verdict: 'pass' },
    {
      why: 'six, and the quota of the account was not read',
      world: () => awsWorld(many(6)),
      verdict: 'unknown',
      severity: 'error',
      evidence: ['servicequotas:ListServiceQuotas'],
    },
    {
      why: 'six of five',
      world: () =>
        awsWorld((world) => {
          many(6)(world);
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 5 } });
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['6 security groups', 'the quota is 5'],
      evidence: ['L-2AFB9258'],
      remedy: ['links.eu.securityGroups', 'L-2AFB9258'],
    },
    {
      why: 'six of ten',
      world: () =>
        awsWorld((world) => {
          many(6)(world);
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 10 } });
        }),
      verdict: 'pass',
    },
    {
      why: 'the group of the allowlist is the sixth',
      world: () =>
        awsWorld((world) => {
          many(5, { allowlist: ['10.0.0.0/16'] })(world);
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 5 } });
        }),
      verdict: 'fail',
      says: ['one of them for the allowlist'],
    },
    {
      why: 'an existing link was accepted',
      world: () =>
        awsWorld((world) => {
          const ids = ['sg-link', ...Array.from({ length: 5 }, (_, n) => `sg-${n}`)];
          for (const id of ids.slice(1)) world.copy('securityGroups', 'sg-link', { id });
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 5 } });
          world.the('links', 'vlink-1').securityGroupIds = ids;
        }),
      verdict: 'pass',
    },
    { why: 'an instance has other quotas', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

describe('link/tags', () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, 'v']));
  checkTable(linkTags, [
    { why: 'few', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'with the three tags of the mark, one too many',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          Object.assign(world.linkSpec, { tags: tags(48) });
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['51 tags'],
      evidence: ['tags-per-resource'],
      remedy: ['Declare 1 fewer', 'links.eu.tags'],
    },
    {
      why: 'as many as the quota',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          Object.assign(world.linkSpec, { tags: tags(47) });
        }),
      verdict: 'pass',
    },
    {
      why: 'protection adds one more',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          Object.assign(world.linkSpec, { tags: tags(47), protect: true });
        }),
      verdict: 'fail',
    },
    {
      why: 'it has unmanaged tags; tags of AWS are not counted',
      world: () =>
        awsWorld(({ the, linkSpec }) => {
          the('links', 'vlink-1').tags = { ...tags(40), 'aws:cloudformation:stack-name': 'x' };
          Object.assign(linkSpec, { tags: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', g: '7', h: '8' } });
        }),
      verdict: 'fail',
      says: ['51 tags'],
    },
    {
      why: 'its tags could not be read',
      world: () => awsWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    { why: 'an instance has other quotas', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

describe('link/subnet-quota', () => {
  const many = (count: number) => (world: World) => {
    const ids = Array.from({ length: count }, (_, n) => `subnet-${n}`);
    for (const id of ids) world.copy('subnets', 'subnet-a', { id });
    declared(ids)(world);
  };
  checkTable(subnetQuota, [
    { why: 'two', world: () => awsWorld(), verdict: 'pass' },
    { why: 'ten', world: () => awsWorld(many(10)), verdict: 'pass' },
    {
      why: 'eleven, and whether the quota was raised is not known',
      world: () => awsWorld(many(11)),
      verdict: 'unknown',
      remedy: ['links.eu.subnets'],
    },
    {
      why: 'eleven of ten',
      world: () =>
        awsWorld((world) => {
          many(11)(world);
          world.region.quotas = { 'subnets-per-vpc-link': 10 };
        }),
      verdict: 'fail',
      severity: 'error',
      evidence: ['L-668C9B28'],
      remedy: ['L-668C9B28'],
    },
  ]);
});

describe('link/service-role', () => {
  const name = 'AliyunServiceRoleForApiGatewayConnectUserVpc';
  checkTable(serviceRole, [
    { why: 'it exists', world: () => alibabaWorld(), verdict: 'pass', evidence: [name] },
    {
      why: 'missing: the purchase requires its own permission',
      world: () =>
        alibabaWorld((world) => {
          declared(['vsw-j', 'vsw-k'])(world);
          world.region.serviceRoles = [{ name, exists: false }];
        }),
      verdict: 'fail',
      severity: 'warning',
      evidence: [name],
      remedy: ['ram:CreateServiceLinkedRole', 'connectuservpc.apigateway.aliyuncs.com'],
    },
    {
      why: 'roles could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('serviceRoles', 'ram:GetRole')),
      verdict: 'unknown',
      evidence: ['ram:GetRole'],
    },
    { why: 'AWS creates its role itself', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});

describe('link/retiring', () => {
  const unbought = ({ linkSpec, remove, region }: World) => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets: ['vsw-a', 'vsw-b'], securityGroups: ['sg-link'] });
  };
  const ends = (world: World) => {
    world.region.retirement = [
      { at: '2026-08-23T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale' },
      { at: '2027-09-21T00:00:00+08:00', what: 'the service ends', ends: 'service' },
    ];
  };
  checkTable(retiring, [
    { why: 'no end is announced', world: () => alibabaWorld(), verdict: 'pass' },
    { why: 'the cloud has no announced end', world: () => awsWorld(), verdict: 'nothing' },
    {
      why: 'days from the snapshot, Beijing time',
      world: () => alibabaWorld(ends),
      verdict: 'fail',
      severity: 'warning',
      subject: 'link eu',
      // From 2026-06-01T00:00Z: 82 days and 16 hours, 476 days and 16 hours.
      says: [
        'new instances are no longer sold on 2026-08-23, in 82 days',
        'the service ends on 2027-09-21, in 476 days',
      ],
      evidence: ['2026-08-23', '2027-09-21'],
      remedy: ['Cloud-native API Gateway', '2027-09-21'],
    },
    {
      why: 'a link that does not exist can still be bought',
      world: () => alibabaWorld((world) => [ends, unbought].forEach((one) => one(world))),
      verdict: 'fail',
      severity: 'warning',
    },
  ]);

  it.each<[string, string, readonly ((world: World) => void)[], 'error' | undefined, string, string]>([
    ['2026-08-22T15:59:59Z', 'is still sold', [unbought], undefined, 'is being retired', 'before 2027-09-21'],
    ['2026-08-22T16:00:00Z', 'is no longer sold', [unbought], 'error', 'can no longer be bought', 'links.eu.id'],
    ['2026-08-22T16:00:00Z', 'exists', [], undefined, 'is being retired', 'before 2027-09-21'],
    ['2027-09-20T16:00:00Z', 'exists, is no longer served', [], 'error', 'was discontinued', 'Move to Cloud-native'],
  ])('at %s, a link that %s', (now, _, change, severity, says, remedy) => {
    const { snapshot, spec } = alibabaWorld((world) => [ends, ...change].forEach((one) => one(world)));
    const { input } = prepare(snapshot, spec, { now: Date.parse(now), passes: true });
    const [found] = retiring.run(input);
    expect(found?.severity).toBe(severity);
    expect(found?.message).toContain(says);
    expect(found?.remedy).toContain(remedy);
  });

  it.each<[string, string]>([
    ['2026-06-01T07:59:00+08:00', 'the service ends as of today'],
    ['2026-05-31T08:00:00+08:00', 'the service ends as of 2026-05-31, 1 day ago'],
    ['2026-06-01T09:00:00+08:00', 'the service ends on 2026-06-01, within a day'],
  ])('counts %s: %s', (at, text) => {
    const world = alibabaWorld(({ region }) => {
      region.retirement = [{ at, what: 'the service ends' }];
    });
    expect(outcomesOf(retiring, world)[0]?.message).toContain(text);
  });
});
