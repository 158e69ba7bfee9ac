import type { Gaps, Scope, CallContext, RegionSnapshot, Target, TargetRef } from '@postern/core/internal/adapter';
import type { Instance, SnapshotList } from '@postern/core/internal/snapshot';
import { parseBackendRef, type ParsedBackendRef } from '../cloud/target-ref.js';
import type { InterfaceOutput } from '../network/nat.js';
import { getLoadBalancer, listLoadBalancers, observeBalancers, listEcsInstances } from './observe.js';
import { eachOf } from '../client/plain.js';
import type { Session } from '../client/session.js';
import type { WingBackends } from '../observe/wing-observation.js';

/** The resources behind the routes of a scope. */
export interface Backends extends Pick<
  RegionSnapshot,
  'targets' | 'loadBalancers' | 'listeners' | 'targetGroups' | 'instances'
> {
  /** Instances that the scope names and that do not exist. */
  readonly missing: readonly string[];
  readonly whole: readonly SnapshotList[];
}

/** What is known before backends are read. */
interface Known extends WingBackends {
  /** Services of gateways, whose endpoints are read for checks. */
  readonly services: readonly Target[];
  /** All of the region, where they are read. */
  readonly interfaces: Promise<readonly InterfaceOutput[] | undefined>;
}

/**
 * The resources behind the targets of a scope. For checks it reads everything that checks need, including the owner of
 * each address. Otherwise it reads ECS instances, and CLB instances with their listening ports.
 */
export async function observeBackends(
  session: Session,
  scope: Scope,
  read: Known,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Backends> {
  const refs = backendsOf(scope);
  const { targets } = read;
  if (scope.checks) return observeChecked(session, scope, refs, read, gaps, ctx);

  const { machines, balancers } = resourcesOf([
    ...refs.flatMap((ref) => (ref.kind === 'address' ? [] : [ref.instanceId])),
    ...(scope.all ? read.named : []),
  ]);
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
  const whole: SnapshotList[] = [
    'targets',
    ...(ecs === undefined ? [] : (['instances'] as const)),
    ...(clb === undefined ? [] : (['loadBalancers'] as const)),
  ];
  return {
    targets,
    loadBalancers: (clb?.found ?? []).map(({ loadBalancer }) => loadBalancer),
    listeners: (clb?.found ?? []).flatMap(({ listeners }) => listeners),
    instances: ecs,
    missing: [...gone(machines, ecs), ...(clb?.missing ?? [])],
    whole: scope.all ? whole : [],
  };
}

async function observeChecked(
  session: Session,
  scope: Scope,
  refs: readonly ParsedBackendRef[],
  read: Known,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Backends> {
  const names = [
    ...refs.map((ref) => (ref.kind === 'address' ? ref.address : ref.instanceId)),
    ...read.targets.flatMap(({ resourceId }) => resourceId ?? []),
    ...read.services.flatMap(({ resourceId, endpoints = [] }) => [
      resourceId ?? '',
      ...endpoints.map((text) => text.replace(/:\d+$/, '')),
    ]),
    ...read.called,
  ];
  const { machines, balancers, addresses } = resourcesOf(names);
  const balancing = observeBalancers(session, scope.all ? 'all' : { ids: balancers, addresses }, gaps, ctx);
  const [clb, ecs] = await Promise.all([
    balancing,
    gaps.attempt({ what: 'ECS instances', of: 'instances' }, async () => {
      if (scope.all) return listEcsInstances(session, ctx);

      // For servers without a health check, their own state shows whether they answer.
      const servers = ((await balancing).targetGroups ?? []).flatMap(({ targets: own = [] }) =>
        own.map(({ id }) => id),
      );
      const holders = ((await read.interfaces) ?? []).filter((row) =>
        (row.PrivateIpSets?.PrivateIpSet ?? []).some((one) => addresses.includes(one.PrivateIpAddress ?? '')),
      );
      const ids = [
        ...machines,
        ...servers,
        ...holders.flatMap((row) => row.InstanceId || row.Attachment?.InstanceId || []),
      ];
      return listEcsInstances(session, ctx, { ids: ids.filter((id) => id.startsWith('i-')) });
    }),
  ]);
  const known = clb.loadBalancers.map(({ id }) => id);
  const unread = gaps.list.some(({ of }) => of === 'loadBalancers');
  const whole: SnapshotList[] = [
    'targets',
    ...(clb.whole ? (['loadBalancers', 'listeners', 'targetGroups'] as const) : []),
    ...(ecs === undefined ? [] : (['instances'] as const)),
  ];
  return {
    targets: read.targets,
    loadBalancers: clb.loadBalancers,
    listeners: clb.listeners,
    targetGroups: clb.targetGroups,
    instances: ecs,
    missing: [...gone(machines, ecs), ...(unread ? [] : balancers.filter((id) => !known.includes(id)))],
    whole: scope.all ? whole : [],
  };
}

function resourcesOf(names: readonly string[]) {
  const all = [...new Set(names)];
  return {
    machines: all.filter((id) => id.startsWith('i-')),
    balancers: all.filter((id) => id.startsWith('lb-')),
    addresses: all.filter((id) => /^\d+(?:\.\d+){3}$/.test(id)),
  };
}

function gone(ids: readonly string[], found: readonly Instance[] | undefined): readonly string[] {
  return found === undefined ? [] : ids.filter((id) => !found.some((one) => one.id === id));
}

/** What the targets of a scope name. A reference that can never be meant is refused by a rule of the link's kind. */
export function backendsOf({ targets = [] }: Scope): readonly ParsedBackendRef[] {
  return targets.flatMap(meant);
}

function meant(ref: TargetRef): readonly ParsedBackendRef[] {
  try {
    return [parseBackendRef(ref)];
  } catch {
    return [];
  }
}
