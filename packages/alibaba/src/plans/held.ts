import { ifResolved, item, part, type ActValues, type Held } from '@postern/core/internal/overlay';

/** The groups of a load balancer: their IDs begin with that of it. Which listeners have a server group is in no snapshot. */
const groups: Held = {
  list: 'targetGroups',
  of: ({ load_balancer_id: balancer }, ids) => {
    const own = ifResolved(balancer);
    return own === undefined ? ids : ids.filter((id) => id.startsWith(`${String(own)}:`));
  },
};

/** The ID that snapshots have of a listener: `lb-1/tcp:80`. */
const listenerId = (values: ActValues): string => {
  const [balancer, protocol, port] = ['load_balancer_id', 'protocol', 'frontend_port'].map((name) =>
    String(ifResolved(values[name])),
  );
  return `${balancer}/${protocol?.toLowerCase()}:${port}`;
};

/** Where a snapshot has what a type of resource is. `wings`: those of its gateways. */
export const heldWith = (wings: Readonly<Record<string, Held>>): Readonly<Record<string, Held>> => ({
  alicloud_vpc: item('networks'),
  alicloud_vpc_ipv4_cidr_block: part('networks', 'vpc_id'),
  alicloud_vswitch: item('subnets'),
  alicloud_route_table: item('routeTables'),
  alicloud_route_table_attachment: part('subnets', 'vswitch_id'),
  alicloud_route_entry: part('routeTables', 'route_table_id'),
  alicloud_vpc_peer_connection: item('peerings'),
  alicloud_network_acl: item('networkAcls'),
  alicloud_vpc_prefix_list: item('prefixLists'),
  alicloud_ecs_prefix_list: item('prefixLists'),
  alicloud_security_group: item('securityGroups'),
  alicloud_security_group_rule: part('securityGroups', 'security_group_id'),
  alicloud_instance: item('instances'),
  alicloud_slb_load_balancer: item('loadBalancers'),
  alicloud_slb: item('loadBalancers'),
  alicloud_slb_listener: { list: 'listeners', of: (values) => [listenerId(values)] },
  alicloud_slb_server_group: groups,
  alicloud_slb_server_group_server_attachment: part('targetGroups'),
  alicloud_slb_backend_server: groups,
  alicloud_slb_attachment: groups,
  ...wings,
});
