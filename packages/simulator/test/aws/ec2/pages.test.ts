import { describe, expect, it } from 'vitest';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal, tcp, type Ec2 } from './account.js';

/** A network with at least eleven of everything that is listed in pages. */
function newCrowd() {
  const { ec2 } = newAccount({ quotas: { vpcs: 20, 'internet-gateways': 20 } });
  const VpcId = newVpc(ec2);
  const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
  const GroupId = newGroup(ec2, VpcId, 'crowd');
  const list = { PrefixListName: 'crowd', AddressFamily: 'IPv4', MaxEntries: 11 };
  const { PrefixListId } = ec2('CreateManagedPrefixList', {
    ...list,
    Entries: Array.from({ length: 11 }, (_, n) => ({ Cidr: `10.${n}.0.0/16` })),
  }).PrefixList;
  for (let n = 0; n < 11; n += 1) {
    newVpc(ec2, `10.${n + 1}.0.0/16`);
    newSubnet(ec2, VpcId, `10.0.${n + 1}.0/24`);
    const group = newGroup(ec2, VpcId, `g${n}`);
    ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [tcp(n, '10.0.0.0/8')] });
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId: group,
      IpPermissions: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId }] }],
    });
    newInterface(ec2, SubnetId);
    ec2('CreateRouteTable', { VpcId });
    ec2('CreateNetworkAcl', { VpcId });
    ec2('CreateManagedPrefixList', { ...list, PrefixListName: `l${n}` });
    ec2('CreateInternetGateway');
    ec2('CreateEgressOnlyInternetGateway', { VpcId });
    ec2('CreateDhcpOptions', { DhcpConfigurations: [{ Key: 'domain-name', Values: [`d${n}`] }] });
    ec2('CreateTags', { Resources: [VpcId], Tags: [{ Key: `k${n}`, Value: '' }] });
    ec2('CreateSubnetCidrReservation', { SubnetId, Cidr: `10.0.0.${16 + n * 16}/28`, ReservationType: 'explicit' });
  }
  return { ec2, SubnetId, PrefixListId };
}
const { ec2, SubnetId, PrefixListId } = newCrowd();

const LISTS: [operation: string, answer: string, smallest: number, largest: number, input?: object][] = [
  ['DescribeVpcs', 'Vpcs', 5, 1000],
  ['DescribeSubnets', 'Subnets', 5, 1000],
  ['GetSubnetCidrReservations', 'SubnetIpv4CidrReservations', 5, 1000, { SubnetId }],
  ['DescribeSecurityGroups', 'SecurityGroups', 5, 1000],
  ['DescribeSecurityGroupRules', 'SecurityGroupRules', 5, 1000],
  ['DescribeNetworkInterfaces', 'NetworkInterfaces', 5, 1000],
  ['DescribeRouteTables', 'RouteTables', 5, 100],
  ['DescribeNetworkAcls', 'NetworkAcls', 5, 1000],
  ['DescribeManagedPrefixLists', 'PrefixLists', 1, 100],
  ['GetManagedPrefixListEntries', 'Entries', 1, 100, { PrefixListId }],
  ['GetManagedPrefixListAssociations', 'PrefixListAssociations', 5, 255, { PrefixListId }],
  ['DescribePrefixLists', 'PrefixLists', 5, 1000],
  ['DescribeInternetGateways', 'InternetGateways', 5, 1000],
  ['DescribeEgressOnlyInternetGateways', 'EgressOnlyInternetGateways', 5, 255],
  ['DescribeDhcpOptions', 'DhcpOptions', 5, 1000],
  ['DescribeTags', 'Tags', 5, 1000],
];

describe.each(LISTS)('%s', (operation, answer, smallest, largest, input = {}) => {
  const list = (more: object) => ec2(operation, { ...input, ...more });

  it(`gives everything in pages of ${smallest}, each item once, in the order of one page`, () => {
    const all = list({})[answer];
    expect(all.length).toBeGreaterThan(smallest);
    const collected: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const page = list({ MaxResults: smallest, NextToken });
      expect(page[answer].length).toBeLessThanOrEqual(smallest);
      expect(page[answer].length).toBeGreaterThan(0);
      collected.push(...page[answer]);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(collected).toEqual(all);
  });

  it('refuses sizes out of bounds', () => {
    for (const MaxResults of [smallest - 1, largest + 1]) {
      expect(() => list({ MaxResults })).toThrow(refusal('InvalidParameterValue', 'maxResults'));
    }
    expect(list({ MaxResults: largest })[answer].length).toBeGreaterThan(0);
  });

  it('refuses tokens that are forged, or from another list', () => {
    const other = operation === 'DescribeVpcs' ? 'DescribeSubnets' : 'DescribeVpcs';
    for (const NextToken of ['forged', ec2(other, { MaxResults: 5 }).NextToken]) {
      expect(() => list({ NextToken })).toThrow(refusal('InvalidNextToken'));
    }
  });
});

