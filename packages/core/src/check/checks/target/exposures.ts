import { balancerText, ruleFactsText, type RuleFacts } from '../../../do/findings/evidence.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';

/** What lets callers reach a backend without the gateway, as plain facts. */
export type Exposure =
  | { readonly rule: RuleFacts }
  | { readonly balancer: Pick<LoadBalancer, 'name' | 'kind' | 'scheme' | 'state'> }
  | {
      readonly listener: { readonly protocol: string; readonly port: number };
      readonly list: 'none' | 'deny' | 'empty';
    }
  | { readonly allowed: readonly string[] }
  | { readonly ungrouped: string };

const LISTS = {
  none: 'no access control list',
  deny: 'a deny list, which rejects only some callers',
  empty: 'an empty list, which allows all callers',
} as const;

/** `in tcp 443 from 0.0.0.0/0 (sg-1)`, `HTTP 80, no access control list`, `orders-nlb has no security group`. */
export function exposureText(one: Exposure): string {
  if ('rule' in one) return ruleFactsText(one.rule);
  if ('balancer' in one) return balancerText(one.balancer);
  if ('listener' in one) return `${one.listener.protocol} ${one.listener.port}, ${LISTS[one.list]}`;
  return 'allowed' in one ? `the list allows ${one.allowed.join(', ')}` : `${one.ungrouped} has no security group`;
}
