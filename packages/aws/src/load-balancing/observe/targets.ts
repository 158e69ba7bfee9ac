import type { CallContext, RegionSnapshot, Target, TargetRef } from '@postern/core/internal/library';
import { isPosternError, PosternError, type Scope, type Gaps } from '@postern/core/internal/adapter';
import type { Listener, SnapshotList } from '@postern/core/internal/snapshot';
import { AWS_TARGETS } from '../../cloud/keys.js';
import { misplacedLoadBalancer, parseListenerRef, type ParsedListenerRef } from '../../cloud/targets/targets.js';
import { listServices, type CloudMapService, isNamed, listenerTarget, serviceTarget } from '../target.js';
import { listenersOf, listLoadBalancers, toListener, toLoadBalancer, type ReadBalancer } from '../load-balancer.js';
import type { ListenerOutput, LoadBalancerOutput } from '../../sdk-types.js';
import type { BackendPort } from '../../gateways/integration-target.js';
import type { Session } from '../../client/session.js';

/** The targets, with the responses that were read to find them, so that checks need not read them again. */
export interface ObservedTargets extends Pick<RegionSnapshot, 'targets' | 'listeners'> {
  readonly loadBalancers: readonly ReadBalancer[];
  /** All load balancers of the region, where any were looked up; `undefined` for a gap. */
  readonly allBalancers: readonly LoadBalancerOutput[] | undefined;
  /** The listeners of `listeners`; `undefined` for a gap. */
  readonly listenerOutputs: readonly ListenerOutput[] | undefined;
  /** The Cloud Map services among the targets; `undefined` for a gap. */
  readonly services: readonly CloudMapService[] | undefined;
}

type Backends = Omit<ObservedTargets, 'services'>;
type LoadBalanced = Exclude<ParsedListenerRef, { kind: 'service' }>;

/** What is read besides the targets of the scope. */
export interface AlsoSought {
  /** Targets that gateways name by their ARNs. */
  readonly ids?: readonly string[] | undefined;
  /** Targets that gateways name by load balancer and port. */
  readonly ports?: readonly BackendPort[] | undefined;
  /** Load balancers without their listeners, by name or ARN: those of links. */
  readonly loadBalancers?: readonly string[] | undefined;
}

/**
 * The targets that the scope names, each that exists, and the load balancers and listeners among them. References that can
 * never be meant are refused by a rule of the link's kind; for a load balancer's ARN in a listener's place its listeners are read.
 */
