import {
  isChanged,
  isSet,
  isZoneByOrder,
  removes,
  resource,
  single,
  UnresolvedValue,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
  type Outputs,
} from '@postern/core/internal/overlay';
import { arnIn, filters, stays } from './calls.js';

/** What a VPC has from its creation on. */
function networkOutputs(vpc: Answer, caller: Caller): Outputs {
  const find = (operation: string, more: Record<string, string>): Answer =>
    caller.call(operation, filters({ 'vpc-id': vpc.VpcId, ...more }));
  const table = find('ec2.DescribeRouteTables', { 'association.main': 'true' }).RouteTables[0]?.RouteTableId;
  const group = find('ec2.DescribeSecurityGroups', { 'group-name': 'default' }).SecurityGroups[0];
  return {
    id: vpc.VpcId,
    arn: arnIn(caller, 'ec2', `vpc/${vpc.VpcId}`),
    cidr_block: vpc.CidrBlock,
    ipv6_cidr_block: vpc.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock,
    ipv6_association_id: vpc.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId,
    main_route_table_id: table,
    default_route_table_id: table,
    default_security_group_id: group?.GroupId,
    default_network_acl_id: find('ec2.DescribeNetworkAcls', { default: 'true' }).NetworkAcls[0]?.NetworkAclId,
    owner_id: caller.account,
  };
}

const shownNetwork = (id: unknown, caller: Caller): Answer => caller.call('ec2.DescribeVpcs', { VpcIds: [id] }).Vpcs[0];

/** The VPC that each account has. A snapshot does not mark it: its CIDR block is the one that AWS gives it. */
export function defaultNetwork(caller: Caller): Answer {
  const [marked] = caller.call('ec2.DescribeVpcs', filters({ 'is-default': 'true' })).Vpcs;
  if (marked !== undefined) return marked;

  // https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
  const [vpc] = caller.call('ec2.DescribeVpcs', filters({ cidr: '172.31.0.0/16' })).Vpcs;
  if (vpc === undefined) throw new UnresolvedValue('the default VPC is not in the snapshot');

  caller.guess();
  return vpc;
}

const BY_DEFAULT: Readonly<Record<string, string>> = { enable_dns_support: 'true', enable_dns_hostnames: 'false' };

/** Each flag is a call of its own: the operation takes one of them. */
const flagSetter =
  (operation: string, of: string, flags: readonly string[]) =>
  (id: unknown, values: ActValues, caller: Caller, isSent: (name: string) => boolean): void => {
    for (const name of flags.filter(isSent)) {
      const filled = caller.fill(operation, { [name]: [{ value: isSet(values[name]) }] });
      caller.call(operation, { [of]: id, ...filled });
    }
  };

const setNetworkFlags = flagSetter('ec2.ModifyVpcAttribute', 'VpcId', ['enable_dns_support', 'enable_dns_hostnames']);
const setSubnetFlags = flagSetter('ec2.ModifySubnetAttribute', 'SubnetId', [
  'map_public_ip_on_launch',
  'assign_ipv6_address_on_creation',
]);

const vpc: Act = {
  gives: [
    'ipv6_cidr_block',
    'default_security_group_id',
    'default_network_acl_id',
    'default_route_table_id',
    'main_route_table_id',
    'owner_id',
  ],
  create: (values, caller) => {
    const { cidr_block, instance_tenancy, assign_generated_ipv6_cidr_block } = values;
    const given = { cidr_block, instance_tenancy, amazon_provided_ipv6_cidr_block: assign_generated_ipv6_cidr_block };
    const input = caller.fill('ec2.CreateVpc', given);
    const { VpcId: id } = caller.call('ec2.CreateVpc', input).Vpc;
    const isOther = (name: string) => (word(values[name]) ?? BY_DEFAULT[name]) !== BY_DEFAULT[name];
    setNetworkFlags(id, values, caller, isOther);
    return networkOutputs(shownNetwork(id, caller), caller);
  },
  update: (before, values, caller) => {
    setNetworkFlags(before['id'], values, caller, (name) => isChanged(before, values, name));
    if (!isChanged(before, values, 'assign_generated_ipv6_cidr_block')) return undefined;

    if (isSet(values['assign_generated_ipv6_cidr_block'])) {
      caller.call('ec2.AssociateVpcCidrBlock', { VpcId: before['id'], AmazonProvidedIpv6CidrBlock: true });
      return networkOutputs(shownNetwork(before['id'], caller), caller);
    }
    caller.call('ec2.DisassociateVpcCidrBlock', { AssociationId: before['ipv6_association_id'] });
    return undefined;
  },
  remove: removes('ec2.DeleteVpc', 'VpcId'),
};

