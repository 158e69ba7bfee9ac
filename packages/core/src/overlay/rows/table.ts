import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { ResourceList } from '../../do/snapshot/resources/resources.js';
import { balancerRows } from './aws/balancers.js';
import { gatewayRows } from './aws/gateways.js';
import { groupRows } from './aws/groups.js';
import { machineRows } from './aws/machines.js';
import { networkRows } from './aws/network.js';
import { blueprintRows } from './aws/registrars/blueprints.js';
import { clusterRows } from './aws/registrars/clusters.js';
import { ecsServiceRows } from './aws/registrars/ecs-services.js';
import { scalingRows } from './aws/registrars/scaling-groups.js';
import { restRows } from './aws/rest.js';
import { routingRows } from './aws/routing.js';
import { serviceRows } from './aws/services.js';
import { cloudNativeRows } from './alibaba/cloud-native.js';
import { backendRows as alibabaBackendRows } from './alibaba/backends.js';
import { gatewayRows as alibabaGatewayRows } from './alibaba/gateways.js';
import { groupRows as alibabaGroupRows } from './alibaba/groups.js';
import { networkRows as alibabaNetworkRows } from './alibaba/network.js';
import type { Rows } from './row.js';

/** The resources of a provider: how they are laid, and which list lacks something where one of another type changes. */
export interface ProviderRows {
  readonly rows: Rows;
  /**
   * Types that decide about paths and that are not laid, by the beginning of their names. With a kind: it is not known where routes of
   * its gateways lead.
   */
  readonly unlaid: readonly (readonly [beginning: string, list: ResourceList, kind?: GatewayKind])[];
}

/** By the last part of a provider's source, whatever its host: `registry.opentofu.org/hashicorp/aws`. */
export const PROVIDERS: Readonly<Record<string, ProviderRows>> = {
  aws: {
    rows: {
      ...networkRows,
      ...groupRows,
      ...routingRows,
      ...machineRows,
      ...balancerRows,
      ...serviceRows,
      ...blueprintRows,
      ...clusterRows,
      ...ecsServiceRows,
      ...scalingRows,
      ...gatewayRows,
      ...restRows,
    },
    unlaid: [
      ['aws_ec2_transit_gateway', 'transitGateways'],
      ['aws_vpn_', 'virtualGateways'],
      ['aws_dx_', 'virtualGateways'],
      ['aws_networkmanager_', 'routeTables'],
      ['aws_vpc_peering_connection_options', 'peerings'],
      ['aws_vpc_security_group_vpc_association', 'securityGroups'],
      ['aws_vpc_security_group_rules_exclusive', 'securityGroups'],
    ],
  },
  alibaba: {
    rows: {
      ...alibabaNetworkRows,
      ...alibabaGroupRows,
      ...alibabaBackendRows,
      ...alibabaGatewayRows,
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
  },
};
