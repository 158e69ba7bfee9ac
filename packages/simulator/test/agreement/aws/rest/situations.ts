import { calledGroups } from '../../finished-world.js';
import type { Finished, Situation } from '../../situation.js';

type Shown = Pick<Situation<never, string, never>, 'row' | 'what' | 'isIn'>;

/** What REST APIs and V1 links add to a path. Each occurs in at least 2 % of the worlds. */
export const REST_SITUATIONS: readonly Shown[] = [
  { row: 'R1', what: 'rules of the NLB apply to PrivateLink', isIn: (world) => enforced(world) === true },
  { row: 'R2', what: 'rules of the NLB do not apply to PrivateLink', isIn: (world) => enforced(world) === false },
  { row: 'R3', what: 'the NLB has no security group', isIn: (world) => balancer(world)?.securityGroupIds.length === 0 },
  { row: 'R4', what: 'a client address that is not kept over PrivateLink', isIn: keepsClient },
  { row: 'R5', what: 'the NLB is in one zone', isIn: (world) => balancer(world)?.subnetIds.length === 1 },
  { row: 'R6', what: 'the NLB has several listeners', isIn: severalListeners },
  { row: 'R7', what: 'cross-zone load balancing is off', isIn: (world) => balancer(world)?.crossZone === false },
  { row: 'R8', what: 'an ALB behind the NLB', isIn: (world) => hasBehind(world, 'load-balancer') },
  { row: 'R9', what: 'instances behind the NLB', isIn: (world) => hasBehind(world, 'instance') },
  { row: 'R10', what: 'another load balancer than that of the link', isIn: isAnother },
  { row: 'R11', what: 'a link that is not AVAILABLE', isIn: (world) => linkOf(world)?.state !== 'ready' },
  { row: 'R12', what: 'a REST API over a V2 link', isIn: (world) => linkOf(world)?.kind === 'vpc-link-v2' },
];

function linkOf({ region, linkId }: Finished) {
  return region.links.find(({ id }) => id === linkId);
}

/** The load balancer that calls of a V1 link come to. */
function balancer({ region, target, linkId }: Finished) {
  if (linkOf({ region, target, linkId })?.kind !== 'vpc-link-v1') return undefined;
  const own = region.listeners.find(({ id }) => id === target)?.loadBalancerId;
  return region.loadBalancers.find(({ id }) => id === own);
}

function enforced(world: Finished): boolean | undefined {
  const own = balancer(world);
  return own === undefined || own.securityGroupIds.length === 0 ? undefined : own.privateLinkEnforced !== false;
}

function keepsClient(world: Finished): boolean {
  return balancer(world) !== undefined && calledGroups(world).some((group) => group.preservesClientAddress === true);
}

function severalListeners(world: Finished): boolean {
  const own = balancer(world);
  return (
    own !== undefined && world.region.listeners.filter(({ loadBalancerId }) => loadBalancerId === own.id).length > 1
  );
}

function hasBehind(world: Finished, kind: string): boolean {
  return balancer(world) !== undefined && calledGroups(world).some((group) => group.kind === kind);
}

function isAnother(world: Finished): boolean {
  const own = balancer(world);
  return own !== undefined && linkOf(world)?.loadBalancerIds?.includes(own.id) === false;
}
