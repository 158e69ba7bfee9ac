import { unlessGone, type CallContext, type ServiceRole } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';

/**
 * The role that allows API Gateway to create interfaces in a VPC of the user's. The first purchase creates
 * it, which needs `ram:CreateServiceLinkedRole`.
 * @see https://help.aliyun.com/document_detail/601867.html
 */
const CONNECT_ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

/** Whether the role of VPC integration instances exists. */
export async function readServiceRoles(session: Session, ctx: CallContext): Promise<readonly ServiceRole[]> {
  const found = await unlessGone(session.call(ctx, 'Ram', 'GetRole', { RoleName: CONNECT_ROLE }));
  return [{ name: CONNECT_ROLE, exists: found !== undefined }];
}