const BY_ID: [operation: string, member: string, prefix: string, notFound: string, malformed: string][] = [
  ['DescribeVpcs', 'VpcIds', 'vpc-', 'InvalidVpcID.NotFound', 'InvalidVpcID.NotFound'],
  ['DescribeSubnets', 'SubnetIds', 'subnet-', 'InvalidSubnetID.NotFound', 'InvalidSubnetID.NotFound'],
  ['DescribeSecurityGroups', 'GroupIds', 'sg-', 'InvalidGroup.NotFound', 'InvalidGroupId.Malformed'],
  [
    'DescribeSecurityGroupRules',
    'SecurityGroupRuleIds',
    'sgr-',
    'InvalidSecurityGroupRuleId.NotFound',
    'InvalidSecurityGroupRuleId.Malformed',
  ],
  [
    'DescribeNetworkInterfaces',
    'NetworkInterfaceIds',
    'eni-',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
  ],
  ['DescribeRouteTables', 'RouteTableIds', 'rtb-', 'InvalidRouteTableID.NotFound', 'InvalidRouteTableId.Malformed'],
  ['DescribeNetworkAcls', 'NetworkAclIds', 'acl-', 'InvalidNetworkAclID.NotFound', 'InvalidNetworkAclId.Malformed'],
  [
    'DescribeManagedPrefixLists',
    'PrefixListIds',
    'pl-',
    'InvalidPrefixListID.NotFound',
    'InvalidPrefixListId.Malformed',
  ],
  ['DescribePrefixLists', 'PrefixListIds', 'pl-', 'InvalidPrefixListID.NotFound', 'InvalidPrefixListId.Malformed'],
  [
    'DescribeInternetGateways',
    'InternetGatewayIds',
    'igw-',
    'InvalidInternetGatewayID.NotFound',
    'InvalidInternetGatewayId.Malformed',
  ],
  [
    'DescribeEgressOnlyInternetGateways',
    'EgressOnlyInternetGatewayIds',
    'eigw-',
    'InvalidGatewayID.NotFound',
    'InvalidGatewayID.Malformed',
  ],
  ['DescribeDhcpOptions', 'DhcpOptionsIds', 'dopt-', 'InvalidDhcpOptionID.NotFound', 'InvalidDhcpOptionsId.Malformed'],
  [
    'DescribeVpcPeeringConnections',
    'VpcPeeringConnectionIds',
    'pcx-',
    'InvalidVpcPeeringConnectionID.NotFound',
    'InvalidVpcPeeringConnectionId.Malformed',
  ],
];

describe.each(BY_ID)('%s by id', (operation, member, prefix, notFound, malformed) => {
  const byId = (...ids: string[]) => ec2(operation, { [member]: ids });
  it('refuses IDs that do not exist, and malformed IDs', () => {
    expect(() => byId(`${prefix}00000000000000000`)).toThrow(refusal(notFound, 'does not exist$'));
    expect(() => byId(`${prefix}00000000`, `${prefix}00000001`)).toThrow(refusal(notFound, 'do not exist$'));
    for (const id of [`${prefix}0`, 'name', '', `${prefix}0000000000000000g`]) {
      expect(() => byId(id)).toThrow(refusal(malformed));
    }
  });
  it('accepts no page size', () => {
    const both = () => ec2(operation, { [member]: [`${prefix}00000000`], MaxResults: 5 });
    expect(both).toThrow(refusal('InvalidParameterCombination'));
  });
});

describe('reads', () => {
  it('change nothing', () => {
    const { sim, ec2: fresh } = newAccount();
    const read = fresh as Ec2;
    read('DescribeVpcs');
    const before = JSON.stringify(sim.world());
    for (const [operation, , , , input] of LISTS) if (input === undefined) read(operation);
    expect(JSON.stringify(sim.world())).toBe(before);
  });
});
