import { collectPages, type CallContext } from '@postern/core';
import { flagOf, targetGroupAttributes } from './load-balancer-attributes.js';
import type { TargetGroupOutput } from './load-balancing-api.js';
import { sent } from './plain.js';
import type { Session } from './session.js';

/** All target groups of the region; asking per load balancer would be a call for each. */
export function listTargetGroups(session: Session, ctx: CallContext): Promise<TargetGroupOutput[]> {
  return collectPages(ctx, { what: 'target groups', operation: 'DescribeTargetGroups' }, async (token) => {
    const page = await session.send(ctx, 'elasticloadbalancing', 'DescribeTargetGroups', (api, options) =>
      api.describeTargetGroups({ PageSize: 400, ...(token === undefined ? {} : { Marker: token }) }, options),
    );
    return { items: sent(page.TargetGroups, 'TargetGroups', 'DescribeTargetGroups'), next: page.NextMarker };
  });
}

/** Whether a target group keeps the client's address: its attribute, or `undefined` where it has none. */
export async function preservesClientIp(
  session: Session,
  targetGroupArn: string,
  ctx: CallContext,
): Promise<boolean | undefined> {
  return flagOf(await targetGroupAttributes(session, targetGroupArn, ctx), 'preserve_client_ip.enabled');
}
