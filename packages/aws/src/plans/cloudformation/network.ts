import {
  isMembers,
  Open,
  type OpenMembers,
  type OpenValue,
  type ResourceType,
  type Rules,
} from '@postern/core/internal/overlay';
import { tagged } from './tagged.js';

/** One source or destination of a rule of a group. */
const INLINE_RULE: Rules = {
  IpProtocol: 'protocol',
  CidrIp: { one: 'cidr_blocks' },
  CidrIpv6: { one: 'ipv6_cidr_blocks' },
  SourceSecurityGroupId: { one: 'security_groups' },
  DestinationSecurityGroupId: { one: 'security_groups' },
  SourceSecurityGroupName: { by: () => ({ security_groups: new Open([], ['a group is named by its name']) }) },
  SourcePrefixListId: { one: 'prefix_list_ids' },
  DestinationPrefixListId: { one: 'prefix_list_ids' },
};

const RULE: Rules = {
  GroupId: 'security_group_id',
  CidrIp: 'cidr_ipv4',
  CidrIpv6: 'cidr_ipv6',
  SourceSecurityGroupId: 'referenced_security_group_id',
  DestinationSecurityGroupId: 'referenced_security_group_id',
  SourcePrefixListId: 'prefix_list_id',
  DestinationPrefixListId: 'prefix_list_id',
};

/** EC2: networks, groups and routing. */
export const NETWORK: Readonly<Record<string, ResourceType>> = {
  VPC: {
    ...tagged(
      'aws_vpc',
      'VpcId',
      {},
      {
        DefaultSecurityGroup: 'default_security_group_id',
        DefaultNetworkAcl: 'default_network_acl_id',
      },
    ),
    getsProperties: true,
  },
  VPCCidrBlock: { type: 'aws_vpc_ipv4_cidr_block_association' },
  Subnet: { ...tagged('aws_subnet', 'SubnetId'), getsProperties: true },
  // A group without rules for what leaves it has the one that EC2 creates, which allows everything.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ec2-security-group.html#aws-properties-ec2-security-group--examples--Remove_Default_Rule
  SecurityGroup: {
    ...tagged(
      'aws_security_group',
      'GroupId',
      {
        GroupName: 'name',
        GroupDescription: 'description',
        SecurityGroupIngress: { block: 'ingress', of: INLINE_RULE },
        SecurityGroupEgress: { block: 'egress', of: INLINE_RULE },
      },
      { Id: 'id' },
    ),
    getsProperties: true,
    defaults: { egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }] },
  },
  SecurityGroupIngress: { type: 'aws_vpc_security_group_ingress_rule', rules: RULE },
  SecurityGroupEgress: {
    type: 'aws_vpc_security_group_egress_rule',
    rules: RULE,
    // CloudFormation removes the rule that allows everything: https://github.com/aws/aws-cdk/issues/987
    dropsDefaults: { property: 'GroupId', of: 'aws_security_group' },
  },
  RouteTable: tagged('aws_route_table', 'RouteTableId'),
  Route: { type: 'aws_route', rules: { EgressOnlyInternetGatewayId: 'egress_only_gateway_id' } },
  SubnetRouteTableAssociation: { type: 'aws_route_table_association' },
  NetworkAcl: tagged('aws_network_acl', 'Id'),
  NetworkAclEntry: {
    type: 'aws_network_acl_rule',
    rules: {
      PortRange: { of: { From: 'from_port', To: 'to_port' } },
      Icmp: { of: { Type: 'icmp_type', Code: 'icmp_code' } },
    },
  },
  SubnetNetworkAclAssociation: { type: 'aws_network_acl_association' },
  VPCEndpoint: tagged('aws_vpc_endpoint', 'Id'),
  InternetGateway: tagged('aws_internet_gateway', 'InternetGatewayId'),
  NatGateway: tagged('aws_nat_gateway', 'NatGatewayId'),
  EgressOnlyInternetGateway: { type: 'aws_egress_only_internet_gateway' },
  // CloudFormation accepts a peering itself.
  VPCPeeringConnection: { ...tagged('aws_vpc_peering_connection', 'Id'), defaults: { auto_accept: true } },
  PrefixList: tagged('aws_ec2_managed_prefix_list', 'PrefixListId', {
    PrefixListName: 'name',
    Entries: { block: 'entry' },
  }),
  NetworkInterface: tagged(
    'aws_network_interface',
    'Id',
    {
      GroupSet: 'security_groups',
      PrivateIpAddress: { by: (value) => ({ private_ips: [value], private_ip: value }) },
      PrivateIpAddresses: {
        by: (value) => ({
          private_ips: Array.isArray(value)
            ? (value as readonly OpenValue[]).map((one) => (isMembers(one) ? (one['PrivateIpAddress'] ?? null) : one))
            : value,
        }),
      },
    },
    { PrimaryPrivateIpAddress: 'private_ip' },
  ),
  VPCGatewayAttachment: {
    type: 'aws_internet_gateway_attachment',
    only: 'InternetGatewayId',
    parts: [
      {
        type: 'aws_vpn_gateway_attachment',
        of: ({ VpcId, VpnGatewayId }) =>
          VpnGatewayId === undefined ? [] : [{ vpc_id: VpcId, vpn_gateway_id: VpnGatewayId }],
      },
    ],
  },
  EIP: { ...tagged('aws_eip', 'AllocationId', {}, { PublicIp: 'public_ip' }), ids: ['public_ip'] },
  NetworkInterfaceAttachment: { type: 'aws_network_interface_attachment' },
  Instance: {
    ...tagged(
      'aws_instance',
      'InstanceId',
      {
        PrivateIpAddress: 'private_ip',
        SecurityGroupIds: 'vpc_security_group_ids',
        SecurityGroups: { by: () => ({ vpc_security_group_ids: new Open([], ['groups are named by their names']) }) },
      },
      { PrivateIp: 'private_ip' },
    ),
    getsProperties: true,
    shape: ({ NetworkInterfaces: interfaces }) => firstInterface(interfaces),
    byId: (id, { interfaces }) => {
      const own = interfaces.get(id);
      return own === undefined ? {} : { primary_network_interface_id: own };
    },
  },
};

/** The first interface of an instance: one that exists, or one that is created with it. */
function firstInterface(value: OpenValue | undefined): OpenMembers {
  if (value === undefined || value === null) return {};

  const [first] = Array.isArray(value) ? (value as readonly OpenValue[]) : [value];
  if (!isMembers(first)) return { network_interface: first ?? null };

  const { NetworkInterfaceId, SubnetId, GroupSet, PrivateIpAddress } = first;
  if (NetworkInterfaceId !== undefined) return { network_interface: [{ network_interface_id: NetworkInterfaceId }] };

  return { subnet_id: SubnetId, vpc_security_group_ids: GroupSet, private_ip: PrivateIpAddress };
}
