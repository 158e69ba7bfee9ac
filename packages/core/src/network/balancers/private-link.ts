import type { Destination } from './destinations.js';
import type { End } from '../end.js';
import { balancerSteps, type CalledBalancer } from './load-balancer.js';
import type { Step, Way } from '../step.js';
import type { Taken } from '../taken.js';
import type { World } from '../world.js';

/**
 * The path of a V1 link: over PrivateLink directly to its network load balancer, without a subnet, a route or a network ACL of the user.
 * Targets see the load balancer's address, independent of their group's setting.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function* privateLinkSteps(
  world: World,
  { balancer, end, port }: Destination,
  { calls, assumed }: Pick<CalledBalancer, 'calls' | 'assumed'> = {},
): Generator<Taken> {
  if (balancer === undefined || end === undefined) return;
  const way: Way = { from: serviceEnd(end), to: end, port };
  const { privateLinkEnforced, name, id } = balancer.balancer;
  if (end.groups !== undefined && end.groups.ids.length > 0 && privateLinkEnforced !== false) {
    yield { way, step: enforced(id, name) };
  }
  yield* balancerSteps(world, { ...balancer, calls, assumed }, { from: end, to: end, port });
}

/** The source of calls of a V1 link, as far as it is known. */
export function serviceEnd({ span }: Pick<End, 'span'>): End {
  return { text: 'API Gateway (PrivateLink)', span, behindNetworkAcl: false };
}

/**
 * Another check reports this: the load balancer's rules are then evaluated for API Gateway's own addresses,
 * which are unknown.
 */
function enforced(id: string, name: string): Step {
  return {
    check: undefined,
    hop: 'security group in',
    verdict: 'unknown',
    tell: () => ({
      kind: 'load balancer',
      id,
      text: 'its rules also apply to PrivateLink traffic',
      code: 'ENI_SG_RULES_MISMATCH',
      why: { code: 'PRIVATE_LINK_ENFORCED', params: { balancer: name } },
    }),
  };
}