export async function observeTargets(
  session: Session,
  scope: Scope,
  { ids = [], ports = [], loadBalancers = [] }: AlsoSought,
  account: string,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedTargets> {
  const refs = [...(scope.targets ?? []), ...ids.map(refOf), ...refsOfPorts(ports)];
  const home = { region: session.region, partition: session.partition, account };
  const parsed = refs.flatMap((ref) => parseOrSkip(() => parseListenerRef(ref, home)));
  const misplaced = refs.flatMap((ref) => misplacedLoadBalancer(ref) ?? []);
  const balanced = parsed.filter((one) => one.kind !== 'service');
  const services = parsed.filter((one) => one.kind === 'service');

  const checks = scope.checks === true;
  const everything = checks && scope.all === true;

  const [backends, cloudMap] = await Promise.all([
    balanced.length > 0 || misplaced.length > 0 || loadBalancers.length > 0 || everything
      ? observeListeners(session, { refs: balanced, misplaced, loadBalancers, everything, checks }, gaps, ctx)
      : { targets: [], loadBalancers: [], listeners: [], listenerOutputs: [], allBalancers: [] },
    services.length > 0 || everything
      ? gaps.attempt({ what: 'Cloud Map services', of: checks ? ['targets', 'services'] : ['targets'] }, () =>
          listServices(session, ctx),
        )
      : [],
  ]);
  const found = services.flatMap(({ arn }) => {
    const service = (cloudMap ?? []).find((one) => one.arn === arn.split('?')[0]);
    return service === undefined ? [] : [serviceTarget(arn, service)];
  });
  // A spec may later name any of them, and a full snapshot must contain them.
  if (everything) found.push(...(cloudMap ?? []).map((service) => serviceTarget(service.arn, service)));
  return {
    ...backends,
    targets: distinct([...backends.targets, ...found]),
    services: cloudMap?.filter(({ arn }) => everything || services.some((one) => one.arn.split('?')[0] === arn)),
  };
}

/** The names that are looked up among load balancers. */
interface Sought {
  readonly refs: readonly LoadBalanced[];
  /** Load balancers whose ARN is given where a listener's ARN is expected. */
  readonly misplaced: readonly string[];
  /** Load balancers of links, by name or ARN. */
  readonly loadBalancers: readonly string[];
  readonly everything: boolean;
  readonly checks: boolean;
}

/** The lists that checks read, and that lack something where load balancers or listeners could not be read. */
const BALANCERS: readonly SnapshotList[] = ['loadBalancers'];
const BEHIND: readonly SnapshotList[] = ['listeners', 'targetGroups', 'certificates'];

async function observeListeners(
  session: Session,
  { refs, misplaced: given, loadBalancers: ofLinks, everything, checks }: Sought,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Backends> {
  const lists = checks ? BEHIND : [];
  const all = await gaps.attempt(
    { what: 'load balancers', of: ['targets', ...(checks || ofLinks.length > 0 ? BALANCERS : []), ...lists] },
    () => listLoadBalancers(session, ctx),
  );
  const existing = (all ?? []).map(toLoadBalancer);
  const misplaced = [...given, ...createdAgain(refs, existing)];
  // Where a name is that of none, all are kept: a remedy names the one that is meant. With checks, more is read of each.
  const isMissing =
    !checks &&
    (refs.some((ref) => ref.kind === 'port' && !existing.some((one) => isNamed(one, ref))) ||
      ofLinks.some((link) => !existing.some(({ id, name }) => link === id || link === name)));
  const loadBalancers = existing.filter(
    (one) =>
      everything ||
      isMissing ||
      misplaced.includes(one.id) ||
      ofLinks.includes(one.id) ||
      ofLinks.includes(one.name) ||
      refs.some((ref) => isNamed(one, ref)),
  );
  const whole = loadBalancers.filter(
    ({ id, name }) =>
      everything ||
      misplaced.includes(id) ||
      refs.some((ref) => ref.kind === 'port' && [id, name].includes(ref.loadBalancer)),
  );
  const arns = refs.flatMap((ref) =>
    ref.kind === 'listener' && loadBalancers.some(({ id }) => id === ref.loadBalancerArn) ? ref : [],
  );
  const read = await gaps.attempt({ what: 'listeners', of: ['targets', ...lists] }, () =>
    listenersOf(
      session,
      whole.map(({ id }) => id),
      arns,
      ctx,
    ),
  );
  const listeners = (read ?? []).map(toListener);
  const balancerOf = (listener: Listener): ReadBalancer | undefined =>
    loadBalancers.find(({ id }) => id === listener.loadBalancerId);
  const named = listeners.filter(
    (listener) =>
      everything ||
      refs.some((ref) =>
        ref.kind === 'listener'
          ? ref.arn === listener.id
          : ref.port === listener.port &&
            loadBalancers.some((one) => one.id === listener.loadBalancerId && isNamed(one, ref)),
      ),
  );
  return {
    targets: named.map((one) => listenerTarget(one, balancerOf(one))),
    loadBalancers,
    listeners,
    allBalancers: all,
    listenerOutputs: all && read,
  };
}

/** Load balancers with the name of one that a reference names, and which does not exist: a remedy names their listeners. */
function createdAgain(refs: readonly LoadBalanced[], existing: readonly ReadBalancer[]): readonly string[] {
  return refs.flatMap((ref) => {
    if (ref.kind !== 'listener' || existing.some((one) => isNamed(one, ref))) return [];

    const name = AWS_TARGETS.listener.namesBalancer.written(ref.loadBalancerArn);
    return existing.filter((one) => one.name === name).map(({ id }) => id);
  });
}

function refOf(uri: string): TargetRef {
  return /:servicediscovery:/.test(uri) ? { service: uri } : { listener: uri };
}

function refsOfPorts(ports: readonly BackendPort[]): readonly TargetRef[] {
  const distinctPorts = new Map(ports.map((one) => [`${one.loadBalancerArn}:${one.port}`, one] as const));
  return [...distinctPorts.values()].map(({ loadBalancerArn: loadBalancer, port }) => ({
    listener: { loadBalancer, port },
  }));
}

function parseOrSkip(parse: () => ParsedListenerRef): readonly ParsedListenerRef[] {
  try {
    return [parse()];
  } catch (error) {
    if (error instanceof PosternError || isPosternError(error)) return [];

    throw error;
  }
}

function distinct(targets: readonly Target[]): readonly Target[] {
  return [...new Map(targets.map((target) => [target.id, target] as const)).values()];
}
