import { raise } from '../../simulation/raise.js';
import type { RegionState } from '../state/aws-state.js';
import type { ListenerRow, LoadBalancerRow, LoadBalancingState, RuleRow, Action } from './state.js';
import {
  listenerNotFound,
  loadBalancerNotFound,
  ruleNotFound,
  targetGroupNotFound,
  trustStoreNotFound,
  invalid,
} from './request.js';
import type { LoadBalancerTypeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../operation/operation.js';

/** How a load balancer's type is written in its ARN. */
const LETTERS = { application: 'app', network: 'net', gateway: 'gwy' } as const satisfies Record<
  LoadBalancerTypeEnum,
  string
>;

/** The ARN of a load balancer, whose id is 16 hex digits. */
export function loadBalancerArn(call: AwsCall, type: LoadBalancerTypeEnum, name: string, id: string): string {
  return `${prefix(call)}:loadbalancer/${LETTERS[type]}/${name}/${id}`;
}

/** The end of its ARN: `app/orders/50dc6c495c0c9188`. The description of the balancer's interfaces contains it, too. */
export function loadBalancerPath(arn: string): string {
  return arn.split(':loadbalancer/')[1] ?? '';
}

/** A listener's ARN continues its load balancer's. */
export function listenerArn(loadBalancer: string, id: string): string {
  return `${loadBalancer.replace(':loadbalancer/', ':listener/')}/${id}`;
}

/** A rule's ARN continues its listener's. */
export function ruleArn(listener: string, id: string): string {
  return `${listener.replace(':listener/', ':listener-rule/')}/${id}`;
}

export function targetGroupArn(call: AwsCall, name: string, id: string): string {
  return `${prefix(call)}:targetgroup/${name}/${id}`;
}

export function trustStoreArn(call: AwsCall, name: string, id: string): string {
  return `${prefix(call)}:truststore/${name}/${id}`;
}

function prefix(call: AwsCall): string {
  return `arn:${call.partition}:elasticloadbalancing:${call.region}:${call.account}`;
}

/** What an ARN of this service names. */
type ResourceKind = 'load balancer' | 'listener' | 'listener rule' | 'target group' | 'trust store';

const SHAPES: Readonly<Record<ResourceKind, RegExp>> = {
  'load balancer': /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/(app|net|gwy)\/[^/]+\/[0-9a-f]+$/,
  listener: /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:listener\/(app|net|gwy)\/[^/]+\/[0-9a-f]+\/[0-9a-f]+$/,
  'listener rule':
    /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:listener-rule\/(app|net|gwy)\/[^/]+\/[0-9a-f]+\/[0-9a-f]+\/[0-9a-f]+$/,
  'target group': /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:targetgroup\/[^/]+\/[0-9a-f]+$/,
  'trust store': /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:truststore\/[^/]+\/[0-9a-f]+$/,
};

/**
 * Refuses a text that is not an ARN of that kind, as the service does before it looks up the resource.
 * @throws {ServiceError} `ValidationError`.
 */
export function checkArn(kind: ResourceKind, arn: string): void {
  if (!SHAPES[kind].test(arn)) throw invalid(`'${arn}' is not a valid ${kind} ARN`);
}

/** The kind of resource that an ARN names; undefined if it is none of this service's. */
export function kindOf(arn: string): ResourceKind | undefined {
  for (const [kind, shape] of Object.entries(SHAPES)) {
    if (shape.test(arn)) return kind as ResourceKind;
  }
  return undefined;
}

/** A listener, by its own ARN or by that of its default rule. */
export function listenerAt({ loadBalancing: { listeners } }: RegionState, arn: string): ListenerRow | undefined {
  return listeners.get(arn) ?? [...listeners.values()].find(({ defaultRule }) => defaultRule.arn === arn);
}

/** A function that answers the row of an ARN. @throws {ServiceError} `ValidationError`, and what is `missing` */
const byArn =
  <R>(
    kind: ResourceKind,
    rows: (state: LoadBalancingState) => ReadonlyMap<string, R>,
    missing: (arn: string) => Error,
  ) =>
  ({ loadBalancing }: RegionState, arn: string): R => {
    checkArn(kind, arn);
    return rows(loadBalancing).get(arn) ?? raise(missing(arn));
  };
export const getLoadBalancer = byArn('load balancer', (state) => state.loadBalancers, loadBalancerNotFound);
export const getListener = byArn('listener', (state) => state.listeners, listenerNotFound);
/** A rule that was made (not a default one). */
export const getRule = byArn('listener rule', (state) => state.rules, ruleNotFound);
export const getTargetGroup = byArn('target group', (state) => state.targetGroups, targetGroupNotFound);
export const getTrustStore = byArn('trust store', (state) => state.trustStores, trustStoreNotFound);

/** A load balancer's listeners, in the order in which they were made. */
export function listenersOf(state: RegionState, loadBalancerArn: string): ListenerRow[] {
  return [...state.loadBalancing.listeners.values()].filter((row) => row.fields.LoadBalancerArn === loadBalancerArn);
}

/** A listener's rules, the lowest priority number first, without the default rule. */
export function rulesOf(state: RegionState, listenerArn: string): RuleRow[] {
  return [...state.loadBalancing.rules.values()]
    .filter((row) => row.listenerArn === listenerArn)
    .sort((a, b) => priorityOf(a) - priorityOf(b));
}

/** The number of a rule: it is shown as text. */
export function priorityOf({ fields }: RuleRow): number {
  return Number(fields.Priority);
}

/** The certificates of a listener, the default one first. */
export function certificatesOf({ fields, extraCertificateArns }: ListenerRow): string[] {
  return [...(fields.Certificates ?? []).map(({ CertificateArn = '' }) => CertificateArn), ...extraCertificateArns];
}

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
    for (const arn of targetGroupsIn(listener.fields.DefaultActions)) arns.add(arn);
    for (const rule of rulesOf(state, listener.fields.ListenerArn)) {
      for (const arn of targetGroupsIn(rule.fields.Actions)) arns.add(arn);
    }
  }
  return arns;
}

/** The load balancers that forward to a target group: one at most, save for Lambda and gateway groups. */
export function loadBalancersOf(state: RegionState, targetGroupArn: string): LoadBalancerRow[] {
  const arns = new Set<string>();
  const { listeners, rules, loadBalancers } = state.loadBalancing;
  for (const listener of listeners.values()) {
    if (targetGroupsIn(listener.fields.DefaultActions).includes(targetGroupArn))
      arns.add(listener.fields.LoadBalancerArn);
  }
  for (const rule of rules.values()) {
    const listener = listeners.get(rule.listenerArn);
    if (listener && targetGroupsIn(rule.fields.Actions).includes(targetGroupArn))
      arns.add(listener.fields.LoadBalancerArn);
  }
  return [...arns].map((arn) => loadBalancers.get(arn)).filter((row) => row !== undefined);
}

/** Records when the use of each target group began or ended. To be called after every change to a listener or rule. */
export function noteAttachments(call: AwsCall): void {
  const { listeners, rules, targetGroups } = call.state.loadBalancing;
  const used = new Set<string>();
  for (const listener of listeners.values())
    targetGroupsIn(listener.fields.DefaultActions).forEach((arn) => used.add(arn));
  for (const rule of rules.values()) targetGroupsIn(rule.fields.Actions).forEach((arn) => used.add(arn));
  for (const group of targetGroups.values()) {
    if (!used.has(group.fields.TargetGroupArn)) group.attachedAt = undefined;
    else group.attachedAt ??= call.now;
  }
}
