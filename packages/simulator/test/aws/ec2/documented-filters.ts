import { newNetwork } from './network-of-everything.js';

/** The network that the filters search. */
export const made = newNetwork();
const { vpc, VpcId, subnet, SubnetId, ipv6, list, group, rules, row, igw, eigw, table, association, acl, guard, dhcp } =
  made;
const account = '111122223333';
/** Filters whose rows cannot have a value here, because what they compare is not simulated. */
export const NOTHING = Symbol('nothing');
type Value = string | number | boolean | typeof NOTHING;
const block = vpc.CidrBlockAssociationSet[0];
const block6 = vpc.Ipv6CidrBlockAssociationSet[0];

const permissionFilters = (prefix: string): Record<string, Value> => ({
  [`${prefix}ip-permission.cidr`]: '10.7.0.0/16',
  [`${prefix}ip-permission.from-port`]: 81,
  [`${prefix}ip-permission.group-id`]: group,
  [`${prefix}ip-permission.group-name`]: NOTHING, // the group is in no default VPC (aws B5)
  [`${prefix}ip-permission.ipv6-cidr`]: '2001:db8::/32',
  [`${prefix}ip-permission.prefix-list-id`]: list,
  [`${prefix}ip-permission.protocol`]: 'tcp',
  [`${prefix}ip-permission.to-port`]: 81,
  [`${prefix}ip-permission.user-id`]: account,
});

/** A list operation, and the filters that its documentation names. */
export interface Listed {
  readonly operation: string;
  readonly answer: string;
  readonly id: string;
  /** The row that each filter must find. */
  readonly wanted: string;
  readonly input?: object;
  readonly filters: Readonly<Record<string, Value>>;
}

