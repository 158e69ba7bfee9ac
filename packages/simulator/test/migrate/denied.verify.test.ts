import { readPolicy } from '@postern/alibaba';
import type { Finding } from '@postern/core/internal/library';
import { blockersOf } from '@postern/core/internal/moves';
import { afterAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import type { Fault } from './fault.js';
import type { Stage } from './scene.js';
import { open } from './stages.js';
import { PROVE, sample } from '../../../core/test/runs.js';

type Permission = (typeof readPolicy)[number];
const ACTIONS = readPolicy.filter(({ fills }) => fills.length > 0);

function deny({ simulation }: Stage, { action, operations }: Permission): void {
  const [named = ''] = action.split(':');
  for (const operation of operations) {
    const service = operation === 'ListVpcPeerConnections' ? 'vpcpeer' : named === 'apigateway' ? 'cloudapi' : named;
    simulation.faults.add({ service, operation, kind: 'deny' });
  }
}

/** These reads do not concern anything that is judged here: groups are named, and a move creates no instance. */
const NEVER = /^apigateway:Describe(?:ApiGroups|Zones)$|^vpc:DescribeZones$/;

/**
 * The world lacks what these read: network ACLs at its vSwitches, prefix lists in its rules, vServer groups behind
 * its listeners, NAT gateways, gateways of Cloud-native API Gateway.
 */
const HAS_NONE =
  /^vpc:Describe(?:NatGateways|NetworkAcls|SnatTableEntries)$|^ecs:DescribePrefixListAttributes$|^slb:DescribeVServerGroupAttribute$|^apig:/;

/**
 * Nor are these needed where all backends have authorizations in the VPC of the instance: no name is resolved, no
 * owner of an address is read, and no path leaves the VPC. A CLB is read by its ID.
 */
const BY_ADDRESS =
  /^apigateway:ListPrivateDNS$|^vpc:(?:DescribeVpcs|ListVpcPeerConnections)$|^ecs:DescribeNetworkInterfaces$|^slb:DescribeLoadBalancers$/;

const TOUCHES_NOTHING: Readonly<Record<Fault['source'], readonly RegExp[]>> = {
  conventional: [NEVER, HAS_NONE, BY_ADDRESS],
  integration: [NEVER, HAS_NONE],
};

/** Whether an unknown of severity error names the permission, so that it can be granted. */
const names = (stops: readonly Finding[], { action }: Permission): boolean =>
  stops.some(({ verdict, remedy }) => verdict === 'unknown' && remedy?.includes(action) === true);

describe.each(['conventional', 'integration'] as const)(
  'a validation of a group on a %s instance, without assumptions',
  (source) => {
    it('can go ahead where it can read everything', async () => {
      const stage = await open(source);
      expect(blockersOf(await stage.validate({ assume: 'nothing' }))).toEqual([]);
    });

    it.each(
      sample(
        ACTIONS.map((one) => [one.action, one] as const),
        5,
      ),
    )('without %s: no check fails, and none that depends on it passes', async (action, one) => {
      const stage = await open(source);
      deny(stage, one);
      const stops = blockersOf(await stage.validate({ assume: 'nothing' }));
      expect(stops.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
      for (const { remedy } of stops) expect(remedy).toMatch(/^[A-Z].*\.$/);
      expect(names(stops, one)).toBe(!TOUCHES_NOTHING[source].some((none) => none.test(action)));
    });
  },
);

/** Faults that stop a move by themselves. */
const STOPPING = CATALOGUE.filter(({ id, severity }) => severity === 'error' && !id.startsWith('denied-'));

/** One of each kind: of a source, a family, and the check that finds it. */
const KINDS = [...new Map(STOPPING.map((one) => [`${one.source} ${one.family} ${one.found.join()}`, one])).values()];

describe('a fault, and one permission that is missing', () => {
  let seen = 0;
  afterAll(() => console.log(`${seen} pairs of a fault and a permission that is missing: no move can go ahead`));

  // All faults with all permissions take a minute; otherwise each permission is tried with some kinds, that for
  // vSwitches with all.
  it.each(
    sample(
      (PROVE ? STOPPING : KINDS).map((fault, at) => [fault.id, fault, at] as const),
      4,
    ),
  )('%s: with any permission missing, the move cannot go ahead', async (_, fault, at) => {
    const stage = await open(fault.source);
    await fault.plant(stage);
    const to = fault.to === 'old' ? stage.parts.old : stage.parts.next;
    for (const [number, one] of ACTIONS.entries()) {
      const { action } = one;
      if (!PROVE && !action.endsWith(':DescribeVSwitches') && (number + at) % 12 !== 0) continue;
      deny(stage, one);
      const stops = blockersOf(await stage.validate({ migration: { to }, assume: 'nothing' }));
      stage.simulation.faults.clear();
      seen += 1;
      expect(stops.length, action).toBeGreaterThan(0);
      // Either the fault is found, or the report names the permission that hides it.
      const isFound = stops.some(({ verdict, check }) => verdict === fault.verdict && fault.found.includes(check));
      if (isFound || names(stops, one)) continue;
      // Or the result is not a fail, but its own check reports it with the same remedy.
      const whole = blockersOf(await stage.validate({ migration: { to }, assume: 'nothing' }));
      const remedies = whole.filter(({ check }) => fault.found.includes(check)).map(({ remedy }) => remedy);
      const isLikely = stops.some(({ check, remedy }) => fault.found.includes(check) && remedies.includes(remedy));
      expect(isLikely, action).toBe(true);
    }
  });
});