const subnet = resource('ec2.CreateSubnet', 'Subnet.SubnetId', 'ec2.DeleteSubnet', {
  optional: ['AvailabilityZoneId', 'Ipv6CidrBlock'],
  input: (input, _values, caller) => {
    const zone = String(input['AvailabilityZone'] ?? '');
    if (zone === '' && input['AvailabilityZoneId'] === undefined) caller.guess();
    if (!isZoneByOrder(zone)) return input;

    const at = Number(/(?<!\d)\d+$/.exec(zone)?.[0] ?? 1);
    return { ...input, AvailabilityZone: `${caller.region}${'abcdef'.charAt(at - 1)}` };
  },
  outputs: ({ Subnet }) => ({
    availability_zone: Subnet.AvailabilityZone,
    ipv6_cidr_block: Subnet.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock,
  }),
  after: (values, { id }, caller) => setSubnetFlags(id, values, caller, (name) => isSet(values[name])),
  update: (before, values, caller) => {
    const subnetId = before['id'];
    if (isChanged(before, values, 'ipv6_cidr_block')) {
      const former = word(before['ipv6_cidr_block_association_id']);
      if (former !== undefined) caller.call('ec2.DisassociateSubnetCidrBlock', { AssociationId: former });
      const block = word(values['ipv6_cidr_block']);
      if (block !== undefined)
        caller.call('ec2.AssociateSubnetCidrBlock', { SubnetId: subnetId, Ipv6CidrBlock: block });
    }
    setSubnetFlags(subnetId, values, caller, (name) => isChanged(before, values, name));
  },
});

/** The subnet of a zone that each account has. */
function defaultSubnet(values: ActValues, caller: Caller): Outputs {
  const zone = String(single(values['availability_zone']));
  const { VpcId } = defaultNetwork(caller);
  const [found] = caller.call('ec2.DescribeSubnets', filters({ 'vpc-id': VpcId, 'availability-zone': zone })).Subnets;
  if (found === undefined) throw new UnresolvedValue(`the default subnet of ${zone} is not in the snapshot`);

  return { id: found.SubnetId, arn: found.SubnetArn, vpc_id: VpcId, cidr_block: found.CidrBlock };
}

const blockAssociation = (member: string, more?: Act): Act =>
  resource('ec2.AssociateVpcCidrBlock', `${member}.AssociationId`, 'ec2.DisassociateVpcCidrBlock', more);

/** VPCs and subnets. */
export const networkActs: Readonly<Record<string, Act>> = {
  aws_vpc: vpc,
  aws_default_vpc: {
    create: (_values, caller) => networkOutputs(defaultNetwork(caller), caller),
    update: (before, values, caller) =>
      setNetworkFlags(before['id'], values, caller, (name) => isChanged(before, values, name)),
    remove: stays,
  },
  aws_subnet: subnet,
  aws_default_subnet: { create: defaultSubnet, update: subnet.update, remove: stays } as Act,
  aws_vpc_ipv4_cidr_block_association: blockAssociation('CidrBlockAssociation'),
  aws_vpc_ipv6_cidr_block_association: blockAssociation('Ipv6CidrBlockAssociation', {
    names: { AmazonProvidedIpv6CidrBlock: 'assign_generated_ipv6_cidr_block' },
  }),
  aws_vpc_dhcp_options: resource('ec2.CreateDhcpOptions', 'DhcpOptions.DhcpOptionsId', 'ec2.DeleteDhcpOptions', {
    input: (_input, values) => ({
      DhcpConfigurations: ['domain_name', 'domain_name_servers', 'ntp_servers', 'netbios_name_servers'].flatMap(
        (name) => {
          const given = values[name] === undefined || values[name] === null ? [] : [single(values[name])].flat();
          return given.length === 0 ? [] : [{ Key: name.replaceAll('_', '-'), Values: given.map(String) }];
        },
      ),
    }),
    isUnseen: true,
  }),
  aws_vpc_dhcp_options_association: {
    operation: 'ec2.AssociateDhcpOptions',
    outputs: (_answer, input) => ({ id: `${String(input['DhcpOptionsId'])}-${String(input['VpcId'])}` }),
    // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_dhcp_options_association.go
    remove: (before, caller) =>
      void caller.call('ec2.AssociateDhcpOptions', { VpcId: before['vpc_id'], DhcpOptionsId: 'default' }),
  },
};
