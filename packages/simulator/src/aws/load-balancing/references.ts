import type { AwsCall } from '../operation/call.js';
import type { Action, LoadBalancerRow } from './state.js';
import type { RegionState } from '../state/region-state.js';
import { listenersOf, rulesOf } from './find.js';

/** The target groups that actions forward to, each once. */
function targetGroupsIn(actions: readonly Action[]): string[] {
  const arns = new Set<string>();
  for (const action of actions) {
    if (action.TargetGroupArn !== undefined) arns.add(action.TargetGroupArn);
    for (const tuple of action.ForwardConfig?.TargetGroups ?? []) {
      if (tuple.TargetGroupArn !== undefined) arns.add(tuple.TargetGroupArn);
    }
  }
  return [...arns];
}

/** The target groups that a load balancer's listeners and rules forward to. */
export function targetGroupsOf(state: RegionState, loadBalancerArn: string): Set<string> {
  const arns = new Set<string>();
  for (const listener of listenersOf(state, loadBalancerArn)) {
    for (const arn of targetGroupsIn(listener.defaultActions)) arns.add(arn);
    for (const rule of rulesOf(state, listener.arn)) {
      for (const arn of targetGroupsIn(rule.actions)) arns.add(arn);
    }
  }
  return arns;
}

/** The load balancers that forward to a target group: one at most, save for Lambda and gateway groups. */
export function loadBalancersOf(state: RegionState, targetGroupArn: string): LoadBalancerRow[] {
  const arns = new Set<string>();
  const { listeners, rules, loadBalancers } = state.loadBalancing;
  for (const listener of listeners.values()) {
    if (targetGroupsIn(listener.defaultActions).includes(targetGroupArn)) arns.add(listener.loadBalancerArn);
  }
  for (const rule of rules.values()) {
    const listener = listeners.get(rule.listenerArn);
    if (listener && targetGroupsIn(rule.actions).includes(targetGroupArn)) arns.add(listener.loadBalancerArn);
  }
  return [...arns].map((arn) => loadBalancers.get(arn)).filter((row) => row !== undefined);
}

/**
 * Records when the use of each target group began or ended. To be called after every change to a listener or
 * rule.
 */
export function noteAttachments(call: AwsCall): void {
  const { listeners, rules, targetGroups } = call.state.loadBalancing;
  const used = new Set<string>();
  for (const listener of listeners.values()) targetGroupsIn(listener.defaultActions).forEach((arn) => used.add(arn));
  for (const rule of rules.values()) targetGroupsIn(rule.actions).forEach((arn) => used.add(arn));
  for (const group of targetGroups.values()) {
    if (!used.has(group.arn)) group.attachedAt = undefined;
    else group.attachedAt ??= call.now;
  }
}
