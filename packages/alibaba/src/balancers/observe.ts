import { type Gaps, type CallContext, unlessGone } from '@postern/core/internal/adapter';
import type { Listener, LoadBalancer, TargetGroup, Instance } from '@postern/core/internal/snapshot';
import {
  accessLists,
  accessListsOf,
  listenerIds,
  listListeners,
  toListener,
  type ListenerOutput,
  readRules,
  toRules,
  type RuleOutput,
} from './clb-listener.js';
import { readHealth, readServerGroups, toRuleGroup, toTargetGroup, type Servers } from './clb-target-group.js';
import { eachOf, numberOf, plain } from '../client/plain.js';
import type { Session } from '../client/session.js';
import type { Answer } from '../client/apis/actions.js';
import { listAll, type Listed, latest } from '../client/lists.js';

/** Load balancers with everything that checks read of them. */
export interface ObservedBalancers {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly listeners: readonly Listener[];
  readonly targetGroups: readonly TargetGroup[];
  /** Whether all load balancers of the region are among them. */
  readonly whole: boolean;
}

/** Which load balancers: all, or those of some ids and those that have some addresses. */
export type WantedBalancers = 'all' | { readonly ids: readonly string[]; readonly addresses: readonly string[] };

/**
 * Load balancers, their listeners with access control, and the servers behind them with their health: one list of each
 * for the region, one call for each access control list, each HTTP or HTTPS listener (rules) and each vServer group,
 * and two for each load balancer (weights, health). What cannot be read is a gap of each list that lacks something.
 */
