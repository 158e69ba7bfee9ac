export { aws, type AwsDriver } from './driver.js';
export type { AssumedRole, AwsClients, AwsOptions } from './options.js';
export type {
  AcmApi,
  ApiGatewayApi,
  AutoScalingApi,
  AwsCredentials,
  CloudMapApi,
  DirectConnectApi,
  Ec2Api,
  EcsApi,
  LoadBalancingApi,
  LogsApi,
  Send,
  SendOptions,
  ServiceQuotasApi,
  StsApi,
  WithCredentials,
  WithMetadata,
} from './apis.js';
export { parseArn, partitionOf, type Arn } from './cloud/arn.js';
export { servedZones, zoneServesLinks } from './cloud/zones.js';
export { vpcLinkArn } from './arn.js';
export { readPolicy } from './cloud/read-policy.js';
