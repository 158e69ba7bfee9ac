import type { LoadBalancerTypeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../operation/call.js';
import { invalid } from './errors.js';

/** How a load balancer's type is written in its ARN. */
const LETTERS = { application: 'app', network: 'net', gateway: 'gwy' } as const satisfies Record<
  LoadBalancerTypeEnum,
  string
>;

/** `app/orders/50dc6c495c0c9188`. The description of the balancer's interfaces contains it, too. */
export function loadBalancerPath(type: LoadBalancerTypeEnum, name: string, id: string): string {
  return `${LETTERS[type]}/${name}/${id}`;
}

export function loadBalancerArn(call: AwsCall, path: string): string {
  return `${prefix(call)}:loadbalancer/${path}`;
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
