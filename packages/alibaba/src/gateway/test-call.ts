import type { CallContext } from '@postern/core';
import { CloudError, type RouteTest, type TestCallAnswer } from '@postern/core/adapter';
import { flagOf } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { isPlainId } from '../target/target.js';
import { listVpcAccesses } from '../target/vpc-access.js';
import { requireGroup } from './api-group.js';

/**
 * Has the service connect from an instance, by default the group's own, to the target of an authorization. No
 * request is sent.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-validatevpcconnectivity
 * @throws {CloudError} `NOT_FOUND` for an authorization that does not exist.
 */
export async function testAccess(session: Session, call: RouteTest, ctx: CallContext): Promise<TestCallAnswer> {
  const { gatewayId, linkId, targetId } = call;
  if (targetId === undefined || isPlainId(targetId)) {
    return { outcome: 'unknown', because: 'the target has no authorization, and only these can be tested' };
  }
  const [access] = await listVpcAccesses(session, ctx, { name: targetId });
  if (access === undefined) {
    throw new CloudError('NOT_FOUND', `authorization ${targetId} does not exist`, { operation: 'DescribeVpcAccesses' });
  }
  const InstanceId = linkId ?? (await requireGroup(session, gatewayId, ctx)).InstanceId ?? '';
  const query = { InstanceId, VpcAccessId: access.id };
  const { Connected } = await session.call(ctx, 'CloudAPI', 'ValidateVpcConnectivity', query, 'read');
  const way = `${InstanceId} to ${access.instanceId} port ${access.port}`;
  if (Connected === undefined)
    return { outcome: 'unknown', because: `the service did not say whether ${way} connects` };
  return flagOf(Connected)
    ? { outcome: 'connected', because: `${way} connects` }
    : { outcome: 'failed', because: `${way} does not connect` };
}
