import type { CallContext } from '@postern/core';
import { unlessGone } from '@postern/core/adapter';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';

type Attributes = ReadonlyMap<string, string>;

/** The attributes of a load balancer, or `undefined` where it was deleted. */
export function loadBalancerAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  const operation = 'DescribeLoadBalancerAttributes';
  return attributesOf(operation, session.call(ctx, 'elasticloadbalancing', operation, { LoadBalancerArn: arn }));
}

/** The attributes of a target group, or `undefined` where it was deleted. */
export function targetGroupAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  const operation = 'DescribeTargetGroupAttributes';
  return attributesOf(operation, session.call(ctx, 'elasticloadbalancing', operation, { TargetGroupArn: arn }));
}

/**
 * The value of an attribute with `true` or `false`. `undefined` for one that is missing or has another
 * value.
 */
export function flagOf(attributes: Attributes | undefined, key: string): boolean | undefined {
  const value = attributes?.get(key);
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** The value of an attribute in seconds. `undefined` for one that is missing or not a number. */
export function secondsOf(attributes: Attributes | undefined, key: string): number | undefined {
  const value = attributes?.get(key) ?? '';
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** One call for each thing: AWS has no other. */
async function attributesOf(
  operation: string,
  call: Promise<{
    readonly Attributes?: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;
  }>,
): Promise<Attributes | undefined> {
  const answer = await unlessGone(call);
  if (answer === undefined) return undefined;
  const attributes = sent(answer.Attributes, 'Attributes', operation);
  return new Map(attributes.map(({ Key = '', Value = '' }) => [Key, Value]));
}
