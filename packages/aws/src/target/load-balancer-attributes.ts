import { unlessGone, type CallContext } from '@postern/core/adapter';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';

type Attributes = ReadonlyMap<string, string>;

/** The attributes of a load balancer, or `undefined` where it was deleted. */
export function loadBalancerAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  return attributesOf(session, 'LoadBalancer', arn, ctx);
}

/** The attributes of a target group, or `undefined` where it was deleted. */
export function targetGroupAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  return attributesOf(session, 'TargetGroup', arn, ctx);
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
  session: Session,
  of: 'LoadBalancer' | 'TargetGroup',
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  const operation = `Describe${of}Attributes` as const;
  const answer = await unlessGone(
    session.send(ctx, 'elasticloadbalancing', operation, (api, options) =>
      of === 'LoadBalancer'
        ? api.describeLoadBalancerAttributes({ LoadBalancerArn: arn }, options)
        : api.describeTargetGroupAttributes({ TargetGroupArn: arn }, options),
    ),
  );
  if (answer === undefined) return undefined;
  const attributes = sent(answer.Attributes, 'Attributes', operation);
  return new Map(attributes.map(({ Key = '', Value = '' }) => [Key, Value]));
}
