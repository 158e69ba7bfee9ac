import { policyOfVersion, type PermissionsOfCloud, type WritePermission } from '@postern/core/internal/snapshot';
import { flowLogPolicy, readPolicy } from './read-policy.js';

const permission = (action: string, operations: string): WritePermission => ({
  action,
  operations: operations.split(' '),
});

/** What changes of an allowlist need: it is a security group. */
const GROUP_WRITES =
  'CreateSecurityGroup DeleteSecurityGroup CreateTags DeleteTags AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress RevokeSecurityGroupEgress RevokeSecurityGroupIngress';

/**
 * The actions of API Gateway are HTTP methods.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
const write: readonly WritePermission[] = [
  permission(
    'apigateway:POST',
    'CreateVpcLink CreateIntegration CreateRoute CreateResource CreateDeployment CreateStage TestInvokeMethod',
  ),
  permission(
    'apigateway:PATCH',
    'UpdateVpcLink UpdateIntegration UpdateRoute UpdateMethod UpdateStage UpdateDeployment',
  ),
  permission('apigateway:PUT', 'PutMethod PutIntegration TagResource'),
  permission(
    'apigateway:DELETE',
    'DeleteVpcLink DeleteIntegration DeleteRoute DeleteRouteSettings DeleteMethod DeleteResource DeleteDeployment DeleteStage FlushStageCache UntagResource',
  ),
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
  { ...permission('elasticloadbalancing:ModifyListener', 'ModifyListener'), ofShift: true },
  { ...permission('elasticloadbalancing:ModifyRule', 'ModifyRule'), ofShift: true },
  ...GROUP_WRITES.split(' ').map((operation) => ({
    ...permission(`ec2:${operation}`, operation),
    ofAllowlist: true,
  })),
];

/** What calls of AWS must be allowed. */
export const permissions: PermissionsOfCloud = {
  read: readPolicy,
  flowLogs: flowLogPolicy,
  write,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  document: policyOfVersion('2012-10-17'),
  isRoot: (arn) => /^arn:[^:]+:iam::\d+:root$/.test(arn),
};
