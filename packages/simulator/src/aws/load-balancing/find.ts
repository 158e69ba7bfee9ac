import type { RegionState } from '../state/region-state.js';
import type { ListenerRow, LoadBalancerRow, RuleRow, TargetGroupRow, TrustStoreRow } from './state.js';
import { checkArn } from './arns.js';
import {
  listenerNotFound,
  loadBalancerNotFound,
  ruleNotFound,
  targetGroupNotFound,
  trustStoreNotFound,
} from './errors.js';

/** @throws {ServiceError} `ValidationError`, `LoadBalancerNotFound`. */
export function getLoadBalancer(state: RegionState, arn: string): LoadBalancerRow {
  checkArn('load balancer', arn);
  const row = state.loadBalancing.loadBalancers.get(arn);
  if (row === undefined) throw loadBalancerNotFound(arn);
  return row;
}

/** @throws {ServiceError} `ValidationError`, `ListenerNotFound`. */
export function getListener(state: RegionState, arn: string): ListenerRow {
  checkArn('listener', arn);
  const row = state.loadBalancing.listeners.get(arn);
  if (row === undefined) throw listenerNotFound();
  return row;
}

/** A rule that was made (not a default one). @throws {ServiceError} `ValidationError`, `RuleNotFound`. */
export function getRule(state: RegionState, arn: string): RuleRow {
  checkArn('listener rule', arn);
  const row = state.loadBalancing.rules.get(arn);
  if (row === undefined) throw ruleNotFound();
  return row;
}

/** @throws {ServiceError} `ValidationError`, `TargetGroupNotFound`. */
export function getTargetGroup(state: RegionState, arn: string): TargetGroupRow {
  checkArn('target group', arn);
  const row = state.loadBalancing.targetGroups.get(arn);
  if (row === undefined) throw targetGroupNotFound();
  return row;
}

/** @throws {ServiceError} `ValidationError`, `TrustStoreNotFound`. */
export function getTrustStore(state: RegionState, arn: string): TrustStoreRow {
  checkArn('trust store', arn);
  const row = state.loadBalancing.trustStores.get(arn);
  if (row === undefined) throw trustStoreNotFound(arn);
  return row;
}

/** A load balancer's listeners, in the order in which they were made. */
export function listenersOf(state: RegionState, loadBalancerArn: string): ListenerRow[] {
  return [...state.loadBalancing.listeners.values()].filter((row) => row.loadBalancerArn === loadBalancerArn);
}

/** A listener's rules, the lowest priority number first, without the default rule. */
export function rulesOf(state: RegionState, listenerArn: string): RuleRow[] {
  return [...state.loadBalancing.rules.values()]
    .filter((row) => row.listenerArn === listenerArn)
    .sort((a, b) => a.priority - b.priority);
}
