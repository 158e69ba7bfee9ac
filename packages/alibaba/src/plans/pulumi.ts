import type { PulumiTypes } from '@postern/core/internal/overlay';

/** Types in programs of Pulumi: no resource of Alibaba Cloud is laid, its family decides. */
export const PULUMI_TYPES: PulumiTypes = {
  types: {},
  others: [
    ['alicloud:vpc/switch', 'alicloud_vswitch'],
    ['alicloud:vpc/routeTable', 'alicloud_route_table'],
    ['alicloud:vpc/routeEntry', 'alicloud_route_entry'],
    ['alicloud:vpc/networkAcl', 'alicloud_network_acl'],
    ['alicloud:vpc/peer', 'alicloud_vpc_peer'],
    ['alicloud:vpc/', 'alicloud_vpc'],
    ['alicloud:ecs/securityGroup', 'alicloud_security_group'],
    ['alicloud:ecs/instance', 'alicloud_instance'],
    ['alicloud:', (token) => `alicloud_${/^alicloud:(\w+)\//.exec(token)?.[1] ?? ''}`],
  ],
};
