import type { ExportRow, OwnedLink, OwnedRoute, OwnedTarget } from '@postern/core/overlay';

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
export const instanceRow = link('alicloud_api_gateway_instance');
/** …/apig_gateway: the ID of the gateway. */
export const gatewayRow = link('alicloud_apig_gateway');

/** …/api_gateway_vpc_access: `NAME:VPC:INSTANCE:PORT`. */
export const accessRow: ExportRow<OwnedTarget> = {
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
export const serviceRow: ExportRow<OwnedTarget> = {
  type: 'alicloud_apig_service',
  key: ({ target }) => serviceOf(target.id),
  name: ({ name }) => name,
  importId: ({ target }) => serviceOf(target.id),
};

const serviceOf = (id: string): string => id.replace(/:\d+$/, '');

/** …/api_gateway_api: `GROUP:API`. */
export const apiRow = route('alicloud_api_gateway_api');
/** …/apig_route: `API:ROUTE`. */
export const apigRouteRow = route('alicloud_apig_route');

function route(type: string): ExportRow<OwnedRoute> {
  return {
    type,
    key: (one) => one.route.id,
    name: ({ name, route: { key } }) => `${name}_${key}`,
    importId: (one) => `${one.gateway.id}:${one.route.id}`,
  };
}
