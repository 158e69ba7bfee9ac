import type { CallContext } from '@postern/core';
import { listAll } from '../client/list-all.js';
import { flagOf, targetGroupAttributes } from './load-balancer-attributes.js';
import type { TargetGroupOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { LOAD_BALANCING_PAGE } from '../limits.js';

/** All target groups of the region; asking per load balancer would be a call for each. */
export function listTargetGroups(session: Session, ctx: CallContext): Promise<TargetGroupOutput[]> {
  return listAll(session, ctx, 'target groups', {
    service: 'elasticloadbalancing',
    operation: 'DescribeTargetGroups',
    input: { PageSize: LOAD_BALANCING_PAGE },
    member: 'TargetGroups',
    key: 'TargetGroupArn',
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
