import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal, type Ec2 } from './account.js';

const TAGS = [{ Key: 'Name', Value: 'main' }];
const specification = (ResourceType: string) => [{ ResourceType, Tags: TAGS }];

/** Every kind that has tags, and how it is created with some. */
const KINDS: [string, (ec2: Ec2, TagSpecifications: object[]) => string][] = [
  ['vpc', (ec2, TagSpecifications) => ec2('CreateVpc', { CidrBlock: '10.0.0.0/16', TagSpecifications }).Vpc.VpcId],
  [
    'subnet',
    (ec2, TagSpecifications) =>
      ec2('CreateSubnet', { VpcId: newVpc(ec2), CidrBlock: '10.0.0.0/24', TagSpecifications }).Subnet.SubnetId,
  ],
  [
    'security-group',
    (ec2, TagSpecifications) =>
      ec2('CreateSecurityGroup', { GroupName: 'a', Description: 'a', VpcId: newVpc(ec2), TagSpecifications }).GroupId,
  ],
  [
    'security-group-rule',
    (ec2, TagSpecifications) =>
      ec2('AuthorizeSecurityGroupIngress', {
        GroupId: newGroup(ec2, newVpc(ec2), 'a'),
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
        TagSpecifications,
      }).SecurityGroupRules[0].SecurityGroupRuleId,
  ],
  [
    'network-interface',
    (ec2, TagSpecifications) =>
      newInterface(ec2, newSubnet(ec2, newVpc(ec2), '10.0.0.0/24'), { TagSpecifications }).NetworkInterfaceId,
  ],
  [
    'route-table',
    (ec2, TagSpecifications) =>
      ec2('CreateRouteTable', { VpcId: newVpc(ec2), TagSpecifications }).RouteTable.RouteTableId,
  ],
  [
    'network-acl',
    (ec2, TagSpecifications) =>
      ec2('CreateNetworkAcl', { VpcId: newVpc(ec2), TagSpecifications }).NetworkAcl.NetworkAclId,
  ],
  [
    'prefix-list',
    (ec2, TagSpecifications) =>
      ec2('CreateManagedPrefixList', { PrefixListName: 'a', AddressFamily: 'IPv4', MaxEntries: 1, TagSpecifications })
        .PrefixList.PrefixListId,
  ],
  [
    'internet-gateway',
    (ec2, TagSpecifications) => ec2('CreateInternetGateway', { TagSpecifications }).InternetGateway.InternetGatewayId,
  ],
  [
    'egress-only-internet-gateway',
    (ec2, TagSpecifications) =>
      ec2('CreateEgressOnlyInternetGateway', { VpcId: newVpc(ec2), TagSpecifications }).EgressOnlyInternetGateway
        .EgressOnlyInternetGatewayId,
  ],
  [
    'dhcp-options',
    (ec2, TagSpecifications) =>
      ec2('CreateDhcpOptions', { DhcpConfigurations: [{ Key: 'domain-name', Values: ['a'] }], TagSpecifications })
        .DhcpOptions.DhcpOptionsId,
  ],
  [
    'subnet-cidr-reservation',
    (ec2, TagSpecifications) =>
      ec2('CreateSubnetCidrReservation', {
        SubnetId: newSubnet(ec2, newVpc(ec2), '10.0.0.0/24'),
        Cidr: '10.0.0.16/28',
        ReservationType: 'prefix',
        TagSpecifications,
      }).SubnetCidrReservation.SubnetCidrReservationId,
  ],
];

describe.each(KINDS)('tags of a %s', (type, make) => {
  it('are set at creation, changed, listed and removed', () => {
    const { ec2 } = newAccount();
    const id = make(ec2, specification(type));
    const list = () => ec2('DescribeTags', { Filters: [{ Name: 'resource-id', Values: [id] }] }).Tags;
    expect(list()).toEqual([{ ResourceId: id, ResourceType: type, ...TAGS[0] }]);
    ec2('CreateTags', {
      Resources: [id],
      Tags: [
        { Key: 'Name', Value: 'other' },
        { Key: '__proto__', Value: 'key' },
      ],
    });
    expect(list()).toMatchObject([
      { Key: 'Name', Value: 'other' },
      { Key: '__proto__', Value: 'key' },
    ]);
    ec2('DeleteTags', { Resources: [id], Tags: [{ Key: 'Name', Value: 'main' }, { Key: '__proto__' }] });
    expect(list()).toMatchObject([{ Key: 'Name', Value: 'other' }]);
    ec2('DeleteTags', { Resources: [id] });
    expect(list()).toEqual([]);
  });

  it('are refused for another type', () => {
    const { ec2 } = newAccount();
    const hasOwnCode = ['vpc', 'subnet', 'network-interface', 'security-group-rule'].includes(type); // aws B7
    const invalid = hasOwnCode ? 'InvalidParameter' : 'InvalidParameterValue';
    const words = "^'instance' is not a valid taggable resource type for this operation.$";
    expect(() => make(ec2, specification('instance'))).toThrow(refusal(invalid, words));
  });
});

answers('CreateTags', newAccount)`
  refuses wrong input
    id = newVpc
    CreateTags {Resources: [$id], Tags: [{Key: aws:mine, Value: a}]} !InvalidParameterValue # the prefix is reserved
    CreateTags {Resources: [$id], Tags: [{Key: '', Value: a}]} !InvalidTagKey.Malformed # an empty key
    # a key twice
    CreateTags {Resources: [$id], Tags: [{Key: a, Value: '1'}, {Key: a, Value: '2'}]} !InvalidParameterValue
    CreateTags {Resources: [$id], Tags: [{Key: ${'k'.repeat(128)}, Value: a}]} !InvalidParameterValue # a key too long
    CreateTags {Resources: [$id], Tags: [{Key: a, Value: ${'v'.repeat(256)}}]} !InvalidParameterValue # a value too long
    # more than fifty
    CreateTags {Resources: [$id], Tags: ${Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' }))}}
      !TagLimitExceeded
    CreateTags {Resources: [$id], Tags: []} !MissingParameter # no tags
    CreateTags {Tags: ${TAGS}, Resources: [vpc-00000000000000000]} !InvalidVpcID.NotFound # no such VPC
    CreateTags {Tags: ${TAGS}, Resources: [vpc-1]} !InvalidVpcID.NotFound # not an ID
    CreateTags {Tags: ${TAGS}, Resources: [thing-1]} !InvalidID # an ID of no kind
    DescribeTags -> {Tags: []}
  sets tags on all resources or on none
    vpc = newVpc
    CreateTags {Resources: [$vpc, subnet-00000000000000000], Tags: ${TAGS}} !InvalidSubnetID.NotFound
    DescribeTags -> {Tags: []}
`;
