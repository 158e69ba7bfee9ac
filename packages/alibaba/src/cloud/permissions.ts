import { policyOfVersion, type PermissionsOfCloud, type WritePermission } from '@postern/core/internal/snapshot';
import { readPolicy } from './read-policy.js';

const permission = (action: string, operations: string): WritePermission => ({
  action,
  operations: operations.split(' '),
});

/** Actions that are named as their operations. */
const actionsOf = (product: string, operations: string): readonly WritePermission[] =>
  operations.split(' ').map((operation) => permission(`${product}:${operation}`, operation));

const GATEWAY_WRITES =
  'CreateGateway CreateService CreateHttpApiRoute DeployHttpApi AddGatewaySecurityGroupRule TagResources UpdateGatewayName DeleteGateway DeleteService UpdateHttpApiRoute DeleteHttpApiRoute UndeployHttpApi DeleteGatewaySecurityGroupRule UntagResources';

/** What changes of an allowlist need: its blocks are rules of a security group. */
const GROUP_WRITES =
  'AuthorizeSecurityGroup AuthorizeSecurityGroupEgress RevokeSecurityGroup RevokeSecurityGroupEgress';

/** @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-ram */
const write: readonly WritePermission[] = [
  ...actionsOf(
    'apigateway',
    'CreateInstance DeleteInstance ModifyInstanceAttribute TagResources UntagResources SetVpcAccess RemoveVpcAccess ModifyVpcAccessAndUpdateApis ValidateVpcConnectivity CreateApi ModifyApi DeleteApi DeployApi AbolishApi ModifyApiGroupInstance ModifyApiGroupNetworkPolicy',
  ),
  ...actionsOf('apig', GATEWAY_WRITES),
  ...actionsOf('ecs', GROUP_WRITES).map((one) => ({ ...one, ofAllowlist: true })),
];

/** What calls of Alibaba Cloud must be allowed. */
export const permissions: PermissionsOfCloud = {
  read: readPolicy,
  write,
  // https://www.alibabacloud.com/help/en/ram/policy-structure-and-syntax
  document: policyOfVersion('1'),
  isRoot: (arn) => /^acs:ram::\d+:root$/.test(arn),
};
