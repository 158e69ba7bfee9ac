import { raise } from '../../simulation/raise.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import { slbWords } from './request.js';
import type { ListenerRow, ListenerRuleRow, LoadBalancerRow, ServerGroupRow } from './state.js';

/** What a layer 7 listener reads of a call: `orders.internal:8080`, and the path with its query string. */
export interface AskedUrl {
  readonly host: string;
  readonly path: string;
}

/**
 * The rule that a call of a layer 7 listener follows; undefined: the listener's own servers. The domain decides first, an exact one before
 * one with a wildcard and that before none; then the longest path [I].
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/domain-name-based-or-url-based-forwarding-rules
 */
export function matchingRule({ rules = [] }: ListenerRow, { host, path }: AskedUrl): ListenerRuleRow | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const place = path.split('?', 1)[0] ?? '';
  const rank = ({ Domain }: ListenerRuleRow): number =>
    Domain === '' ? 1 : Domain === name ? 3 : Domain.startsWith('*.') && name.endsWith(Domain.slice(1)) ? 2 : 0;
  return rules
    .filter((rule) => rank(rule) > 0 && place.startsWith(rule.Url))
    .toSorted((a, b) => rank(b) - rank(a) || b.Url.length - a.Url.length)[0];
}

interface FoundRule {
  readonly balancer: LoadBalancerRow;
  readonly listener: ListenerRow;
  readonly rule: ListenerRuleRow;
}

function rulesOf({ slb }: AlibabaRegionState): readonly FoundRule[] {
  return [...slb.loadBalancers.values()].flatMap((balancer) =>
    [...balancer.listeners.values()].flatMap((listener) =>
      (listener.rules ?? []).map((rule) => ({ balancer, listener, rule })),
    ),
  );
}

/** @throws {AlibabaError} `InvalidRuleId.NotFound` */
export function getRule(state: AlibabaRegionState, id: string): FoundRule {
  return rulesOf(state).find(({ rule }) => rule.RuleId === id) ?? raise(slbWords.noRule());
}

/** Whether a rule sends to a vServer group. */
export function isRuleTarget(state: AlibabaRegionState, { VServerGroupId }: ServerGroupRow): boolean {
  return rulesOf(state).some(({ rule }) => rule.VServerGroupId === VServerGroupId);
}
