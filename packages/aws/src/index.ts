export { aws } from './driver.js';
export type { AssumedRole, AwsClients, AwsOptions } from './options.js';
export type { ApiGatewayApi, Send, SendOptions, WithMetadata } from './api-gateway-api.js';
export type { Ec2Api } from './ec2-api.js';
export type { LoadBalancingApi } from './load-balancing-api.js';
export type { CloudMapApi } from './cloud-map-api.js';
export type { AwsCredentials, StsApi, WithCredentials } from './sts-api.js';
export { servedZones, zoneServesLinks } from './zones.js';
export { parseArn, partitionOf, vpcLinkArn, type Arn } from './arn.js';
