import type { CallContext } from '@postern/core';
import { sent } from './plain.js';
import type { Session } from './session.js';
import { unlessGone } from './vpc-link.js';

type Attributes = ReadonlyMap<string, string>;

/** The attributes of a load balancer, or `undefined` where it is gone. One call for each: AWS has no other. */
export function loadBalancerAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  return unlessGone(
    session
      .send(ctx, 'elasticloadbalancing', 'DescribeLoadBalancerAttributes', (api, options) =>
        api.describeLoadBalancerAttributes({ LoadBalancerArn: arn }, options),
      )
      .then(({ Attributes }) => toMap(sent(Attributes, 'Attributes', 'DescribeLoadBalancerAttributes'))),
  );
}

/** The attributes of a target group, or `undefined` where it is gone. One call for each: AWS has no other. */
export function targetGroupAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  return unlessGone(
    session
      .send(ctx, 'elasticloadbalancing', 'DescribeTargetGroupAttributes', (api, options) =>
        api.describeTargetGroupAttributes({ TargetGroupArn: arn }, options),
      )
      .then(({ Attributes }) => toMap(sent(Attributes, 'Attributes', 'DescribeTargetGroupAttributes'))),
  );
}

/** `true` or `false` of an attribute that says so, `undefined` for one that is missing or says something else. */
export function flagOf(attributes: Attributes | undefined, key: string): boolean | undefined {
  const value = attributes?.get(key);
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function toMap(
  attributes: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): Attributes {
  return new Map(attributes.map(({ Key = '', Value = '' }) => [Key, Value]));
}
