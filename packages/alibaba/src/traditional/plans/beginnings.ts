import type { PlansOfCloud, PulumiTypes } from '@postern/core/internal/overlay';

/** Types of which no row lays the values. */
export const OPAQUE_TYPES: PlansOfCloud['terraform']['opaqueTypes'] = [
  ['alicloud_api_gateway_backend', 'gateways', 'api-group'],
  ['alicloud_api_gateway_plugin', 'gateways', 'api-group'],
  ['alicloud_api_gateway_group_plugin', 'gateways', 'api-group'],
  ['alicloud_api_gateway_stage', 'gateways', 'api-group'],
];

/** Types in programs of Pulumi. */
export const PULUMI: PulumiTypes['others'] = [
  ['alicloud:apigateway/vpcAccess', 'alicloud_api_gateway_vpc_access'],
  ['alicloud:apigateway/instance', 'alicloud_api_gateway_instance'],
  ['alicloud:apigateway/', 'alicloud_api_gateway'],
];
