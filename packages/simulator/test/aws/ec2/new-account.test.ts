import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount } from './account.js';

describe('a region without user resources', () => {
  const account = newAccount();
  const { ec2 } = account;
  const [vpc] = ec2('DescribeVpcs').Vpcs;

  it('has a default VPC with DNS host names', () => {
    expect(vpc).toMatchObject({ IsDefault: true, CidrBlock: '172.31.0.0/16', State: 'available' });
    const attribute = (Attribute: string) => ec2('DescribeVpcAttribute', { VpcId: vpc.VpcId, Attribute });
    expect(attribute('enableDnsHostnames').EnableDnsHostnames).toEqual({ Value: true });
    expect(attribute('enableDnsSupport').EnableDnsSupport).toEqual({ Value: true });
  });

  it('has a default subnet of 4091 addresses in each availability zone, and in no local zone', () => {
    const subnets = ec2('DescribeSubnets').Subnets;
    expect(subnets).toHaveLength(6);
    expect(new Set(subnets.map((row: any) => row.AvailabilityZoneId)).size).toBe(6);
    for (const subnet of subnets) {
      expect(subnet).toMatchObject({ DefaultForAz: true, MapPublicIpOnLaunch: true, AvailableIpAddressCount: 4091 });
    }
    expect(subnets.map((row: any) => row.CidrBlock)).toContain('172.31.16.0/20');
  });

  it('has a main route table with a route to the internet', () => {
    const [table, ...others] = ec2('DescribeRouteTables').RouteTables;
    expect(others).toEqual([]);
    expect(table.Associations).toMatchObject([{ Main: true }]);
    expect(table.Routes).toMatchObject([
      { DestinationCidrBlock: '172.31.0.0/16', GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' },
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: expect.stringMatching(/^igw-/), State: 'active' },
    ]);
  });

  it('has a network ACL that allows everything, on all its subnets', () => {
    const [acl] = ec2('DescribeNetworkAcls').NetworkAcls;
    expect(acl.IsDefault).toBe(true);
    expect(acl.Entries.map((row: any) => [row.Egress, row.RuleNumber, row.RuleAction])).toEqual([
      [true, 100, 'allow'],
      [true, 32_767, 'deny'],
      [false, 100, 'allow'],
      [false, 32_767, 'deny'],
    ]);
    expect(acl.Associations).toHaveLength(6);
  });

  it('has a security group whose members may call each other', () => {
    const [group, ...others] = ec2('DescribeSecurityGroups').SecurityGroups;
    expect(others).toEqual([]);
    expect(group).toMatchObject({ GroupName: 'default', Description: 'default VPC security group', VpcId: vpc.VpcId });
    expect(group.IpPermissions).toMatchObject([{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: group.GroupId }] }]);
    expect(group.IpPermissionsEgress).toMatchObject([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
  });

  it("has AWS's own prefix lists", () => {
    const names = ec2('DescribeManagedPrefixLists').PrefixLists.map((row: any) => row.PrefixListName);
    expect(names).toContain('com.amazonaws.us-east-1.s3');
    expect(names).toContain('com.amazonaws.us-east-1.dynamodb');
    expect(names).toContain('com.amazonaws.global.cloudfront.origin-facing');
  });
});

describe('zones', () => {
  it.each([
    ['us-east-1', ['use1-az1', 'use1-az2', 'use1-az3', 'use1-az4', 'use1-az5', 'use1-az6']],
    ['us-west-1', ['usw1-az1', 'usw1-az3']],
    ['ca-central-1', ['cac1-az1', 'cac1-az2', 'cac1-az4']],
    ['ap-northeast-1', ['apne1-az1', 'apne1-az2', 'apne1-az4']],
    ['eu-south-2', ['eus2-az1', 'eus2-az2', 'eus2-az3']],
    ['us-gov-west-1', ['usgw1-az1', 'usgw1-az2', 'usgw1-az3']],
    ['cn-northwest-1', ['cnnw1-az1', 'cnnw1-az2', 'cnnw1-az3']],
  ])('of %s are %j', (region, ids) => {
    const zones = newAccount().ec2('DescribeAvailabilityZones', {}, region).AvailabilityZones;
    expect(zones.map((zone: any) => zone.ZoneId).sort()).toEqual(ids);
    expect(
      zones.every((zone: any) => zone.ZoneName.startsWith(region) && zone.OptInStatus === 'opt-in-not-required'),
    ).toBe(true);
  });

  it('have names that mean other zones in other accounts', () => {
    const nameOf = (account: string) =>
      newAccount({ account }).ec2('DescribeAvailabilityZones').AvailabilityZones[0].ZoneId;
    const ids = ['111122223333', '222233334444', '333344445555', '444455556666'].map(nameOf);
    expect(new Set(ids).size).toBeGreaterThan(1);
  });
});

const LOCAL = { ZoneType: 'local-zone', OptInStatus: 'not-opted-in', ZoneName: 'us-east-1-bos-1a' };

answers('zones', newAccount)`
  that are not opted into are shown on request, and cannot be used
    DescribeAvailabilityZones {AllAvailabilityZones: true}
      -> {AvailabilityZones: ${expect.arrayContaining([expect.objectContaining(LOCAL)])}}
    DescribeVpcs
    CreateSubnet {VpcId: $VpcId, CidrBlock: 172.31.240.0/24, AvailabilityZone: us-east-1-bos-1a} !InvalidParameterValue
`;

describe('regions', () => {
  it.each([
    ['us-east-1', {}, 'eu-west-1', 'me-south-1'],
    ['us-east-1', { AllRegions: true }, 'me-south-1', 'us-gov-west-1'],
    ['us-gov-west-1', {}, 'us-gov-east-1', 'us-east-1'],
    ['cn-north-1', {}, 'cn-northwest-1', 'us-east-1'],
  ])('seen from %s with %j have %s and not %s', (region, input, there, absent) => {
    const names = newAccount()
      .ec2('DescribeRegions', input, region)
      .Regions.map((row: any) => row.RegionName);
    expect(names).toContain(there);
    expect(names).not.toContain(absent);
  });

  it('that were called are opted into', () => {
    const { ec2 } = newAccount();
    ec2('DescribeVpcs', {}, 'me-south-1');
    const [row] = ec2('DescribeRegions', { RegionNames: ['me-south-1'] }).Regions;
    expect(row).toEqual({
      RegionName: 'me-south-1',
      Endpoint: 'ec2.me-south-1.amazonaws.com',
      OptInStatus: 'opted-in',
    });
  });
});
