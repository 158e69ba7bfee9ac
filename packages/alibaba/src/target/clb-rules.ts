import type { CallContext } from '@postern/core';
import { unlessGone } from '@postern/core/adapter';
import type { ListenerRule } from '@postern/core/snapshot';
import type { Answer } from '../apis/actions.js';
import { eachOf } from '../client/parallel.js';
import type { Session } from '../client/session.js';
import { listenerIds, type ListenerOutput } from './clb-listener.js';

/** A forwarding rule of an HTTP or HTTPS listener. */
export type RuleOutput = NonNullable<NonNullable<Answer<'Slb', 'DescribeRules'>['Rules']>['Rule']>[number];

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
    if (/^on$/i.test(row.HTTPListenerConfig?.ListenerForward ?? '')) return [listenerIds(row).listener, []] as const;
    const found = await unlessGone(
      session.call(ctx, 'Slb', 'DescribeRules', {
        LoadBalancerId,
        ...(ListenerPort === undefined ? {} : { ListenerPort }),
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
