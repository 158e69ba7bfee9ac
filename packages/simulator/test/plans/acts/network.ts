import { row, type ActedResource } from './row.js';

/** Networks, and what leads from one to another. */
export const network: readonly ActedResource[] = [
  row('aws_default_vpc', { enable_dns_support: true }, 'ModifyVpcAttribute', { enable_dns_support: false }),
  row('aws_default_subnet', { availability_zone: 'eu-west-1a' }, 'ModifySubnetAttribute', {
    map_public_ip_on_launch: true,
  }),
  row('aws_vpc', { cidr_block: '10.0.0.0/16', enable_dns_hostnames: true }, 'ModifyVpcAttribute', {
    enable_dns_hostnames: false,
  }),
  row('aws_vpc.other', { cidr_block: '10.9.0.0/16', assign_generated_ipv6_cidr_block: true }),
  row('aws_vpc_ipv4_cidr_block_association', (of) => ({ vpc_id: of('aws_vpc')['id'], cidr_block: '10.1.0.0/16' })),
  row('aws_vpc_ipv6_cidr_block_association', (of) => ({
    vpc_id: of('aws_vpc')['id'],
    assign_generated_ipv6_cidr_block: true,
  })),
  row('aws_vpc_dhcp_options', { domain_name: 'example.internal', domain_name_servers: ['AmazonProvidedDNS'] }),
  row('aws_vpc_dhcp_options_association', (of) => ({
    vpc_id: of('aws_vpc')['id'],
    dhcp_options_id: of('aws_vpc_dhcp_options')['id'],
  })),
  row(
    'aws_subnet',
    (of) => ({ vpc_id: of('aws_vpc')['id'], cidr_block: '10.0.1.0/24', availability_zone: 'zone no. 1' }),
    'ModifySubnetAttribute',
    { map_public_ip_on_launch: true },
  ),
  row('aws_subnet.b', (of) => ({
    vpc_id: of('aws_vpc')['id'],
    cidr_block: '10.0.2.0/24',
    availability_zone: 'eu-west-1b',
  })),
  row('aws_subnet.other', (of) => ({
    vpc_id: of('aws_vpc.other')['id'],
    cidr_block: '10.9.1.0/24',
    availability_zone: 'eu-west-1a',
  })),
  row('aws_internet_gateway', (of) => ({ vpc_id: of('aws_vpc')['id'] })),
  row('aws_internet_gateway.other', {}),
  row('aws_internet_gateway_attachment', (of) => ({
    vpc_id: of('aws_vpc.other')['id'],
    internet_gateway_id: of('aws_internet_gateway.other')['id'],
  })),
  row('aws_egress_only_internet_gateway', (of) => ({ vpc_id: of('aws_vpc')['id'] })),
  row('aws_eip', { domain: 'vpc' }),
  row('aws_eip.machine', { domain: 'vpc' }),
  row('aws_nat_gateway', (of) => ({ subnet_id: of('aws_subnet')['id'], allocation_id: of('aws_eip')['id'] })),
  row('aws_vpn_gateway', (of) => ({ vpc_id: of('aws_vpc')['id'] })),
  row('aws_vpn_gateway.other', {}),
  row('aws_vpn_gateway_attachment', (of) => ({
    vpc_id: of('aws_vpc.other')['id'],
    vpn_gateway_id: of('aws_vpn_gateway.other')['id'],
  })),
  row('aws_vpc_peering_connection', (of) => ({
    vpc_id: of('aws_vpc')['id'],
    peer_vpc_id: of('aws_vpc.other')['id'],
  })),
  row('aws_vpc_peering_connection_accepter', (of) => ({
    vpc_peering_connection_id: of('aws_vpc_peering_connection')['id'],
    auto_accept: true,
  })),
  row(
    'aws_vpc_peering_connection_options',
    (of) => ({
      vpc_peering_connection_id: of('aws_vpc_peering_connection')['id'],
      requester: [{ allow_remote_vpc_dns_resolution: true }],
    }),
    'ModifyVpcPeeringConnectionOptions',
    { requester: [{ allow_remote_vpc_dns_resolution: false }] },
  ),
  row(
    'aws_ec2_managed_prefix_list',
    { name: 'callers', address_family: 'IPv4', max_entries: 5, entry: [{ cidr: '10.5.0.0/16' }] },
    'ModifyManagedPrefixList',
    { entry: [{ cidr: '10.6.0.0/16' }] },
  ),
  row('aws_ec2_managed_prefix_list_entry', (of) => ({
    prefix_list_id: of('aws_ec2_managed_prefix_list')['id'],
    cidr: '10.7.0.0/16',
  })),
  row(
    'aws_route_table',
    (of) => ({
      vpc_id: of('aws_vpc')['id'],
      route: [{ cidr_block: '0.0.0.0/0', gateway_id: of('aws_internet_gateway')['id'] }],
    }),
    'ReplaceRoute CreateRoute',
    (of) => ({
      route: [
        { cidr_block: '0.0.0.0/0', nat_gateway_id: of('aws_nat_gateway')['id'] },
        { ipv6_cidr_block: '::/0', egress_only_gateway_id: of('aws_egress_only_internet_gateway')['id'] },
      ],
    }),
  ),
  row('aws_route_table.b', (of) => ({ vpc_id: of('aws_vpc')['id'] })),
  row(
    'aws_route',
    (of) => ({
      route_table_id: of('aws_route_table.b')['id'],
      destination_cidr_block: '10.9.0.0/16',
      vpc_peering_connection_id: of('aws_vpc_peering_connection')['id'],
    }),
    'ReplaceRoute',
    (of) => ({ vpc_peering_connection_id: null, nat_gateway_id: of('aws_nat_gateway')['id'] }),
  ),
  row(
    'aws_default_route_table',
    (of) => ({
      default_route_table_id: of('aws_vpc')['default_route_table_id'],
      route: [{ cidr_block: '0.0.0.0/0', gateway_id: of('aws_internet_gateway')['id'] }],
    }),
    'DeleteRoute',
    { route: [] },
  ),
  row(
    'aws_route_table_association',
    (of) => ({ subnet_id: of('aws_subnet')['id'], route_table_id: of('aws_route_table')['id'] }),
    'ReplaceRouteTableAssociation',
    (of) => ({ route_table_id: of('aws_route_table.b')['id'] }),
  ),
  row('aws_main_route_table_association', (of) => ({
    vpc_id: of('aws_vpc')['id'],
    route_table_id: of('aws_route_table.b')['id'],
  })),
  row('aws_vpn_gateway_route_propagation', (of) => ({
    route_table_id: of('aws_route_table')['id'],
    vpn_gateway_id: of('aws_vpn_gateway')['id'],
  })),
];
