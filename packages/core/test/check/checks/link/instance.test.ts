import { describe, expect, it } from 'vitest';
import { instanceBlockNetwork } from '../../../../src/check/checks/cidr/instance-block-network.js';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { linkExpiry } from '../../../../src/check/checks/link/expiry.js';
import { linkInstanceSpec } from '../../../../src/check/checks/link/instance-spec.js';
import { singleZone } from '../../../../src/check/checks/link/single-zone.js';
import { linkState } from '../../../../src/check/checks/link/state.js';
import { check } from '../../../../src/check/checks/run.js';
import { specStanding } from '../../../../src/do/kinds/instance-specs.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, type World } from '../world.js';

const DAY = 86_400_000;
const link = ({ the }: World) => the('links', 'apigateway-hz-1');

/** The spec declares an instance that does not exist. */
const declared = (world: World, groups: readonly string[] = ['sg-link'], more: object = {}): void => {
  const { linkSpec, remove } = world;
  remove('links', 'apigateway-hz-1');
  delete linkSpec.id;
  Object.assign(linkSpec, {
    subnets: ['vsw-j', 'vsw-k'],
    securityGroups: groups,
    allowlist: ['10.0.20.0/24'],
    ...more,
  });
};

/** New instances are no longer sold. */
const overNow = ({ region }: World): void => {
  region.retirement = [{ at: '2026-05-01T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale' }];
};

describe('link/expiry', () => {
  const paid =
    (expiresAt: string | undefined, chargeType = 'PrePaid') =>
    (world: World) => {
      Object.assign(link(world), { native: { chargeType, ...(expiresAt === undefined ? {} : { expiresAt }) } });
    };
  const at = (days: number): string => String(Date.parse('2026-06-01T00:00:00Z') + days * DAY);
  checkTable(linkExpiry, [
    { why: 'pay-as-you-go', world: () => alibabaWorld(paid(at(-1), 'PayAsYouGo')), verdict: 'nothing' },
    { why: 'a year ahead', world: () => alibabaWorld(paid(at(365))), verdict: 'pass', evidence: ['2027-06-01'] },
    { why: 'as a date', world: () => alibabaWorld(paid('2026-09-01T00:00:00Z', 'PREPAY')), verdict: 'pass' },
    { why: 'thirty days before the end', world: () => alibabaWorld(paid(at(30))), verdict: 'pass' },
    {
      why: 'less than thirty days before the end',
      world: () => alibabaWorld(paid(at(29))),
      verdict: 'fail',
      severity: 'warning',
      says: ['in 29 days'],
      remedy: ['Renew apigateway-hz-1'],
    },
    {
      why: 'expired',
      world: () => alibabaWorld(paid(at(-3))),
      verdict: 'fail',
      severity: 'error',
      says: ['ended on 2026-05-29'],
      evidence: ['2026-05-29'],
    },
    {
      why: 'renewals have ended',
      world: () =>
        alibabaWorld((world) => {
          paid(at(3))(world);
          world.region.retirement = [{ at: '2026-05-01T00:00:00+08:00', what: 'renewals end', ends: 'renewal' }];
        }),
      verdict: 'fail',
      remedy: ['links.eu.id'],
    },
    { why: 'no date', world: () => alibabaWorld(paid(undefined)), verdict: 'unknown' },
    { why: 'not a valid date', world: () => alibabaWorld(paid('9'.repeat(40))), verdict: 'unknown' },
    {
      why: 'instances could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('links', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeInstances'],
    },
  ]);
});

