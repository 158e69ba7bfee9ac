import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { isPosternError } from '../../../src/ground/errors.js';
import { diff } from '../../../src/do/plan/diff.js';
import { prepare } from '../../../src/do/world/prepare.js';
import { ALIBABA_FAULTS } from '../../check/checks/alibaba-faults.js';
import { AWS_FAULTS } from '../../check/checks/aws-faults.js';
import type { Fault } from '../../check/checks/faults.js';
import { LINK_FORMS } from '../../check/checks/link-forms.js';
import { lossesOf } from '../../check/checks/losses.js';
import { alibabaWorld, awsWorld, type World } from '../../check/checks/world.js';
import { PROVE, runs } from '../../runs.js';
import { CLOUDS } from '../../clouds.js';

const SERVICE = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-gone';

/** A change of a spec. */
type Mutation = readonly [name: string, change: (world: World) => void];

const MUTATIONS: readonly Mutation[] = [
  ['a link ID that does not exist', ({ linkSpec }) => void (linkSpec.id = 'vlink-gone')],
  [
    'an external link that does not exist',
    ({ linkSpec }) => void Object.assign(linkSpec, { owner: 'external', id: undefined, name: 'gone' }),
  ],
  ['the link is being deleted', ({ region }) => void Object.assign(region.links[0] ?? {}, { state: 'deleting' })],
  ['a subnet that does not exist', ({ linkSpec }) => void (linkSpec.subnets = ['subnet-gone'])],
  ['a subnet name that does not exist', ({ linkSpec }) => void (linkSpec.subnets = [{ name: 'gone' }])],
  ['a tag that every subnet has', (world) => tagged(world)],
  ['a group that does not exist', ({ linkSpec }) => void (linkSpec.securityGroups = ['sg-gone'])],
  ['a group of another network', (world) => strayGroup(world)],
  ['subnets of two networks', (world) => straySubnet(world)],
  ['another network', ({ linkSpec }) => void (linkSpec.network = 'vpc-other')],
  ['a network name that does not exist', ({ linkSpec }) => void (linkSpec.network = { name: 'gone' })],
  ['no subnets', ({ linkSpec }) => void (linkSpec.subnets = undefined)],
  [
    'a former name that does not exist',
    ({ spec }) => void Object.assign(spec, { moved: [{ kind: 'link', from: 'old', to: 'eu', path: 'moved[0]' }] }),
  ],
  ['an allowlist', ({ linkSpec }) => void (linkSpec.allowlist = ['10.0.0.0/16'])],
  ['a gateway that does not exist', (world) => gateway(world, 'gone')],
  [
    'a gateway of another kind',
    ({ region, integration }) => void (integration.gateway = { webSocketApi: region.gateways[0]?.id ?? '' }),
  ],
  [
    'a listener that does not exist',
    ({ targetSpec }) => void (targetSpec.ref = { listener: { loadBalancer: 'gone', port: 1 } }),
  ],
  ['a service that does not exist', ({ targetSpec }) => void (targetSpec.ref = { service: SERVICE })],
  [
    'a target of another network',
    ({ region }) => void Object.assign(region.targets[0] ?? {}, { networkId: 'vpc-other' }),
  ],
  ['a route to no target', ({ integration }) => void (integration.routes['ANY /gone'] = 'gone')],
  ['an external integration', ({ integration }) => void (integration.owner = 'external')],
  ['no project of that name', ({ spec }) => void (spec.project = 'other')],
];

function tagged({ region, linkSpec }: World): void {
  for (const subnet of region.subnets) subnet.tags = { tier: 'all' };
  linkSpec.subnets = [{ tag: { tier: 'all' } }];
}

function strayGroup({ region, linkSpec }: World): void {
  const [group] = region.securityGroups;
  if (group === undefined) return;
  region.securityGroups.push({ ...structuredClone(group), id: 'sg-stray', networkId: 'vpc-other' });
  linkSpec.securityGroups = ['sg-stray'];
}

function straySubnet({ region, linkSpec }: World): void {
  const [subnet] = region.subnets;
  if (subnet === undefined) return;
  region.subnets.push({ ...structuredClone(subnet), id: 'subnet-stray', networkId: 'vpc-other' });
  linkSpec.subnets = [subnet.id, 'subnet-stray'];
}

function gateway({ region, integration }: World, id: string): void {
  integration.gateway = region.provider === 'aws' ? { httpApi: id } : { apiGroup: id };
}

function isPossible(change: () => void): boolean {
  try {
    change();
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('the world has ')) return false;
    throw error;
  }
}

