import type { Gaps, CallContext } from '@postern/core/internal/adapter';
import type { Listener, LoadBalancer, TargetGroup } from '@postern/core/internal/snapshot';
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
import { getBalancerRow, listLoadBalancers, toLoadBalancer, weightsOf, type BalancerRow } from './load-balancer.js';
import { eachOf } from '../client/plain.js';
import type { Session } from '../client/session.js';

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
 * Load balancers, their listeners with access control, and the servers behind them with their health: one list of each for the
 * region, one call for each access control list, each HTTP or HTTPS listener (rules) and each vServer group, and two for each load
 * balancer (weights, health). What cannot be read is a
 * gap of each list that lacks something.
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