/** Each documented filter with a value that finds one row. */
export const LISTS: readonly Listed[] = [
  {
    operation: 'DescribeVpcs',
    answer: 'Vpcs',
    id: 'VpcId',
    wanted: VpcId,
    filters: {
      cidr: '10.0.0.0/16',
      'cidr-block-association.cidr-block': '10.0.0.0/16',
      'cidr-block-association.association-id': block.AssociationId,
      'cidr-block-association.state': 'associated',
      'dhcp-options-id': dhcp,
      'ipv6-cidr-block-association.ipv6-cidr-block': block6.Ipv6CidrBlock,
      'ipv6-cidr-block-association.ipv6-pool': 'Amazon',
      'ipv6-cidr-block-association.association-id': block6.AssociationId,
      'ipv6-cidr-block-association.state': 'associated',
      'is-default': false,
      'owner-id': account,
      state: 'available',
      'vpc-id': VpcId,
    },
  },
  {
    operation: 'DescribeSubnets',
    answer: 'Subnets',
    id: 'SubnetId',
    wanted: SubnetId,
    filters: {
      'availability-zone': 'us-east-1b',
      'availability-zone-id': subnet.AvailabilityZoneId,
      'available-ip-address-count': 250,
      'cidr-block': '10.0.1.0/24',
      'customer-owned-ipv4-pool': NOTHING,
      'default-for-az': false,
      'enable-dns64': true,
      'enable-lni-at-device-index': 1,
      'ipv6-cidr-block-association.ipv6-cidr-block': ipv6,
      'ipv6-cidr-block-association.association-id': subnet.Ipv6CidrBlockAssociationSet[0].AssociationId,
      'ipv6-cidr-block-association.state': 'associated',
      'ipv6-native': false,
      'map-customer-owned-ip-on-launch': false,
      'map-public-ip-on-launch': false,
      'outpost-arn': NOTHING,
      'owner-id': account,
      'private-dns-name-options-on-launch.hostname-type': 'resource-name',
      'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': true,
      'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': true,
      state: 'available',
      'subnet-arn': subnet.SubnetArn,
      'subnet-id': SubnetId,
      'vpc-id': VpcId,
    },
  },
  {
    operation: 'GetSubnetCidrReservations',
    answer: 'SubnetIpv4CidrReservations',
    id: 'SubnetCidrReservationId',
    wanted: made.reservation,
    input: { SubnetId },
    filters: { reservationType: 'explicit', 'subnet-id': SubnetId },
  },
  {
    operation: 'DescribeSecurityGroups',
    answer: 'SecurityGroups',
    id: 'GroupId',
    wanted: group,
    filters: {
      ...permissionFilters(''),
      ...permissionFilters('egress.'),
      description: 'the web',
      'group-id': group,
      'group-name': 'web',
      'owner-id': account,
      'vpc-id': VpcId,
    },
  },
  {
    operation: 'DescribeSecurityGroupRules',
    answer: 'SecurityGroupRules',
    id: 'SecurityGroupRuleId',
    wanted: rules[0].SecurityGroupRuleId,
    filters: { 'group-id': group, 'security-group-rule-id': rules[0].SecurityGroupRuleId },
  },
  {
    operation: 'DescribeNetworkInterfaces',
    answer: 'NetworkInterfaces',
    id: 'NetworkInterfaceId',
    wanted: row.NetworkInterfaceId,
    filters: {
      'association.allocation-id': NOTHING,
      'association.association-id': NOTHING,
      // Only load balancers' interfaces have public addresses; network.test.ts tests those.
      'addresses.association.owner-id': NOTHING,
      'addresses.association.public-ip': NOTHING,
      'addresses.primary': true,
      'addresses.private-ip-address': row.PrivateIpAddress,
      'association.ip-owner-id': NOTHING,
      'association.public-ip': NOTHING,
      'association.public-dns-name': NOTHING,
      'attachment.attach-time': NOTHING,
      'attachment.attachment-id': NOTHING,
      'attachment.delete-on-termination': NOTHING,
      'attachment.device-index': NOTHING,
      'attachment.instance-id': NOTHING,
      'attachment.instance-owner-id': NOTHING,
      'attachment.status': NOTHING,
      'availability-zone': 'us-east-1b',
      'availability-zone-id': subnet.AvailabilityZoneId,
      description: 'the one',
      'group-id': group,
      'ipv6-addresses.ipv6-address': row.Ipv6Address,
      'interface-type': 'interface',
      'mac-address': row.MacAddress,
      'network-interface-id': row.NetworkInterfaceId,
      'operator.managed': false,
      'operator.principal': NOTHING,
      'owner-id': account,
      'private-dns-name': row.PrivateDnsName,
      'private-ip-address': row.PrivateIpAddress,
      'requester-id': row.RequesterId,
      'requester-managed': false,
      'source-dest-check': false,
      status: 'available',
      'subnet-id': SubnetId,
      'vpc-id': VpcId,
    },
  },
  {
    operation: 'DescribeRouteTables',
    answer: 'RouteTables',
    id: 'RouteTableId',
    wanted: table,
    filters: {
      'association.gateway-id': igw,
      'association.route-table-association-id': association,
      'association.route-table-id': table,
      'association.subnet-id': SubnetId,
      'association.main': false,
      'owner-id': account,
      'route-table-id': table,
      'route.destination-cidr-block': '192.0.2.0/24',
      'route.destination-ipv6-cidr-block': '::/0',
      'route.destination-prefix-list-id': list,
      'route.egress-only-internet-gateway-id': eigw,
      'route.gateway-id': igw,
      'route.instance-id': NOTHING,
      'route.nat-gateway-id': NOTHING,
      'route.transit-gateway-id': NOTHING,
      'route.origin': 'CreateRoute',
      'route.state': 'blackhole',
      'route.vpc-peering-connection-id': NOTHING,
      'vpc-id': VpcId,
    },
  },
  {
    operation: 'DescribeNetworkAcls',
    answer: 'NetworkAcls',
    id: 'NetworkAclId',
    wanted: acl,
    filters: {
      'association.association-id': guard,
      'association.network-acl-id': acl,
      'association.subnet-id': SubnetId,
      default: false,
      'entry.cidr': '10.8.0.0/16',
      'entry.icmp.code': 4,
      'entry.icmp.type': 3,
      'entry.ipv6-cidr': '2001:db8::/32',
      'entry.port-range.from': 8,
      'entry.port-range.to': 9,
      'entry.protocol': 'tcp',
      'entry.rule-action': 'allow',
      'entry.egress': false,
      'entry.rule-number': 7,
      'network-acl-id': acl,
      'owner-id': account,
      'vpc-id': VpcId,
    },
  },
  {
    operation: 'DescribeManagedPrefixLists',
    answer: 'PrefixLists',
    id: 'PrefixListId',
    wanted: list,
    filters: { 'owner-id': account, 'prefix-list-id': list, 'prefix-list-name': 'partners' },
  },
  {
    operation: 'DescribeInternetGateways',
    answer: 'InternetGateways',
    id: 'InternetGatewayId',
    wanted: igw,
    filters: {
      'attachment.state': 'available',
      'attachment.vpc-id': VpcId,
      'internet-gateway-id': igw,
      'owner-id': account,
    },
  },
  {
    operation: 'DescribeEgressOnlyInternetGateways',
    answer: 'EgressOnlyInternetGateways',
    id: 'EgressOnlyInternetGatewayId',
    wanted: eigw,
    filters: {},
  },
  {
    operation: 'DescribeDhcpOptions',
    answer: 'DhcpOptions',
    id: 'DhcpOptionsId',
    wanted: dhcp,
    filters: { 'dhcp-options-id': dhcp, key: 'ntp-servers', value: '169.254.169.123', 'owner-id': account },
  },
  {
    operation: 'DescribeTags',
    answer: 'Tags',
    id: 'ResourceId',
    wanted: VpcId,
    filters: { key: 'team', 'resource-id': VpcId, 'resource-type': 'vpc', value: 'shop' },
  },
];