/** Codes of plans only, or of both for different reasons: owners, changes that are not possible, rules of a creation. */
const OF_PLANS: ReadonlySet<string> = new Set([
  'NOT_OURS',
  'PROTECTED',
  'STILL_REFERENCED',
  'ALREADY_EXISTS',
  'GATEWAY_LOCKED',
  'ALLOWLIST_FULL',
  'ALLOWLIST_INEFFECTIVE',
  'INVALID_SPEC',
  'UNSUPPORTED',
  'INVALID_INPUT',
  'CIDR_CONFLICT',
  'CIDR_REDUNDANT',
  'CIDR_UNREACHABLE',
  'ZONE_NOT_SERVED',
  'ADDRESSES_EXHAUSTED',
  'QUOTA_EXCEEDED',
  'SECURITY_GROUP_REQUIRED',
  'SECURITY_GROUPS_OF_SEVERAL_TYPES',
]);

/** The codes that a plan throws. Deletions are off, because their errors do not depend on the spec alone. */
function thrownBy({ snapshot, spec }: World): readonly string[] {
  try {
    diff(snapshot, spec, { clouds: CLOUDS, prune: false });
    return [];
  } catch (error) {
    if (!isPosternError(error)) throw error;
    const also = (error.details?.['also'] ?? []) as readonly { readonly code: string }[];
    return [error.code, ...also.map(({ code }) => code)];
  }
}

/** The codes that views report. */
function reportedBy({ snapshot, spec }: World): readonly string[] {
  const { input } = prepare(snapshot, spec, { clouds: CLOUDS, now: 0, passes: true });
  return [
    ...input.links.flatMap(({ troubles, obstacles }) => [...troubles, ...obstacles]),
    ...input.integrations.flatMap(({ unresolved, obstacles, targets }) => [
      unresolved,
      ...obstacles,
      ...targets.map(({ refused, unresolved: missing }) => refused ?? missing),
    ]),
  ].flatMap((one) => one?.code ?? []);
}

const meant = (codes: readonly string[]): readonly string[] =>
  [...new Set(codes)].filter((code) => !OF_PLANS.has(code)).toSorted();

const worlds: readonly [string, () => World, readonly Fault[]][] = [
  ['AWS', awsWorld, AWS_FAULTS],
  ['Alibaba Cloud', alibabaWorld, ALIBABA_FAULTS],
];

describe.each(worlds)('a world of %s', (_, worldOf, faults) => {
  it('is planned with a code if and only if a view reports that code', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...faults), { maxLength: 2 }),
        fc.constantFrom(...LINK_FORMS),
        fc.array(fc.nat(), { maxLength: 2 }),
        fc.uniqueArray(fc.constantFrom(...MUTATIONS), { maxLength: 3 }),
        (chosen, [, write], lost, mutations) => {
          const world = worldOf();
          // A fault may have removed what another one changes.
          fc.pre(chosen.every(([, change]) => isPossible(() => change(world))));
          write(world);
          for (const [, change] of mutations) change(world);
          const losses = lossesOf(world);
          for (const at of lost) losses[at % losses.length]?.[1](world);
          const thrown = meant(thrownBy(world));
          for (const code of thrown) seen.set(code, (seen.get(code) ?? 0) + 1);
          expect(thrown).toEqual(meant(reportedBy(world)));
        },
      ),
      { numRuns: runs(80, 20_000), ...(PROVE ? {} : { seed: 20_261_121 }) },
    );
    // The property must not hold only because no world has a fault.
    const codes = ['NOT_FOUND', 'AMBIGUOUS', 'WRONG_NETWORK', 'WRONG_KIND', 'PERMISSION_DENIED', 'UNKNOWN_REFERENCE'];
    for (const code of [...codes, 'SUBNETS_OF_SEVERAL_NETWORKS'])
      expect([code, seen.get(code) ?? 0]).not.toEqual([code, 0]);
  });
});

describe('a Cloud Map service that is not in the snapshot', () => {
  const world = (list: 'services' | 'loadBalancers'): World =>
    awsWorld((one) => {
      one.targetSpec.ref = { service: SERVICE };
      one.withhold(list, `svc:${list}`);
    });
  const verdictOf = ({ snapshot, spec }: World) =>
    check(snapshot, spec, { clouds: CLOUDS }).findings.find((one) => one.check === 'target/exists')?.verdict;

  it('is unknown to plans and checks while the services could not be read', () => {
    expect(thrownBy(world('services'))).toEqual(['PERMISSION_DENIED']);
    expect(verdictOf(world('services'))).toBe('unknown');
  });

  it('does not exist for plans and checks while only the load balancers could not be read', () => {
    expect(thrownBy(world('loadBalancers'))).toEqual(['NOT_FOUND']);
    expect(verdictOf(world('loadBalancers'))).toBe('fail');
  });
});
