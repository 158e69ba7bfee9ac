import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wildcard } from '../../../src/aws/ec2/filters.js';
import { newAccount, newInterface, refusal, tcp, type Ec2 } from './account.js';

/** A network with one of everything, so that each filter has something to find and something to leave out. */
function newNetwork() {
  const { ec2, sim } = newAccount();
  const TagSpecifications = (ResourceType: string) => [{ ResourceType, Tags: [{ Key: 'team', Value: 'shop' }] }];
  const vpc = ec2('CreateVpc', {
    CidrBlock: '10.0.0.0/16',
    AmazonProvidedIpv6CidrBlock: true,
    TagSpecifications: TagSpecifications('vpc'),
  }).Vpc;
  const VpcId: string = vpc.VpcId;
  ec2('ModifyVpcAttribute', { VpcId, EnableDnsHostnames: { Value: true } });
  const ipv6 = vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock.replace('/56', '/64');
  const subnet = ec2('CreateSubnet', {
    VpcId,
    CidrBlock: '10.0.1.0/24',
    Ipv6CidrBlock: ipv6,
    AvailabilityZone: 'us-east-1b',
    TagSpecifications: TagSpecifications('subnet'),
  }).Subnet;
  const { SubnetId } = subnet;
  ec2('ModifySubnetAttribute', { SubnetId, EnableDns64: { Value: true } });
  ec2('ModifySubnetAttribute', { SubnetId, EnableLniAtDeviceIndex: 1 });
  ec2('ModifySubnetAttribute', { SubnetId, PrivateDnsHostnameTypeOnLaunch: 'resource-name' });
  ec2('ModifySubnetAttribute', { SubnetId, EnableResourceNameDnsARecordOnLaunch: { Value: true } });
  ec2('ModifySubnetAttribute', { SubnetId, EnableResourceNameDnsAAAARecordOnLaunch: { Value: true } });
  const list = ec2('CreateManagedPrefixList', {
    PrefixListName: 'partners',
    AddressFamily: 'IPv4',
    MaxEntries: 1,
    TagSpecifications: TagSpecifications('prefix-list'),
  }).PrefixList.PrefixListId;
  const group = ec2('CreateSecurityGroup', {
    GroupName: 'web',
    Description: 'the web',
    VpcId,
    TagSpecifications: TagSpecifications('security-group'),
  }).GroupId;
  const permission = {
    ...tcp(81, '10.7.0.0/16'),
    Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
    PrefixListIds: [{ PrefixListId: list }],
    UserIdGroupPairs: [{ GroupId: group }],
  };
  const rules = ec2('AuthorizeSecurityGroupIngress', {
    GroupId: group,
    IpPermissions: [permission],
    TagSpecifications: TagSpecifications('security-group-rule'),
  }).SecurityGroupRules;
  ec2('AuthorizeSecurityGroupEgress', { GroupId: group, IpPermissions: [permission] });
  const eni = newInterface(ec2, SubnetId, {
    Groups: [group],
    Description: 'the one',
    Ipv6AddressCount: 1,
    TagSpecifications: TagSpecifications('network-interface'),
  });
  ec2('ModifyNetworkInterfaceAttribute', {
    NetworkInterfaceId: eni.NetworkInterfaceId,
    SourceDestCheck: { Value: false },
  });
  const igw = ec2('CreateInternetGateway', { TagSpecifications: TagSpecifications('internet-gateway') }).InternetGateway
    .InternetGatewayId;
  ec2('AttachInternetGateway', { InternetGatewayId: igw, VpcId });
  const eigw = ec2('CreateEgressOnlyInternetGateway', {
    VpcId,
    TagSpecifications: TagSpecifications('egress-only-internet-gateway'),
  }).EgressOnlyInternetGateway.EgressOnlyInternetGatewayId;
  const table = ec2('CreateRouteTable', { VpcId, TagSpecifications: TagSpecifications('route-table') }).RouteTable
    .RouteTableId;
  const association = ec2('AssociateRouteTable', { RouteTableId: table, SubnetId }).AssociationId;
  ec2('AssociateRouteTable', { RouteTableId: table, GatewayId: igw });
  const route = (input: object) => ec2('CreateRoute', { RouteTableId: table, ...input });
  route({ DestinationCidrBlock: '192.0.2.0/24', NetworkInterfaceId: eni.NetworkInterfaceId });
  route({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: eigw });
  route({ DestinationPrefixListId: list, GatewayId: igw });
  const acl = ec2('CreateNetworkAcl', { VpcId, TagSpecifications: TagSpecifications('network-acl') }).NetworkAcl
    .NetworkAclId;
  const entry = { NetworkAclId: acl, RuleAction: 'allow', Egress: false };
  ec2('CreateNetworkAclEntry', {
    ...entry,
    RuleNumber: 7,
    Protocol: '6',
    CidrBlock: '10.8.0.0/16',
    PortRange: { From: 8, To: 9 },
  });
  ec2('CreateNetworkAclEntry', {
    ...entry,
    RuleNumber: 8,
    Protocol: '58',
    Ipv6CidrBlock: '2001:db8::/32',
    IcmpTypeCode: { Type: 3, Code: 4 },
  });
  const [{ NetworkAclId: oldAcl, Associations }] = ec2('DescribeNetworkAcls', {
    Filters: [{ Name: 'association.subnet-id', Values: [SubnetId] }],
  }).NetworkAcls;
  const guard = ec2('ReplaceNetworkAclAssociation', {
    AssociationId: Associations[0].NetworkAclAssociationId,
    NetworkAclId: acl,
  }).NewAssociationId;
  const dhcp = ec2('CreateDhcpOptions', {
    DhcpConfigurations: [{ Key: 'ntp-servers', Values: ['169.254.169.123'] }],
    TagSpecifications: TagSpecifications('dhcp-options'),
  }).DhcpOptions.DhcpOptionsId;
  ec2('AssociateDhcpOptions', { DhcpOptionsId: dhcp, VpcId });
  const reservation = ec2('CreateSubnetCidrReservation', {
    SubnetId,
    Cidr: '10.0.1.16/28',
    ReservationType: 'explicit',
    TagSpecifications: TagSpecifications('subnet-cidr-reservation'),
  }).SubnetCidrReservation.SubnetCidrReservationId;
  ec2('CreateSubnetCidrReservation', { SubnetId, Cidr: '10.0.1.32/28', ReservationType: 'prefix' });
  const [row] = ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [eni.NetworkInterfaceId] }).NetworkInterfaces;
  return {
    ec2,
    sim,
    vpc,
    VpcId,
    subnet,
    SubnetId,
    ipv6,
    list,
    group,
    rules,
    row,
    igw,
    eigw,
    table,
    association,
    acl,
    oldAcl,
    guard,
    dhcp,
    reservation,
  };
}

