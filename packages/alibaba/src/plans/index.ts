import type { PlansOfCloud, ExportRow, OwnedLink, OwnedRoute, OwnedTarget } from '@postern/core/overlay';
import { cloud } from '../cloud/index.js';
import { dataSources } from './data-sources.js';
import { PULUMI_TYPES } from './pulumi.js';
import { settingWords } from './setting-words.js';
import { cloudNativeRows } from './rows/cloud-native.js';
import { serviceRows } from './rows/services.js';
import { backendRows } from './rows/backends.js';
import { refused } from './refusals/index.js';
import { gatewayRows } from './rows/gateways.js';
import { groupRows } from './rows/groups.js';
import { networkRows } from './rows/network.js';

// Each row: https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/, section Import. A snapshot has
// too few of the arguments of most: Terraform generates them. [U]: not tried with the provider.

const link = (type: string): ExportRow<OwnedLink> => ({
  type,
  key: (one) => one.link.id,
  name: ({ name }) => name,
  importId: (one) => one.link.id,
  protect: true,
});

/** …/api_gateway_instance: the ID of the instance. */
const instanceRow = link('alicloud_api_gateway_instance');
/** …/apig_gateway: the ID of the gateway. */
const gatewayRow = link('alicloud_apig_gateway');

/** …/api_gateway_vpc_access: `NAME:VPC:INSTANCE:PORT`. */
const accessRow: ExportRow<OwnedTarget> = {
  type: 'alicloud_api_gateway_vpc_access',
  key: ({ target }) => target.id,
  name: ({ name }) => name,
  importId: ({ target }) => [target.name, target.networkId, target.resourceId, target.port].join(':'),
  body: ({ target: { name, networkId, resourceId, port } }) =>
    name === undefined || networkId === undefined || resourceId === undefined || port === undefined
      ? { lacks: 'its name, network, instance or port is not in the snapshot' }
      : { name, vpc_id: networkId, instance_id: resourceId, port },
};

/** …/apig_service: the ID of the service. Targets of one service differ in their port. */
const serviceRow: ExportRow<OwnedTarget> = {
  type: 'alicloud_apig_service',
  key: ({ target }) => serviceOf(target.id),
  name: ({ name }) => name,
  importId: ({ target }) => serviceOf(target.id),
};

const serviceOf = (id: string): string => id.replace(/:\d+$/, '');

/** …/api_gateway_api: `GROUP:API`. */
const apiRow = route('alicloud_api_gateway_api');
/** …/apig_route: `API:ROUTE`. */
const apigRouteRow = route('alicloud_apig_route');

function route(type: string): ExportRow<OwnedRoute> {
  return {
    type,
    key: (one) => one.route.id,
    name: ({ name, route: { key } }) => `${name}_${key}`,
    importId: (one) => `${one.gateway.id}:${one.route.id}`,
  };
}

/** What plans of other tools say about Alibaba Cloud. */
export const plans: PlansOfCloud = {
  // Plans are judged by functions that load nothing.
  cloud,
  terraform: {
    provider: 'alicloud',
    source: 'aliyun/alicloud',
    rows: {
      ...networkRows,
      ...groupRows,
      ...backendRows,
      ...gatewayRows,
      ...cloudNativeRows,
      ...serviceRows,
    },
    dataSources,
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
  refusals: refused,
  settings: settingWords,
  pulumi: PULUMI_TYPES,
  exports: {
    links: { 'integration-instance': instanceRow, 'apig-gateway': gatewayRow },
    routes: { 'api-group': [apiRow], 'apig-http-api': [apigRouteRow] },
    targets: { instance: accessRow, address: accessRow, 'apig-service': serviceRow },
  },
};