describe('link/instance-spec', () => {
  const wants = (spec: string | undefined) => (world: World) =>
    declared(world, ['sg-link'], spec === undefined ? {} : { native: { spec } });
  checkTable(linkInstanceSpec, [
    { why: 'an existing instance', world: () => alibabaWorld(), verdict: 'nothing' },
    { why: 'the default', world: () => alibabaWorld(wants(undefined)), verdict: 'pass' },
    { why: 'a listed instance type', world: () => alibabaWorld(wants('api.s2.large')), verdict: 'pass' },
    { why: 'an undocumented instance type', world: () => alibabaWorld(wants('api.s2.x9')), verdict: 'unknown' },
    {
      why: 'a series that does not exist',
      world: () => alibabaWorld(wants('api.s9.huge')),
      verdict: 'fail',
      severity: 'error',
      evidence: ['links.eu.spec'],
      remedy: ['api.s1.small', 'links.eu.spec'],
    },
    { why: 'nonsense', world: () => alibabaWorld(wants('nonsense')), verdict: 'fail' },
  ]);

  it.each([
    ['api.s1.small', 'listed'],
    ['api.s2.2xlarge', 'listed'],
    ['x2', 'none'],
    ['api.s2.', 'none'],
    ['toString', 'none'],
  ])('%s is %s', (name, standing) => expect(specStanding(name)).toBe(standing));
});

describe('where new instances are no longer sold', () => {
  checkTable(linkState, [
    {
      why: 'the remedy names no new link',
      world: () =>
        alibabaWorld((world) => {
          overNow(world);
          Object.assign(link(world), { state: 'failed' });
        }),
      verdict: 'fail',
      remedy: ['Write the ID of an instance that is ready as links.eu.id', 'Cloud-native API Gateway'],
    },
  ]);
  checkTable(singleZone, [
    {
      why: 'the remedy names no new link',
      world: () =>
        alibabaWorld((world) => {
          overNow(world);
          Object.assign(link(world), { subnetIds: ['vsw-j'] });
        }),
      verdict: 'fail',
      remedy: ['the ID of an instance in two zones as links.eu.id'],
    },
  ]);
  checkTable(instanceBlockNetwork, [
    {
      why: 'the remedy names no new instance with the other block',
      world: () =>
        alibabaWorld((world) => {
          overNow(world);
          world.the('networks', 'vpc-h').cidrBlocks.push('192.168.0.0/24');
        }),
      verdict: 'fail',
      remedy: ['an instance whose CIDR block is 172.16.0.0/12 as links.eu.id (new instances are no longer sold)'],
    },
  ]);
});

describe('one group for each zone, before the link is created', () => {
  const split = (out: 'allow' | 'drop') =>
    alibabaWorld((world) => {
      declared(world, ['sg-link', 'sg-k']);
      const other = world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
      other.rules =
        out === 'drop'
          ? [
              {
                direction: 'out',
                protocol: 'all',
                fromPort: 0,
                toPort: 65_535,
                cidrBlock: '0.0.0.0/0',
                action: 'drop',
                priority: 1,
              },
            ]
          : [];
      world.the('securityGroups', 'sg-link').rules.push({
        direction: 'in',
        protocol: 'tcp',
        fromPort: 8080,
        toPort: 8080,
        cidrBlock: '10.0.2.0/24',
        action: 'allow',
        priority: 1,
      });
    });
  const of = ({ snapshot, spec }: World) =>
    check(snapshot, spec).findings.filter(
      (one) => one.check === 'path/security-group' && one.subject.includes('orders'),
    );

  it('is judged by the order of the subnets and groups in the spec', () => {
    expect(of(split('allow')).map(({ verdict }) => verdict)).not.toContain('unknown');
    const failed = of(split('drop')).filter(({ verdict }) => verdict === 'fail');
    expect(failed.length).toBeGreaterThan(0);
    expect(JSON.stringify(failed)).toContain('sg-k');
  });

  checkTable(egressAdmitted, [{ why: 'each zone has its own', world: () => split('allow'), verdict: 'pass' }]);

  it('is unknown where the number of groups matches neither one nor the number of vSwitches', () => {
    const world = split('allow');
    world.copy('securityGroups', 'sg-link', { id: 'sg-3' });
    Object.assign(world.linkSpec, { securityGroups: ['sg-link', 'sg-k', 'sg-3'] });
    const [unknown] = of(world).filter(({ verdict }) => verdict === 'unknown');
    expect(unknown?.remedy).toContain('one for each vSwitch in the same order');
  });
});
