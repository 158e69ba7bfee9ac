import { defined, unlessGone, CloudError, type CallContext } from '@postern/core/internal/adapter';
import type { AccessControl, Listener, ListenerAction, ListenerRule } from '@postern/core/internal/snapshot';
import type { Answer } from '../client/apis/actions.js';
import { eachOf, numberOf, plain, isWord } from '../client/plain.js';
import { listAll, type ItemOf, type Listed } from '../client/lists.js';
import type { Session } from '../client/session.js';

/** A listener of a CLB instance as the list of all listeners has it. */
export type ListenerOutput = Listed<'Slb', 'DescribeLoadBalancerListeners'>;

/** As many load balancers as one call may name. */
const NAMED = 10;

/** The listeners of the region, or of some load balancers: a hundred in a call. */
export async function listListeners(
  session: Session,
  balancerIds: readonly string[] | 'all',
  ctx: CallContext,
): Promise<readonly ListenerOutput[]> {
  if (balancerIds.length === 0) return [];

  const named = balancerIds === 'all' || balancerIds.length > NAMED ? undefined : balancerIds;
  const what = 'listeners of CLB instances';
  const listeners = await listAll(session, ctx, what, 'Slb', 'DescribeLoadBalancerListeners', {
    LoadBalancerId: named,
  });
  return balancerIds === 'all'
    ? listeners
    : listeners.filter(({ LoadBalancerId = '' }) => balancerIds.includes(LoadBalancerId));
}

/**
 * The id of a listener, and that of the target group which is made for it: CLB has no such resource. UDP may
 * share a port with another.
 */
export function listenerIds({ LoadBalancerId = '', ListenerProtocol = '', ListenerPort }: ListenerOutput): {
  readonly listener: string;
  readonly group: string;
} {
  const protocol = ListenerProtocol.toLowerCase();
  const group = `${LoadBalancerId}:${ListenerPort ?? ''}`;
  return {
    listener: `${LoadBalancerId}/${protocol}:${ListenerPort ?? ''}`,
    group: protocol === 'udp' ? `${group}/udp` : group,
  };
}

/** The access control lists that a listener has switched on. */
export function accessListsOf({ AclStatus = '', AclIds, AclId }: ListenerOutput): readonly string[] {
  if (!/^on$/i.test(AclStatus)) return [];

  const ids = AclIds ?? (AclId ?? '').split(',');
  return ids.map((id) => id.trim()).filter((id) => id !== '');
}

/**
 * A listener in the portable form. `entries`: the blocks of each access control list; undefined where they
 * could not be read, as `rules` then is.
 */
export function toListener(
  row: ListenerOutput,
  entries: ReadonlyMap<string, readonly string[]> | undefined,
  rules: Listener['rules'],
): Listener {
  const ids = listenerIds(row);
  const protocol = (row.ListenerProtocol ?? '').toUpperCase();
  const certificate = row.HTTPSListenerConfig?.ServerCertificateId;
  return {
    id: ids.listener,
    loadBalancerId: row.LoadBalancerId ?? '',
    port: numberOf(row.ListenerPort) ?? 0,
    protocol,
    state: stateOf(row.Status ?? ''),
    actions: [actionOf(row, ids.group)],
    rules,
    certificateIds: certificate ? [certificate] : undefined,
    accessControl: accessControl(row, entries),
    clientCertificates: clientCertificates(row.HTTPSListenerConfig),
    raw: plain(row),
  };
}

/** With a CA certificate a listener requires callers to present a certificate that this CA has signed. */
function clientCertificates(https: ListenerOutput['HTTPSListenerConfig']): Listener['clientCertificates'] {
  if (https === undefined) return undefined;

  return https.CACertificateId || https.CaCertificateId ? 'required' : 'none';
}

function stateOf(status: string): Listener['state'] {
  if (/^running$/i.test(status)) return 'running';
  if (/^stopped$/i.test(status)) return 'stopped';

  return status === '' ? undefined : 'other';
}

/** An HTTP listener may send everything on to an HTTPS one. */
function actionOf({ HTTPListenerConfig: http }: ListenerOutput, group: string): ListenerAction {
  if (isWord(http?.ListenerForward, 'on')) return { kind: 'redirect', statusCode: http?.ForwardCode || '301' };

  return { kind: 'forward', targetGroupIds: [group] };
}

