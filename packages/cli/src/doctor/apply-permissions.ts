/** An action of policies that changes need, with the operations that Postern calls. */
export interface WritePermission {
  readonly action: string;
  readonly operations: readonly string[];
}

const permission = (action: string, operations: string): WritePermission => ({
  action,
  operations: operations.split(' '),
});

/** Actions that are named as their operations. */
const actionsOf = (product: string, operations: string): readonly WritePermission[] =>
  operations.split(' ').map((operation) => permission(`${product}:${operation}`, operation));

/**
 * What `apply`, `destroy`, `allow`, `revoke` and `migrate` may call in addition to what they read. The actions of API Gateway of AWS
 * are HTTP methods.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-ram
 */
export const WRITE_PERMISSIONS: Readonly<Record<string, readonly WritePermission[]>> = {
  aws: [
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
      'DeleteVpcLink DeleteIntegration DeleteRoute DeleteMethod DeleteResource DeleteDeployment DeleteStage UntagResource',
    ),
    ...actionsOf(
      'ec2',
      'CreateSecurityGroup DeleteSecurityGroup CreateTags DeleteTags AuthorizeSecurityGroupEgress ' +
        'AuthorizeSecurityGroupIngress RevokeSecurityGroupEgress RevokeSecurityGroupIngress',
    ),
  ],
  alibaba: [
    ...actionsOf(
      'apigateway',
      'CreateInstance DeleteInstance ModifyInstanceAttribute TagResources UntagResources SetVpcAccess RemoveVpcAccess ' +
        'ModifyVpcAccessAndUpdateApis ValidateVpcConnectivity CreateApi ModifyApi DeleteApi DeployApi AbolishApi ' +
        'ModifyApiGroupInstance ModifyApiGroupNetworkPolicy',
    ),
    ...actionsOf(
      'ecs',
      'AuthorizeSecurityGroup AuthorizeSecurityGroupEgress RevokeSecurityGroup RevokeSecurityGroupEgress',
    ),
  ],
};