const made = newNetwork();
const { vpc, VpcId, subnet, SubnetId, ipv6, list, group, rules, row, igw, eigw, table, association, acl, guard, dhcp } =
  made;
const account = '111122223333';
/** Filters whose rows cannot have a value here, because what they look at is not simulated. */
const NOTHING = Symbol('nothing');
type Value = string | number | boolean | typeof NOTHING;
const block = vpc.CidrBlockAssociationSet[0];
const block6 = vpc.Ipv6CidrBlockAssociationSet[0];

const permissionFilters = (prefix: string): Record<string, Value> => ({
  [`${prefix}ip-permission.cidr`]: '10.7.0.0/16',
  [`${prefix}ip-permission.from-port`]: 81,
  [`${prefix}ip-permission.group-id`]: group,
  [`${prefix}ip-permission.group-name`]: 'web',
  [`${prefix}ip-permission.ipv6-cidr`]: '2001:db8::/32',
  [`${prefix}ip-permission.prefix-list-id`]: list,
  [`${prefix}ip-permission.protocol`]: 'tcp',
  [`${prefix}ip-permission.to-port`]: 81,
  [`${prefix}ip-permission.user-id`]: account,
});

interface Listed {
  readonly operation: string;
  readonly answer: string;
  readonly id: string;
  /** The row that each filter must find. */
  readonly wanted: string;
  readonly input?: object;
  readonly filters: Readonly<Record<string, Value>>;
}

