import type { ExportRow, OwnedTarget } from '@postern/core/internal/overlay';
import { link, route } from '../../plans/export.js';

/** …/api_gateway_instance: the ID of the instance. */
export const instanceRow = link('alicloud_api_gateway_instance');
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

/** …/api_gateway_api: `GROUP:API`. */
export const apiRow = route('alicloud_api_gateway_api');
