import { loadBalancerReasons } from '../reasons/load-balancer.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { Missing } from '../../../do/world/views.js';
import type { Destination } from './destinations.js';
import { failStep, type End, unknownStep, type PathStep, type Way, type TracedStep } from '../model/step.js';
import { groupStep } from '../groups/security-group.js';
import { balancerSteps, type CalledBalancer } from './load-balancer.js';
import type { Caller } from '../sources/caller.js';
import type { World } from '../model/world.js';

/** Every address that the service behind a V1 link may call from: which ones it has is not published. */
const ANYWHERE: End = {
  text: 'the service of the link',
  span: { family: 4, start: 0, end: 2 ** 32 },
  behindNetworkAcl: false,
};

/**
 * The path of a V1 link: over PrivateLink directly to its network load balancer, without a subnet, a route or a network ACL of the user.
 * Targets see the load balancer's address, independent of their group's setting.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function* privateLinkSteps(
  world: World,
  caller: Pick<Caller, 'kind' | 'name' | 'loadBalancerIds'>,
  { balancer, end, port, text }: Destination,
  { calls, assumed }: Pick<CalledBalancer, 'calls' | 'assumed'> = {},
): Generator<TracedStep> {
  const { name, loadBalancerIds } = caller;
  const to = end ?? { ...ANYWHERE, text };
  const way: Way = { from: serviceEnd(world, caller, to), to, port };
  const called = balancer?.balancer;
  if (called === undefined || end === undefined || loadBalancerIds?.includes(called.id) === false) {
    const known = (loadBalancerIds ?? []).map((id) => balancerName(world, id));
    yield { way, step: otherBalancer(name, called?.name ?? text, known) };
    return;
  }

  const step = enforcedStep(world, called, port);
  if (step !== undefined) yield { way, step };
  if (step?.verdict === 'fail') return;

  yield* balancerSteps(
    world,
    { balancer: called, listenerId: balancer?.listenerId, calls, assumed },
    { from: end, to: end, port },
  );
}

/** The source of calls of a V1 link, as far as it is known. */
export function serviceEnd({ index }: World, { kind }: Pick<Caller, 'kind'>, { span }: Pick<End, 'span'>): End {
  return { ...ANYWHERE, text: index.clouds.link(kind).callers ?? ANYWHERE.text, span };
}

/** For which callers from anywhere the groups of a load balancer have a rule on a port: all, some, none; or what is missing. */
export type Openness = 'all' | 'some' | 'none' | Missing;

/**
 * What the security groups of a load balancer allow inbound from addresses that are not known. Rules that name a group allow none of
 * them.
 */
export function opennessOf(world: World, { securityGroupIds }: LoadBalancer, port: number): Openness {
  if (securityGroupIds.length === 0) return 'all';

  const step = groupStep('in', world.groupSet(securityGroupIds), ANYWHERE, { port, references: 'lost', lists: world });
  if (step.verdict === 'pass') return 'all';
  if (step.partly === true) return 'some';
  if (step.verdict === 'fail') return 'none';

  return (
    step.missing ?? {
      what: `the inbound rules of ${securityGroupIds.join(', ')}`,
      remedy: `Check the inbound rules of ${securityGroupIds.join(', ')}.`,
    }
  );
}

/** What a load balancer's groups do with the calls of a V1 link, where they apply to them; `target/private-link` reports it. */
function enforcedStep(world: World, balancer: LoadBalancer, port: number): PathStep | undefined {
  const { privateLinkEnforced, name, id } = balancer;
  if (privateLinkEnforced === false) return undefined;

  const open = opennessOf(world, balancer, port);
  if (open === 'all') return undefined;

  const what = { kind: 'load balancer', id };
  if (typeof open === 'object') return unknownStep(undefined, 'security group in', what, open);

  return {
    check: undefined,
    hop: 'security group in',
    verdict: open === 'none' && privateLinkEnforced === true ? 'fail' : 'unknown',
    describe: () => ({
      ...what,
      text: 'its rules also apply to PrivateLink traffic',
      code: 'ENI_SG_RULES_MISMATCH',
      ...loadBalancerReasons.PRIVATE_LINK_ENFORCED({ balancer: name, port, open }),
    }),
  };
}

function otherBalancer(link: string, called: string, own: readonly string[]): PathStep {
  return failStep('path/load-balancer', 'load balancer', () => ({
    kind: 'load balancer',
    id: called,
    text: `is not the load balancer of link ${link}`,
    ...loadBalancerReasons.OTHER_BALANCER({ link, called, own }),
  }));
}

function balancerName({ index }: World, id: string): string {
  const found = index.find('loadBalancers', id);
  return found.is === 'found' ? found.value.name : id;
}
