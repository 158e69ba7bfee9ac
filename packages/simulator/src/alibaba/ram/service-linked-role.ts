import type { AlibabaCall } from '../operation/call.js';

/** What lets API Gateway put network interfaces into a VPC of the user's. */
export const CONNECT_ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

/** The service that assumes it. */
export const CONNECT_SERVICE = 'connectuservpc.apigateway.aliyuncs.com';

/**
 * Creates the service-linked role of VPC integration instances, unless it exists. The purchase of the first such instance does.
 * @see https://help.aliyun.com/document_detail/601867.html
 */
export function ensureConnectRole({ alibaba, account, now, id }: AlibabaCall): void {
  if (alibaba.roles.has(CONNECT_ROLE)) return;
  alibaba.roles.set(CONNECT_ROLE, {
    id: id('3', 17, 'decimal'),
    name: CONNECT_ROLE,
    arn: `acs:ram::${account}:role/${CONNECT_ROLE.toLowerCase()}`,
    description: 'Lets API Gateway access resources in your VPC for VPC integration instances.',
    service: CONNECT_SERVICE,
    createdAt: now,
  });
}
