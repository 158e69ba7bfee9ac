import { describe, expect, it } from 'vitest';
import { newAccount, newSubnet, newVpc, refusal, type Ec2 } from './account.js';

const { ec2 } = newAccount({ quotas: { vpcs: 20 } });
const VpcId = newVpc(ec2);
for (let n = 1; n < 7; n += 1) newVpc(ec2, `10.${n}.0.0/16`);
const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
const list = { PrefixListName: 'crowd', AddressFamily: 'IPv4', MaxEntries: 1 };
const { PrefixListId } = ec2('CreateManagedPrefixList', list).PrefixList;

/** What each list accepts as a page: that pages have everything, and once, is tested in `../lists`. */
const LISTS: [operation: string, smallest: number, largest: number, input?: object][] = [
  ['DescribeVpcs', 5, 1000],
  ['DescribeSubnets', 5, 1000],
  ['GetSubnetCidrReservations', 5, 1000, { SubnetId }],
  ['DescribeSecurityGroups', 5, 1000],
  ['DescribeSecurityGroupRules', 5, 1000],
  ['DescribeNetworkInterfaces', 5, 1000],
  ['DescribeRouteTables', 5, 100],
  ['DescribeNetworkAcls', 5, 1000],
  ['DescribeManagedPrefixLists', 1, 100],
  ['GetManagedPrefixListEntries', 1, 100, { PrefixListId }],
  ['DescribePrefixLists', 5, 1000],
  ['DescribeInternetGateways', 5, 1000],
  ['DescribeEgressOnlyInternetGateways', 5, 255],
  ['DescribeDhcpOptions', 5, 1000],
  ['DescribeTags', 5, 1000],
];

describe.each(LISTS)('%s', (operation, smallest, largest, input = {}) => {
  const list = (more: object) => ec2(operation, { ...input, ...more });

  it('refuses sizes out of bounds', () => {
    for (const MaxResults of [smallest - 1, largest + 1]) {
      expect(() => list({ MaxResults })).toThrow(refusal('InvalidParameterValue', 'maxResults'));
    }
    expect(() => list({ MaxResults: largest })).not.toThrow();
    expect(() => list({ MaxResults: smallest })).not.toThrow();
  });

  it('refuses tokens that are forged, or from another list', () => {
    const other = operation === 'DescribeVpcs' ? 'DescribeSubnets' : 'DescribeVpcs';
    for (const NextToken of ['forged', ec2(other, { MaxResults: 5 }).NextToken]) {
      expect(() => list({ NextToken })).toThrow(refusal('InvalidNextToken'));
    }
  });
});

/** The codes are `Invalid….NotFound` and `Invalid…`. */
const BY_ID: [operation: string, member: string, prefix: string, notFound: string, malformed: string][] = [
  ['DescribeVpcs', 'VpcIds', 'vpc-', 'VpcID', 'VpcID.NotFound'],
  ['DescribeSubnets', 'SubnetIds', 'subnet-', 'SubnetID', 'SubnetID.NotFound'],
  ['DescribeSecurityGroups', 'GroupIds', 'sg-', 'Group', 'GroupId.Malformed'],
  [
    'DescribeSecurityGroupRules',
    'SecurityGroupRuleIds',
    'sgr-',
    'SecurityGroupRuleId',
    'SecurityGroupRuleId.Malformed',
  ],
  ['DescribeNetworkInterfaces', 'NetworkInterfaceIds', 'eni-', 'NetworkInterfaceID', 'NetworkInterfaceId.Malformed'],
  ['DescribeRouteTables', 'RouteTableIds', 'rtb-', 'RouteTableID', 'RouteTableId.Malformed'],
  ['DescribeNetworkAcls', 'NetworkAclIds', 'acl-', 'NetworkAclID', 'NetworkAclId.Malformed'],
  ['DescribeManagedPrefixLists', 'PrefixListIds', 'pl-', 'PrefixListID', 'PrefixListId.Malformed'],
  ['DescribePrefixLists', 'PrefixListIds', 'pl-', 'PrefixListID', 'PrefixListId.Malformed'],
  ['DescribeInternetGateways', 'InternetGatewayIds', 'igw-', 'InternetGatewayID', 'InternetGatewayId.Malformed'],
  ['DescribeEgressOnlyInternetGateways', 'EgressOnlyInternetGatewayIds', 'eigw-', 'GatewayID', 'GatewayID.Malformed'],
  ['DescribeDhcpOptions', 'DhcpOptionsIds', 'dopt-', 'DhcpOptionID', 'DhcpOptionsId.Malformed'],
  [
    'DescribeVpcPeeringConnections',
    'VpcPeeringConnectionIds',
    'pcx-',
    'VpcPeeringConnectionID',
    'VpcPeeringConnectionId.Malformed',
  ],
];

describe.each(BY_ID)('%s by id', (operation, member, prefix, notFound, malformed) => {
  const byId = (...ids: string[]) => ec2(operation, { [member]: ids });
  it('refuses IDs that do not exist, and malformed IDs', () => {
    expect(() => byId(`${prefix}00000000000000000`)).toThrow(refusal(`Invalid${notFound}.NotFound`, 'does not exist$'));
    expect(() => byId(`${prefix}00000000`, `${prefix}00000001`)).toThrow(
      refusal(`Invalid${notFound}.NotFound`, 'do not exist$'),
    );
    for (const id of [`${prefix}0`, 'name', '', `${prefix}0000000000000000g`]) {
      expect(() => byId(id)).toThrow(refusal(`Invalid${malformed}`));
    }
  });
  it('accepts no page size', () => {
    const both = () => ec2(operation, { [member]: [`${prefix}00000000`], MaxResults: 5 });
    expect(both).toThrow(refusal('InvalidParameterCombination'));
  });
});

it('reads: change nothing', () => {
  const { sim, ec2: fresh } = newAccount();
  const read = fresh as Ec2;
  read('DescribeVpcs');
  const before = JSON.stringify(sim.world());
  for (const [operation, , , input] of LISTS) if (input === undefined) read(operation);
  expect(JSON.stringify(sim.world())).toBe(before);
});
