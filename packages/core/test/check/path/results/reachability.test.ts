import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinationsOf } from '../../../../src/check/path/balancers/destinations.js';
import { pathChecks } from '../../../../src/check/checks/path/index.js';
import { reachability } from '../../../../src/check/path/results/reachability.js';
import { NO_RETURN_PATHS } from '../../../../src/check/path/routes/return-path.js';
import { tracesTo } from '../../../../src/check/path/trace/trace.js';
import { createWorld } from '../../../../src/check/path/create-world.js';
import { indexRegion } from '../../../../src/do/world/index/region-index.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { LONG_MS, runs } from '../../../runs.js';
import { BALANCER, GROUP, LISTENER } from '../../checks/aws-region.js';
import { alibabaWorld, awsWorld, type World } from '../../checks/world.js';

/** The route to a block has an interface in it as next hop, which drops packets for addresses other than its own. */
function toOwner(world: World, table: string, cidrBlock: string, id: string): void {
  world.the('interfaces', id).sourceDestinationCheck = true;
  const route = { cidrBlock, nextHop: { kind: 'interface', id }, state: 'active', origin: 'static' } as const;
  world.the('routeTables', table).routes?.push(route);
}

/** Changes of the world; any of them may be combined. */
const CHANGES: readonly ((world: World) => void)[] = [
  (w) => toOwner(w, 'rtb-1', '10.0.11.0/24', 'eni-lb-a'),
  (w) => (w.the('securityGroups', 'sg-link').rules = []),
  (w) =>
    w
      .the('securityGroups', 'sg-link')
      .rules.push({ direction: 'out', protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '10.0.0.0/16' }),
  (w) =>
    w
      .the('securityGroups', 'sg-lb')
      .rules.push({ direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 444, cidrBlock: '10.0.1.0/25' }),
  (w) =>
    (w.the('securityGroups', 'sg-lb').rules = w
      .the('securityGroups', 'sg-lb')
      .rules.filter(({ direction }) => direction === 'out')),
  (w) =>
    w.the('networkAcls', 'acl-1').entries?.push({
      direction: 'in',
      order: 50,
      action: 'deny',
      protocol: 'tcp',
      fromPort: 5000,
      toPort: 5000,
      cidrBlock: '10.0.12.0/25',
    }),
  (w) =>
    w.the('networkAcls', 'acl-1').entries?.push({
      direction: 'out',
      order: 50,
      action: 'deny',
      protocol: 'tcp',
      fromPort: 444,
      toPort: 444,
      cidrBlock: '10.0.12.0/24',
    }),
  (w) =>
    w.the('routeTables', 'rtb-1').routes?.push({
      cidrBlock: '10.0.11.0/29',
      nextHop: { kind: 'interface', id: 'eni-gone' },
      state: 'blackhole',
      origin: 'static',
    }),
  (w) => w.the('targetGroups', GROUP).targets?.forEach((one) => Object.assign(one, { health: 'unhealthy' })),
  (w) => Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true }),
  (w) => Object.assign(w.the('links', 'vlink-1'), { state: 'inactive' }),
  (w) => (w.region.interfaces = w.region.interfaces.filter(({ linkId }) => linkId === undefined)),
  (w) => (w.region.interfaces = w.region.interfaces.filter(({ attachedTo }) => attachedTo !== BALANCER)),
  (w) => (w.the('links', 'vlink-1').subnetIds = ['subnet-lb-a']),
  (w) =>
    Object.assign(w.the('listeners', LISTENER), {
      accessControl: { kind: 'allow', ids: ['acl'], cidrBlocks: ['10.0.1.0/24'] },
    }),
  // What cannot be read comes last: other changes look it up.
  (w) => w.withhold('securityGroups', 'ec2:DescribeSecurityGroups', 'sg-lb'),
];

/** A second link and a second listener beside those of the fixture, changed in some ways. */
function worldWith(changes: readonly number[]): World {
  return awsWorld((world) => {
    world.copy('links', 'vlink-1', {
      id: 'vlink-2',
      subnetIds: ['subnet-c', 'subnet-a'],
      securityGroupIds: ['sg-app'],
    });
    world.copy('listeners', LISTENER, { id: 'listener-2', port: 444 });
    world.copy('targets', LISTENER, { id: 'listener-2', port: 444 });
    for (const index of changes.toSorted((a, b) => a - b)) CHANGES[index]?.(world);
  });
}

describe('passes that are left out', () => {
  it(
    'are as many as those that are returned',
    () => {
      fc.assert(
        fc.property(fc.uniqueArray(fc.nat(CHANGES.length - 1), { maxLength: 3 }), (changes) => {
          const { snapshot, spec } = worldWith(changes);
          const said = (passes: boolean): readonly string[] => {
            // Twice with the same objects: the first run must not affect the second.
            for (const again of [false, true]) {
              const { input } = prepare(snapshot, spec, { now: 0, passes });
              const outcomes = pathChecks.flatMap((check) =>
                [...check.run(input)].map(
                  ({ verdict, subject }) => `${check.id} ${verdict} ${verdict === 'pass' ? '' : subject}`,
                ),
              );
              if (again) return outcomes;
            }
            return [];
          };
          expect(said(false)).toEqual(said(true));
        }),
        { numRuns: runs(34, 3_000) },
      );
    },
    LONG_MS,
  );
});

describe('all pairs at once', () => {
  it(
    'have the verdicts of the single paths',
    () => {
      const seen = [0, 0, 0];
      fc.assert(
        fc.property(fc.uniqueArray(fc.nat(CHANGES.length - 1), { maxLength: 4 }), (changes) => {
          const [region] = worldWith(changes).snapshot.regions;
          if (region === undefined) throw new Error('no region');
          const index = indexRegion(region);
          const world = createWorld(index);
          const expected = region.links.flatMap((link) =>
            region.targets.map((target) => {
              const traces = tracesTo(
                { world, caller: { ...link, link }, returns: NO_RETURN_PATHS },
                destinationsOf(world, target),
              );
              const verdicts = traces.map(({ verdict }) => verdict);
              return verdicts.includes('fail') ? 1 : verdicts.includes('unknown') ? 2 : 0;
            }),
          );
          for (const one of expected) seen[one] = (seen[one] ?? 0) + 1;
          expect([...reachability(indexRegion(region)).verdicts]).toEqual(expected);
        }),
        { numRuns: runs(50, 5_000) },
      );
      // Each verdict occurs.

      expect(Math.min(...seen)).toBeGreaterThan(0);
    },
    LONG_MS,
  );
});

describe('the next hop that has the address', () => {
  it('gets the call, although it drops what is for other addresses of its block', () => {
    const { region } = alibabaWorld((world) => toOwner(world, 'vtb-1', '10.0.20.0/24', 'eni-app'));
    const { targets, verdicts } = reachability(indexRegion(region));
    const of = region.targets.findIndex(({ resourceId }) => resourceId === 'i-1');
    expect([targets[of], verdicts[of]]).toEqual([region.targets[of]?.id, 0]);
  });
});