function accessControl(
  row: ListenerOutput,
  entries: ReadonlyMap<string, readonly string[]> | undefined,
): AccessControl | undefined {
  if (!isWord(row.AclStatus, 'on')) return undefined;

  const ids = accessListsOf(row);
  const blocks = ids.map((id) => entries?.get(id));
  const type = row.AclType ?? '';
  return {
    kind: /^black$/i.test(type) ? 'deny' : 'allow',
    ids,
    // With a type that is not documented the lists may allow or deny: their blocks then decide nothing.
    cidrBlocks:
      !/^(?:white|black)$/i.test(type) || blocks.some((list) => list === undefined)
        ? undefined
        : [...new Set(blocks.flatMap((list) => list ?? []))],
  };
}

/** A forwarding rule of an HTTP or HTTPS listener. */
export type RuleOutput = ItemOf<Answer<'Slb', 'DescribeRules'>, 'Rules.Rule'>;

/**
 * The forwarding rules of listeners, by their ids: a call for each listener that can have some. One that redirects everything
 * has none.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/forward-requests-based-on-domain-names-or-urls
 */
export async function readRules(
  session: Session,
  rows: readonly ListenerOutput[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly RuleOutput[]>> {
  const ruled = rows.filter(({ ListenerProtocol = '' }) => /^https?$/i.test(ListenerProtocol));
  const lists = await eachOf(ruled, async (row) => {
    const { LoadBalancerId = '', ListenerPort, ListenerProtocol = '' } = row;
    if (isWord(row.HTTPListenerConfig?.ListenerForward, 'on')) return [listenerIds(row).listener, []] as const;

    const found = await unlessGone(
      session.call(ctx, 'Slb', 'DescribeRules', {
        LoadBalancerId,
        ...defined({ ListenerPort }),
        ListenerProtocol: ListenerProtocol.toLowerCase(),
      }),
    );
    return [listenerIds(row).listener, found?.Rules?.Rule ?? []] as const;
  });
  return new Map(lists);
}

/**
 * A rule in the portable form. The path of a URL is not compared, as it is not documented where its prefix
 * may end. Rules for a full domain precede those for a wildcard, and longer URLs precede shorter ones.
 */
export function toRules(row: ListenerOutput, rules: readonly RuleOutput[]): readonly ListenerRule[] {
  const { listener } = listenerIds(row);
  const order = ({ Domain = '', Url = '' }: RuleOutput): readonly number[] => [
    Domain === '' ? 2 : Domain.includes('*') ? 1 : 0,
    -Domain.length,
    -Url.length,
  ];
  const sorted = rules.toSorted((a, b) => compare(order(a), order(b)));
  return sorted.map(({ RuleId = '', Domain, Url, VServerGroupId = '' }, index) => ({
    id: `${listener}/${RuleId}`,
    priority: index + 1,
    conditions: [
      ...(Domain ? [{ kind: 'host' as const, values: [Domain] }] : []),
      ...(Url ? [{ kind: 'path' as const }] : []),
    ],
    actions: [{ kind: 'forward', targetGroupIds: [ruleGroupId(row, VServerGroupId)] }],
  }));
}

/** The id of the target group that is made of a vServer group for the rules of a listener. */
export function ruleGroupId(row: ListenerOutput, vServerGroupId: string): string {
  return `${listenerIds(row).group}/${vServerGroupId}`;
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((one, index) => one - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/**
 * The blocks of access control lists, by id: a call for each. A deleted list has none. @throws {CloudError}
 * `INCOMPLETE_LIST`
 */
export async function accessLists(
  session: Session,
  ids: readonly string[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lists = await eachOf([...new Set(ids)].toSorted(), async (AclId) => {
    const found = await unlessGone(session.call(ctx, 'Slb', 'DescribeAccessControlListAttribute', { AclId }));
    const blocks = (found?.AclEntrys?.AclEntry ?? []).flatMap(({ AclEntryIP }) => AclEntryIP ?? []);
    const total = numberOf(found?.TotalAclEntry) ?? blocks.length;
    if (total > blocks.length) {
      throw new CloudError('INCOMPLETE_LIST', `${AclId} has ${total} entries, but ${blocks.length} were returned`, {
        operation: 'DescribeAccessControlListAttribute',
        remedy: 'Run again: the list may have changed during the read.',
      });
    }

    return [AclId, blocks] as const;
  });
  return new Map(lists);
}
