import { withChecks } from '@postern/core/kinds';
import type { PlansOfCloud } from '@postern/core/overlay';
import { checks } from '../cloud/checks/index.js';
import { cloud } from '../cloud/index.js';
import { accessRow, apigRouteRow, apiRow, gatewayRow, instanceRow, serviceRow } from './export.js';
import { PULUMI_TYPES } from './pulumi.js';
import { cloudNativeRows } from './rows/cloud-native.js';
import { backendRows } from './rows/backends.js';
import { gatewayRows } from './rows/gateways.js';
import { groupRows } from './rows/groups.js';
import { networkRows } from './rows/network.js';

/** What plans of other tools say about Alibaba Cloud. */
export const plans: PlansOfCloud = {
  // Plans are judged by functions that load nothing.
  cloud: withChecks(cloud, checks),
  terraform: {
    provider: 'alicloud',
    source: 'aliyun/alicloud',
    rows: {
      ...networkRows,
      ...groupRows,
      ...backendRows,
      ...gatewayRows,
      ...cloudNativeRows,
    },
    unlaid: [
      ['alicloud_vpc_peer', 'peerings'],
      ['alicloud_vpc_network_acl', 'networkAcls'],
      ['alicloud_vpc_', 'networks'],
      ['alicloud_network_acl', 'networkAcls'],
      ['alicloud_network_interface', 'interfaces'],
      ['alicloud_ecs_network_interface', 'interfaces'],
      ['alicloud_slb', 'loadBalancers'],
      ['alicloud_alb', 'loadBalancers'],
      ['alicloud_nlb', 'loadBalancers'],
      ['alicloud_cen', 'transitGateways'],
      ['alicloud_api_gateway_backend', 'gateways', 'api-group'],
      ['alicloud_api_gateway_plugin', 'gateways', 'api-group'],
      ['alicloud_api_gateway_group_plugin', 'gateways', 'api-group'],
      ['alicloud_api_gateway_stage', 'gateways', 'api-group'],
      ['alicloud_apig', 'gateways', 'apig-http-api'],
    ],
    outsiders: [
      ['alicloud_cs_'],
      ['alicloud_ess_'],
      ['alicloud_edas_'],
      ['alicloud_sae_'],
      ['alicloud_fc'],
      ['alicloud_ros_'],
    ],
  },
  pulumi: PULUMI_TYPES,
  exports: {
    links: { 'integration-instance': instanceRow, 'apig-gateway': gatewayRow },
    routes: { 'api-group': [apiRow], 'apig-http-api': [apigRouteRow] },
    targets: { instance: accessRow, address: accessRow, 'apig-service': serviceRow },
  },
};