const LISTS: readonly Listed[] = [
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
      // Only load balancers' interfaces have public addresses; network.test.ts looks at those.
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

const find = ({ operation, answer, id, input }: Listed, Name: string, ...Values: string[]): string[] =>
  made.ec2(operation, { ...input, Filters: [{ Name, Values }] })[answer].map((found: any) => found[id]);

describe.each(LISTS)('filters of $operation', (listed) => {
  const { operation, wanted, filters } = listed;

  it.each(Object.entries(filters))('%s finds what has the value, and not what has another', (name, value) => {
    if (value === NOTHING) return expect(find(listed, name, '*')).toEqual([]);
    expect(find(listed, name, 'something else', String(value))).toContain(wanted);
    expect(find(listed, name, `x${String(value)}`)).not.toContain(wanted);
  });

  it('by tag find what has it', () => {
    if (operation === 'DescribeTags') return expect(find(listed, 'tag:team', 'shop')).toContain(wanted);
    expect(find(listed, 'tag:team', 'sh?p*')).toContain(wanted);
    expect(find(listed, 'tag:team', 'Shop')).toEqual([]);
    expect(find(listed, 'tag:tea', 'shop')).toEqual([]);
    expect(find(listed, 'tag-key', 'team')).toContain(wanted);
  });

  it('are all those that the documentation names', () => {
    const documented = documentedFilters(operation).filter((name) => !name.startsWith('tag'));
    expect(Object.keys(filters)).toEqual(expect.arrayContaining(documented));
  });

  it('are refused when unknown, or without values', () => {
    expect(() => find(listed, 'colour', 'red')).toThrow(
      refusal('InvalidParameterValue', "^The filter 'colour' is invalid$"),
    );
    expect(() => find(listed, 'toString', 'red')).toThrow(refusal('InvalidParameterValue'));
    const [name = 'tag-key'] = Object.keys(filters);
    expect(() => find(listed, name)).toThrow(refusal('MissingParameter'));
    expect(() => find(listed, name, ...Array.from({ length: 201 }, String))).toThrow(refusal('FilterLimitExceeded'));
  });
});

describe('filters of zones, regions and AWS prefix lists', () => {
  const zone = {
    'group-name': 'us-east-1-bos-1',
    'opt-in-status': 'not-opted-in',
    'region-name': 'us-east-1',
    state: 'available',
    'zone-id': 'use1-bos1-az1',
    'zone-name': 'us-east-1-bos-1a',
    'zone-type': 'local-zone',
    'group-long-name': 'us-east-1-bos-1',
    'parent-zone-name': 'us-east-1a',
    'parent-zone-id': made.ec2('DescribeAvailabilityZones').AvailabilityZones[0].ZoneId,
  };
  const zones = (ec2: Ec2, Name: string, ...Values: string[]): string[] =>
    ec2('DescribeAvailabilityZones', { AllAvailabilityZones: true, Filters: [{ Name, Values }] }).AvailabilityZones.map(
      (z: any) => z.ZoneName,
    );
  it.each(Object.entries(zone))('zones by %s', (name, value) => {
    expect(zones(made.ec2, name, value)).toContain('us-east-1-bos-1a');
    expect(zones(made.ec2, name, `x${value}`)).toEqual([]);
  });
  it('are all documented ones', () => {
    expect([...Object.keys(zone), 'message'].sort()).toEqual(documentedFilters('DescribeAvailabilityZones').sort());
    expect(zones(made.ec2, 'message', '*')).toEqual([]);
  });
  it.each([
    ['DescribeRegions', 'Regions', 'endpoint', 'ec2.us-west-2.amazonaws.com', 1],
    ['DescribeRegions', 'Regions', 'opt-in-status', 'opted-in', 0],
    ['DescribeRegions', 'Regions', 'region-name', 'us-*', 4],
    ['DescribePrefixLists', 'PrefixLists', 'prefix-list-name', '*.s3', 1],
    ['DescribePrefixLists', 'PrefixLists', 'prefix-list-id', 'pl-x', 0],
  ])('%s %s by %s', (operation, answer, Name, value, count) => {
    expect(made.ec2(operation, { Filters: [{ Name, Values: [value] }] })[answer]).toHaveLength(count);
  });
});

describe('wildcards', () => {
  it.each([
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', true],
    ['a?c', 'abbc', false],
    ['a.c', 'abc', false],
    [String.raw`a\*c`, 'a*c', true],
    [String.raw`a\*c`, 'abc', false],
    [String.raw`a\\c`, String.raw`a\c`, true],
    ['A*', 'abc', false],
    ['a*', 'a\nb', true],
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(wildcard(pattern).test(text)).toBe(expected);
  });

  it('never find fault with any text', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, (literal) => {
        const escaped = literal.replaceAll(/[\\*?]/g, String.raw`\$&`);
        expect(wildcard(escaped).test(literal)).toBe(true);
        expect(wildcard(`${escaped}*`).test(`${literal}x`)).toBe(true);
      }),
    );
  });
});

/** The names of filters in the SDK's documentation of an operation's input. */
function documentedFilters(operation: string): string[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-ec2')), '../dist-types/models');
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    const [, members] = new RegExp(String.raw`export interface ${operation}Request \{([^]*?)\n\}`).exec(text) ?? [];
    if (members === undefined) continue;
    const before = members.slice(0, members.indexOf('Filters?:'));
    const comment = before.slice(before.lastIndexOf('/**'));
    return [...comment.matchAll(/<li>[\s*]*<p>[\s*]*<code>([^<]+)<\/code>/g)].map(([, name = '']) => name);
  }
  throw new Error(`The SDK documents no ${operation}.`);
}
