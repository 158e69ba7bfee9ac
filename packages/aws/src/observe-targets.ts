import {
  isPosternError,
  PosternError,
  type CallContext,
  type Listener,
  type LoadBalancer,
  type RegionSnapshot,
  type Scope,
  type Target,
  type TargetRef,
  type Gaps,
} from '@postern/core';
import { listServices } from './cloud-map.js';
import { listenersOf, listLoadBalancers, toListener, toLoadBalancer } from './load-balancer.js';
import type { Session } from './session.js';
import { isNamed, listenerTarget, serviceTarget } from './target.js';
import { misplacedLoadBalancer, parseTargetRef, type ParsedRef } from './target-ref.js';

type Backends = Pick<RegionSnapshot, 'targets' | 'loadBalancers' | 'listeners'>;
type LoadBalanced = Exclude<ParsedRef, { kind: 'service' }>;

/**
 * The targets that the scope names, each that exists, and the load balancers and listeners among them. References that can
 * never be meant are left to `targets.check`; for a load balancer's ARN in a listener's place its listeners are read.
 */
export async function observeTargets(
  session: Session,
  scope: Scope,
  uris: readonly string[],
  account: string,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Backends> {
  const refs = [...(scope.targets ?? []), ...uris.map(refOf)];
  const home = { region: session.region, partition: session.partition, account };
  const parsed = refs.flatMap((ref) => parseOrSkip(() => parseTargetRef(ref, home)));
  const misplaced = refs.flatMap((ref) => misplacedLoadBalancer(ref) ?? []);
  const balanced = parsed.filter((one) => one.kind !== 'service');
  const services = parsed.filter((one) => one.kind === 'service');

  const [backends, cloudMap] = await Promise.all([
    balanced.length > 0 || misplaced.length > 0
      ? observeListeners(session, balanced, misplaced, gaps, ctx)
      : { targets: [], loadBalancers: [], listeners: [] },
    services.length > 0
      ? gaps.attempt({ what: 'Cloud Map services', of: 'targets' }, () => listServices(session, ctx))
      : [],
  ]);
  const found = services.flatMap(({ arn }) => {
    const service = (cloudMap ?? []).find((one) => one.arn === arn.split('?')[0]);
    return service === undefined ? [] : [serviceTarget(arn, service)];
  });
  return { ...backends, targets: distinct([...backends.targets, ...found]) };
}

async function observeListeners(
  session: Session,
  refs: readonly LoadBalanced[],
  misplaced: readonly string[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Backends> {
  const all = await gaps.attempt({ what: 'load balancers', of: 'targets' }, () => listLoadBalancers(session, ctx));
  const loadBalancers = (all ?? [])
    .map(toLoadBalancer)
    .filter((one) => misplaced.includes(one.id) || refs.some((ref) => isNamed(one, ref)));
  const whole = loadBalancers.filter(
    ({ id, name }) =>
      misplaced.includes(id) || refs.some((ref) => ref.kind === 'port' && [id, name].includes(ref.loadBalancer)),
  );
  const arns = refs.flatMap((ref) =>
    ref.kind === 'listener' && loadBalancers.some(({ id }) => id === ref.loadBalancerArn) ? ref : [],
  );
  const read = await gaps.attempt({ what: 'listeners', of: 'targets' }, () =>
    listenersOf(
      session,
      whole.map(({ id }) => id),
      arns,
      ctx,
    ),
  );
  const listeners = (read ?? []).map(toListener);
  const balancerOf = (listener: Listener): LoadBalancer | undefined =>
    loadBalancers.find(({ id }) => id === listener.loadBalancerId);
  const named = listeners.filter((listener) =>
    refs.some((ref) =>
      ref.kind === 'listener'
        ? ref.arn === listener.id
        : ref.port === listener.port &&
          loadBalancers.some((one) => one.id === listener.loadBalancerId && isNamed(one, ref)),
    ),
  );
  return { targets: named.map((one) => listenerTarget(one, balancerOf(one))), loadBalancers, listeners };
}

function refOf(uri: string): TargetRef {
  return /:servicediscovery:/.test(uri) ? { service: uri } : { listener: uri };
}

function parseOrSkip(parse: () => ParsedRef): readonly ParsedRef[] {
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
