import { readPolicy } from '@postern/alibaba';
import { blockersOf, type Finding } from '@postern/core';
import { afterAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import type { Fault } from './fault.js';
import type { Stage } from './scene.js';
import { open } from './stages.js';

const PROVE = process.env['POSTERN_PROVE'] === '1';

type Permission = (typeof readPolicy)[number];
const ACTIONS = readPolicy.filter(({ fills }) => fills.length > 0);

function deny({ simulation }: Stage, { action, operations }: Permission): void {
  const [named = ''] = action.split(':');
  for (const operation of operations) {
    const service = operation === 'ListVpcPeerConnections' ? 'vpcpeer' : named === 'apigateway' ? 'cloudapi' : named;
    simulation.faults.add({ service, operation, kind: 'deny' });
  }
}

/** What these read touches nothing that is judged here: groups are named, where instances can stand is no question of a move. */
const NEVER = /^apigateway:Describe(?:ApiGroups|Zones)$|^vpc:DescribeZones$/;

/** What these read, the world has none of: network ACLs at its vSwitches, prefix lists in its rules, vServer groups behind its listeners. */
const HAS_NONE = /^vpc:DescribeNetworkAcls$|^ecs:DescribePrefixListAttributes$|^slb:DescribeVServerGroupAttribute$/;

/**
 * Nor are these needed where all backends stand behind authorisations in the VPC of the instance: no name is looked up, nobody asks
 * who has an address, and nothing leads out of the VPC. A CLB is read by its id.
 */
const BY_ADDRESS =
  /^apigateway:ListPrivateDNS$|^vpc:(?:DescribeVpcs|ListVpcPeerConnections)$|^ecs:DescribeNetworkInterfaces$|^slb:DescribeLoadBalancers$/;

const TOUCHES_NOTHING: Readonly<Record<Fault['source'], readonly RegExp[]>> = {
  conventional: [NEVER, HAS_NONE, BY_ADDRESS],
  integration: [NEVER, HAS_NONE],
};

/** Whether an unknown of severity error names the permission, so that somebody can give it. */
const names = (stops: readonly Finding[], { action }: Permission): boolean =>
  stops.some(({ verdict, remedy }) => verdict === 'unknown' && remedy?.includes(action) === true);

describe.each(['conventional', 'integration'] as const)(
  'a validation of a group on a %s instance, to which nothing is told',
  (source) => {
    it('may go ahead where it may read all', async () => {
      const stage = await open(source);
      expect(blockersOf(await stage.validate({ assume: 'nothing' }))).toEqual([]);
    });

    it.each(ACTIONS.map((one) => [one.action, one] as const))(
      'without %s: takes nothing for broken, and lets nothing pass that rests on it',
      async (action, one) => {
        const stage = await open(source);
        deny(stage, one);
        const stops = blockersOf(await stage.validate({ assume: 'nothing' }));
        expect(stops.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
        for (const { remedy } of stops) expect(remedy).toMatch(/^[A-Z].*\.$/);
        expect(names(stops, one)).toBe(!TOUCHES_NOTHING[source].some((none) => none.test(action)));
      },
    );
  },
);

/** Faults that stop a move by themselves. */
const STOPPING = CATALOGUE.filter(({ id, severity }) => severity === 'error' && !id.startsWith('denied-'));

/** One of each kind: of a source, a family, and the check that finds it. */
const KINDS = [...new Map(STOPPING.map((one) => [`${one.source} ${one.family} ${one.found.join()}`, one])).values()];

describe('a fault, and one permission that is missing', () => {
  let seen = 0;
  afterAll(() => console.log(`${seen} pairs of a fault and a permission that is missing: none lets a move go`));

  // Every fault with every permission takes a minute; otherwise each permission meets some kinds, and that for vSwitches, on which everything rests, all.
  it.each((PROVE ? STOPPING : KINDS).map((fault, at) => [fault.id, fault, at] as const))(
    '%s: none lets the move go',
    async (_, fault, at) => {
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
        // Either the fault is found all the same, or it is said which permission hides it.
        const isFound = stops.some(({ verdict, check }) => verdict === fault.verdict && fault.found.includes(check));
        if (isFound || names(stops, one)) continue;
        // Or it may be no fault, but its own check says so, and the same remedy.
        const whole = blockersOf(await stage.validate({ migration: { to }, assume: 'nothing' }));
        const remedies = whole.filter(({ check }) => fault.found.includes(check)).map(({ remedy }) => remedy);
        const isLikely = stops.some(({ check, remedy }) => fault.found.includes(check) && remedies.includes(remedy));
        expect(isLikely, action).toBe(true);
      }
    },
  );
});