export async function observeBalancers(
  session: Session,
  wanted: WantedBalancers,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedBalancers> {
  if (wanted !== 'all' && wanted.ids.length + wanted.addresses.length === 0) {
    return { loadBalancers: [], listeners: [], targetGroups: [], whole: false };
  }

  const listed = await gaps.attempt({ what: 'CLB instances', of: ['loadBalancers', 'targetGroups'] }, () =>
    listLoadBalancers(session, ctx),
  );
  const chosen = (listed ?? []).filter(
    ({ LoadBalancerId, Address = '' }) =>
      wanted === 'all' || wanted.ids.includes(LoadBalancerId) || wanted.addresses.includes(Address),
  );
  // Where the list may not be read, the named ones can still be read.
  const named = listed === undefined && wanted !== 'all' ? wanted.ids : [];
  const ids = [...new Set([...chosen.flatMap(({ LoadBalancerId }) => LoadBalancerId ?? []), ...named])];
  const [details, rows, health] = await Promise.all([
    gaps.attempt({ what: 'backend servers of CLB instances', of: ['targetGroups'] }, () =>
      eachOf(ids, (id) => getBalancerRow(session, id, ctx)),
    ),
    gaps.attempt({ what: 'listeners of CLB instances', of: ['listeners', 'targetGroups'] }, () =>
      listListeners(session, wanted === 'all' ? 'all' : ids, ctx),
    ),
    gaps.attempt({ what: 'health of backend servers', of: ['targetGroups'] }, () =>
      eachOf(ids, (id) => readHealth(session, id, ctx)),
    ),
  ]);
  const byId = new Map<string, Omit<BalancerRow, 'LoadBalancerId'>>(chosen.map((row) => [row.LoadBalancerId, row]));
  for (const [index, id] of ids.entries()) {
    const detail = details?.[index];
    if (detail !== undefined && !byId.has(id)) byId.set(id, detail);
  }
  const loadBalancers = new Map([...byId].map(([id, row]) => [id, toLoadBalancer(id, row)] as const));
  const lists = await gaps.attempt({ what: 'access control lists of CLB', of: ['listeners'] }, () =>
    accessLists(session, (rows ?? []).flatMap(accessListsOf), ctx),
  );
  const rules = await gaps.attempt({ what: 'forwarding rules of CLB listeners', of: ['listeners'] }, () =>
    readRules(session, rows ?? [], ctx),
  );
  const rulesOf = (row: ListenerOutput): readonly RuleOutput[] => rules?.get(listenerIds(row).listener) ?? [];
  const groupIds = (rows ?? []).flatMap((row) => [
    ...(row.VServerGroupId ? [row.VServerGroupId] : []),
    ...rulesOf(row).flatMap(({ VServerGroupId }) => VServerGroupId || []),
  ]);
  const groups = await gaps.attempt({ what: 'vServer groups of CLB', of: ['targetGroups'] }, () =>
    readServerGroups(session, groupIds, ctx),
  );
  const servers = new Map<string, Servers>(
    ids.flatMap((id, index) => {
      const [weights, states] = [details?.[index], health?.[index]];
      return weights === undefined || states === undefined
        ? []
        : [[id, { weights: weightsOf(weights), health: states, groups: groups ?? new Map() }] as const];
    }),
  );
  return {
    loadBalancers: [...loadBalancers.values()],
    listeners: (rows ?? []).map((row) => {
      const own = rules?.get(listenerIds(row).listener);
      return toListener(row, lists, own && toRules(row, own));
    }),
    targetGroups: (rows ?? []).flatMap((row) => {
      const id = row.LoadBalancerId ?? '';
      const balancer = loadBalancers.get(id);
      const ruled = new Set(rulesOf(row).flatMap(({ VServerGroupId }) => VServerGroupId || []));
      return [
        toTargetGroup(row, balancer, servers.get(id)),
        ...[...ruled].map((group) => toRuleGroup(row, balancer, group, groups?.get(group))),
      ];
    }),
    whole: wanted === 'all' && listed !== undefined,
  };
}

/** A CLB instance as the list of all has it. */
type BalancerRow = Listed<'Slb', 'DescribeLoadBalancers'>;
type Attribute = Answer<'Slb', 'DescribeLoadBalancerAttribute'>;

/** A CLB instance with its listeners. */
export interface Balancer {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** Where it is called. */
  readonly address: string;
}

/** All CLB instances of the region, without their listeners. */
export async function listLoadBalancers(session: Session, ctx: CallContext): Promise<readonly BalancerRow[]> {
  return listAll(session, ctx, 'CLB instances', 'Slb', 'DescribeLoadBalancers');
}

/** The attributes of one CLB instance, or `undefined`. */
export function getBalancerRow(session: Session, id: string, ctx: CallContext): Promise<Attribute | undefined> {
  return unlessGone(session.call(ctx, 'Slb', 'DescribeLoadBalancerAttribute', { LoadBalancerId: id }));
}

/** One CLB instance with its listeners, or `undefined`. */
export async function getLoadBalancer(session: Session, id: string, ctx: CallContext): Promise<Balancer | undefined> {
  const found = await getBalancerRow(session, id, ctx);
  return found && toBalancer(id, found);
}

/** The weights of the servers that a CLB instance has by default, by id. */
function weightsOf({ BackendServers }: Attribute): ReadonlyMap<string, number> {
  const rows = BackendServers?.BackendServer ?? [];
  return new Map(
    rows.flatMap(({ ServerId, Weight }) => {
      const weight = numberOf(Weight);
      return ServerId === undefined || weight === undefined ? [] : [[ServerId, weight] as const];
    }),
  );
}

/** A CLB instance in the portable form. Network ACLs do not filter what reaches it; it sends to servers of every zone. */
function toLoadBalancer(id: string, row: Omit<BalancerRow, 'LoadBalancerId'>): LoadBalancer {
  const status = row.LoadBalancerStatus ?? '';
  const internal = row.AddressType === 'intranet';
  const isPublic = row.AddressType === 'internet';
  const zones = [row.MasterZoneId, row.SlaveZoneId].flatMap((zone) => zone || []);
  return {
    id,
    name: row.LoadBalancerName ?? '',
    kind: 'classic',
    networkId: row.VpcId || undefined,
    scheme: internal ? 'internal' : isPublic ? 'internet-facing' : undefined,
    state: status || undefined,
    active: /^active$/i.test(status) ? true : /^(?:inactive|locked)$/i.test(status) ? false : undefined,
    subnetIds: row.VSwitchId ? [row.VSwitchId] : [],
    securityGroupIds: [],
    addresses: internal && row.Address ? [row.Address] : isPublic || internal ? [] : undefined,
    zones: zones.length === 0 ? undefined : [...new Set(zones)],
    crossZone: true,
    behindNetworkAcl: false,
    raw: plain(row),
  };
}

function toBalancer(id: string, row: Attribute): Balancer {
  const ports = row.ListenerPortsAndProtocol?.ListenerPortAndProtocol ?? [];
  return {
    loadBalancer: toLoadBalancer(id, row),
    listeners: ports.map(({ ListenerPort, ListenerProtocol = '' }) => ({
      id: `${id}/${ListenerProtocol}:${ListenerPort ?? ''}`,
      loadBalancerId: id,
      port: numberOf(ListenerPort) ?? 0,
      protocol: ListenerProtocol.toUpperCase(),
      raw: { ListenerPort: ListenerPort ?? null, ListenerProtocol },
    })),
    address: row.Address ?? '',
  };
}

type Row = Listed<'Ecs', 'DescribeInstances'>;

/** ECS instances: of the region, of one VPC, or those of the ids, or of the private addresses in a VPC, that exist. */
export async function listEcsInstances(
  session: Session,
  ctx: CallContext,
  within: { readonly ids?: readonly string[]; readonly VpcId?: string; readonly addresses?: readonly string[] } = {},
): Promise<readonly Instance[]> {
  const { ids, VpcId, addresses } = within;
  const named = ids ?? addresses;
  if (named?.length === 0) return [];

  const chunks = named === undefined ? [undefined] : chunked([...new Set(named)], 100);
  const filter = ids === undefined ? 'PrivateIpAddresses' : 'InstanceIds';
  const lists: Row[][] = [];
  for (const chunk of chunks) {
    const query = { VpcId, [filter]: chunk && JSON.stringify(chunk) };
    lists.push(await listAll(session, ctx, 'ECS instances', 'Ecs', 'DescribeInstances', query));
  }
  return latest(lists.flat(), ({ InstanceId }) => InstanceId).map(toInstance);
}

function toInstance(row: Row): Instance {
  const { VpcId, VSwitchId, PrivateIpAddress } = row.VpcAttributes ?? {};
  const status = row.Status ?? '';
  return {
    id: row.InstanceId,
    name: row.InstanceName || undefined,
    networkId: VpcId || undefined,
    subnetId: VSwitchId || undefined,
    zone: row.ZoneId || undefined,
    addresses: [...(PrivateIpAddress?.IpAddress ?? [])],
    securityGroupIds: [...(row.SecurityGroupIds?.SecurityGroupId ?? [])],
    state: /^running$/i.test(status) ? 'running' : /^stopped$/i.test(status) ? 'stopped' : 'other',
    nativeState: status,
    raw: plain(row),
  };
}

function chunked<T>(items: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
