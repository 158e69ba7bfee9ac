import {
  type CallContext,
  type Gateway,
  type Listener,
  type LoadBalancer,
  type Scope,
  type Target,
  type TargetRef,
  type Gaps,
} from '@postern/core';
import { listEcsInstances, type EcsInstance } from './ecs-instance.js';
import { getLoadBalancer, listLoadBalancers } from './load-balancer.js';
import { eachOf } from './parallel.js';
import type { Session } from './session.js';
import { addressTarget, isPlainId } from './target.js';
import { parseTargetRef, type ParsedRef } from './target-ref.js';
import { accessTarget, type VpcAccess } from './vpc-access.js';

/** What stands behind the routes of a scope. */
export interface Backends {
  readonly targets: readonly Target[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly listeners: readonly Listener[];
  readonly ecsInstances: readonly EcsInstance[];
  /** Instances that the scope names and that do not exist. */
  readonly missing: readonly string[];
}

/**
 * The authorisations and plain addresses of a scope, and what stands behind them. `plain`: whether there is an integration
 * instance, which calls an address without an authorisation.
 */
export async function observeBackends(
  session: Session,
  scope: Scope,
  read: { readonly accesses: readonly VpcAccess[]; readonly gateways: readonly Gateway[]; readonly plain: boolean },
  gaps: Gaps,
  ctx: CallContext,
): Promise<Backends> {
  const refs = (scope.targets ?? []).flatMap(meant);
  const targets = targetsOf(scope, refs, read);
  const ids = new Set([
    ...refs.flatMap((ref) => (ref.kind === 'address' ? [] : [ref.instanceId])),
    ...(scope.all ? read.accesses.map(({ instanceId }) => instanceId) : []),
  ]);
  const machines = [...ids].filter((id) => id.startsWith('i-'));
  const balancers = [...ids].filter((id) => id.startsWith('lb-'));
  const [ecs, clb] = await Promise.all([
    scope.all || machines.length > 0
      ? gaps.attempt({ what: 'ECS instances', of: 'targets' }, () =>
          listEcsInstances(session, ctx, scope.all ? {} : { ids: machines }),
        )
      : [],
    gaps.attempt({ what: 'CLB instances', of: 'loadBalancers' }, async () => {
      const all = scope.all
        ? (await listLoadBalancers(session, ctx)).flatMap(({ LoadBalancerId }) => LoadBalancerId ?? [])
        : [];
      const wanted = [...new Set([...balancers, ...all])];
      const found = await eachOf(wanted, (id) => getLoadBalancer(session, id, ctx));
      return {
        found: found.flatMap((one) => one ?? []),
        missing: wanted.filter((_, index) => found[index] === undefined),
      };
    }),
  ]);
  const gone = ecs === undefined ? [] : machines.filter((id) => !ecs.some((one) => one.id === id));
  return {
    targets,
    loadBalancers: (clb?.found ?? []).map(({ loadBalancer }) => loadBalancer),
    listeners: (clb?.found ?? []).flatMap(({ listeners }) => listeners),
    ecsInstances: ecs ?? [],
    missing: [...gone, ...(clb?.missing ?? [])],
  };
}

function targetsOf(
  scope: Scope,
  refs: readonly ParsedRef[],
  { accesses, gateways, plain }: { accesses: readonly VpcAccess[]; gateways: readonly Gateway[]; plain: boolean },
): readonly Target[] {
  const isMeant = ({ instanceId, port }: VpcAccess): boolean =>
    refs.some((ref) => ref.port === port && instanceId === (ref.kind === 'address' ? ref.address : ref.instanceId));
  const used = new Set(gateways.flatMap(({ routes }) => routes.flatMap(({ targetId }) => targetId ?? [])));
  const chosen = accesses.filter(
    (access) =>
      scope.all === true ||
      (scope.project !== undefined && access.owner?.project === scope.project) ||
      used.has(access.name) ||
      isMeant(access),
  );
  const authorised = new Set(chosen.map(({ instanceId, port }) => `${instanceId}:${port}`));
  const named = refs.flatMap((ref) => (ref.kind === 'address' && plain ? [ref] : []));
  const called = [...used].filter(isPlainId).map((id) => {
    const [address = '', port = ''] = id.split(':');
    return { kind: 'address', address, port: Number(port) } as const;
  });
  const addresses = new Map([...named, ...called].map((ref) => [`${ref.address}:${ref.port}`, ref] as const));
  return [
    ...chosen.map(accessTarget),
    ...[...addresses].filter(([id]) => !authorised.has(id)).map(([, ref]) => addressTarget(ref, undefined)),
  ];
}

/** What is refused is for `targets.check` to say. */
function meant(ref: TargetRef): readonly ParsedRef[] {
  try {
    return [parseTargetRef(ref)];
  } catch {
    return [];
  }
}
