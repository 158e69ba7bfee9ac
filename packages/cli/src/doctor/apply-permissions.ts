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

/** What both `apply` and `handover run` call on Cloud-native API Gateway. */
const BUILDING =
  'CreateGateway CreateService CreateHttpApiRoute DeployHttpApi AddGatewaySecurityGroupRule TagResources';

const GATEWAY_WRITES =
  `${BUILDING} UpdateGatewayName DeleteGateway DeleteService UpdateHttpApiRoute DeleteHttpApiRoute UndeployHttpApi ` +
  'DeleteGatewaySecurityGroupRule UntagResources';

/**
 * What `handover run`, `switch`, `rollback` and `finish` may call in addition to what they read. Attaching a policy is a part of creating it.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/tree/master/apig-20240327
 */
export const HANDOVER_PERMISSIONS: readonly WritePermission[] = [
  ...actionsOf(
    'apig',
    `${BUILDING} CreateHttpApi CreateDomain CreateAndAttachPolicy CreateConsumer CreateConsumerAuthorizationRules UpdateService`,
  ),
  ...actionsOf(
    'apig',
    'UndeployHttpApi DeleteHttpApiRoute DeleteHttpApi DeleteService DeleteGateway DeleteGatewaySecurityGroupRule DeleteDomain ' +
      'DeleteConsumer BatchDeleteConsumerAuthorizationRule',
  ),
  permission('apig:DeletePolicy', 'DeleteAndDetachPolicy'),
  ...actionsOf('apigateway', 'AbolishApi DeleteApi DeleteDomain DeleteApiGroup'),
  ...actionsOf(
    'alidns',
    'AddDomainRecord UpdateDomainRecord DeleteDomainRecord SetDomainRecordStatus SetDNSSLBStatus UpdateDNSSLBWeight',
  ),
];

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
    ...actionsOf('apig', GATEWAY_WRITES),
    ...actionsOf(
      'ecs',
      'AuthorizeSecurityGroup AuthorizeSecurityGroupEgress RevokeSecurityGroup RevokeSecurityGroupEgress',
    ),
  ],
};
