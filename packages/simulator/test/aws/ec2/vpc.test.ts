import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal } from './account.js';

answers('CreateVpc', newAccount)`
  refuses wrong input
    CreateVpc {CidrBlock: 10.0.0.0/15} !InvalidVpc.Range # larger than /16
    CreateVpc {CidrBlock: 10.0.0.0/29} !InvalidVpc.Range # smaller than /28
    CreateVpc {CidrBlock: 169.254.0.0/16} !InvalidVpc.Range # link-local
    CreateVpc {CidrBlock: 127.0.0.0/16} !InvalidVpc.Range # loopback
    CreateVpc {CidrBlock: 10.0.0.0/33} !InvalidParameterValue # not a block
    CreateVpc {CidrBlock: 10.0.0/16} !InvalidParameterValue # three octets
    CreateVpc {CidrBlock: 10.0.0.0} !InvalidParameterValue # no prefix length
    CreateVpc {CidrBlock: 2001:db8::/56} !InvalidParameterValue # IPv6 comes from a pool
    DescribeVpcs -> {Vpcs.length: 1}
  clears host bits, and starts pending
    CreateVpc {CidrBlock: 100.68.0.18/18} -> {Vpc: {CidrBlock: 100.68.0.0/18, State: pending, IsDefault: false}}
    DescribeVpcs {VpcIds: [$VpcId]} -> {Vpcs: [{State: available}]}
  creates its own route table, network ACL and security group
    vpc = newVpc
    DescribeRouteTables {Filters: [{Name: vpc-id, Values: [$vpc]}]} -> {RouteTables: [{Associations: [{Main: true}]}]}
    DescribeNetworkAcls {Filters: [{Name: vpc-id, Values: [$vpc]}]} -> {NetworkAcls: [{IsDefault: true}]}
    DescribeSecurityGroups {Filters: [{Name: vpc-id, Values: [$vpc]}]} -> {SecurityGroups: [{GroupName: default}]}
  does nothing on a dry run
    CreateVpc {CidrBlock: 10.0.0.0/16, DryRun: true} !412 DryRunOperation
    DescribeVpcs -> {Vpcs.length: 1}
  refuses parameters that are not simulated instead of ignoring them
    CreateVpc {Ipv4IpamPoolId: ipam-pool-1} !UnsupportedOperation
`;

answers('CreateVpc', () => newAccount({ quotas: { vpcs: 2 } }))`
  stops at the quota, which a world can raise
    newVpc
    newVpc !VpcLimitExceeded
`;

describe('secondary CIDR blocks', () => {
  it.each<[string, string, string | undefined, string]>([
    ['10.0.0.0/16', '10.1.0.0/16', undefined, 'of the same private range'],
    ['10.0.0.0/16', '100.64.0.0/16', undefined, 'of the shared range'],
    ['10.0.0.0/16', '203.0.113.0/24', undefined, 'public'],
    ['10.0.0.0/16', '10.0.128.0/24', 'InvalidVpc.Range', 'overlaps the primary one'],
    ['10.0.0.0/16', '192.168.0.0/24', 'InvalidVpc.Range', 'another private range'],
    ['10.0.0.0/16', '172.16.0.0/16', 'InvalidVpc.Range', 'another private range'],
    ['10.0.0.0/16', '198.19.0.0/24', 'InvalidVpc.Range', 'restricted for every private range'],
    ['10.1.0.0/16', '10.0.0.0/24', 'InvalidVpc.Range', '10.0.0.0/16 is not allowed for VPCs of 10.0.0.0/15'],
    ['172.16.0.0/16', '172.31.0.0/24', 'InvalidVpc.Range', 'the range of default VPCs'],
    ['172.16.0.0/16', '172.20.0.0/16', undefined, 'of the same private range'],
    ['192.168.0.0/24', '192.168.1.0/24', undefined, 'of the same private range'],
    ['100.64.0.0/16', '10.0.0.0/16', 'InvalidVpc.Range', 'private in addition to shared'],
  ])('of a VPC %s: %s (%s: %s)', (primary, CidrBlock, code) => {
    const { ec2 } = newAccount();
    const VpcId = newVpc(ec2, primary);
    const associate = () => ec2('AssociateVpcCidrBlock', { VpcId, CidrBlock });
    if (code !== undefined) return expect(associate).toThrow(refusal(code));
    expect(associate().CidrBlockAssociation).toMatchObject({ CidrBlock, CidrBlockState: { State: 'associating' } });
    const Filters = [{ Name: 'cidr-block-association.cidr-block', Values: [CidrBlock] }];
    expect(ec2('DescribeVpcs', { Filters }).Vpcs).toMatchObject([{ VpcId }]);
  });

  it('of IPv6 come from Amazon and add rules to the network ACLs', () => {
    const { ec2 } = newAccount();
    const VpcId = newVpc(ec2);
    const { Ipv6CidrBlockAssociation: block } = ec2('AssociateVpcCidrBlock', {
      VpcId,
      AmazonProvidedIpv6CidrBlock: true,
    });
    expect(block.Ipv6CidrBlock).toMatch(/^2600:1f00:[0-9a-f:]+::\/56$/);
    const rules = () => {
      const [acl] = ec2('DescribeNetworkAcls', { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }).NetworkAcls;
      const six = acl.Entries.filter((entry: any) => entry.Ipv6CidrBlock === '::/0' && !entry.Egress);
      return six.map((entry: any) => `${entry.RuleNumber} ${entry.RuleAction}`).sort();
    };
    expect(rules()).toEqual(['101 allow', '32768 deny']);
    ec2('DisassociateVpcCidrBlock', { AssociationId: block.AssociationId });
    expect(rules()).toEqual(['101 allow']); // what a user may delete is kept
  });
});

answers('secondary CIDR blocks', newAccount)`
  are five at most, including the primary one
    VpcId = newVpc
    AssociateVpcCidrBlock {VpcId: $VpcId, CidrBlock: 10.1.0.0/16}
    AssociateVpcCidrBlock {VpcId: $VpcId, CidrBlock: 10.2.0.0/16}
    AssociateVpcCidrBlock {VpcId: $VpcId, CidrBlock: 10.3.0.0/16}
    AssociateVpcCidrBlock {VpcId: $VpcId, CidrBlock: 10.4.0.0/16}
    AssociateVpcCidrBlock {VpcId: $VpcId, CidrBlock: 10.5.0.0/16} !CidrLimitExceeded
  are added to every route table as local routes, and removed from them
    VpcId = newVpc
    CreateRouteTable {VpcId: $VpcId}
    AssociateVpcCidrBlock {VpcId: $VpcId, CidrBlock: 10.1.0.0/16}
    DescribeRouteTables {RouteTableIds: [$RouteTableId]}
      -> {RouteTables.0.Routes.DestinationCidrBlock: [10.0.0.0/16, 10.1.0.0/16]}
    SubnetId = newSubnet [$VpcId, 10.1.1.0/24]
    DisassociateVpcCidrBlock {AssociationId: $AssociationId} !InvalidCidrBlock.InUse
    DeleteSubnet {SubnetId: $SubnetId}
    DisassociateVpcCidrBlock {AssociationId: $AssociationId}
      -> {CidrBlockAssociation.CidrBlockState.State: disassociating}
    DescribeRouteTables {RouteTableIds: [$RouteTableId]} -> {RouteTables.0.Routes.DestinationCidrBlock: [10.0.0.0/16]}
    DisassociateVpcCidrBlock {AssociationId: $AssociationId} !InvalidVpcCidrBlockAssociationID.NotFound
  do not include the primary one
    DescribeVpcs
    DisassociateVpcCidrBlock {AssociationId: $AssociationId} !OperationNotPermitted
`;

it('a default network ACL that was changed: gets no rule for IPv6 that allows everything', () => {
  const { ec2 } = newAccount();
  const VpcId = newVpc(ec2);
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const [{ NetworkAclId }] = ec2('DescribeNetworkAcls', { Filters }).NetworkAcls;
  ec2('DeleteNetworkAclEntry', { NetworkAclId, Egress: false, RuleNumber: 100 });
  ec2('AssociateVpcCidrBlock', { VpcId, AmazonProvidedIpv6CidrBlock: true });
  const [{ Entries }] = ec2('DescribeNetworkAcls', { Filters }).NetworkAcls;
  const allowed = Entries.filter((entry: any) => entry.RuleNumber === 101).map((entry: any) => entry.Egress);
  expect(allowed).toEqual([true]);
});

it.each([
  ['EnableDnsHostnames', 'enableDnsHostnames', true],
  ['EnableDnsSupport', 'enableDnsSupport', false],
  ['EnableNetworkAddressUsageMetrics', 'enableNetworkAddressUsageMetrics', true],
])('ModifyVpcAttribute: changes %s', (member, Attribute, Value) => {
  const { ec2 } = newAccount();
  const VpcId = newVpc(ec2);
  expect(ec2('DescribeVpcAttribute', { VpcId, Attribute })[member]).toEqual({ Value: !Value });
  ec2('ModifyVpcAttribute', { VpcId, [member]: { Value } });
  expect(ec2('DescribeVpcAttribute', { VpcId, Attribute })[member]).toEqual({ Value });
});

answers('ModifyVpcAttribute', newAccount)`
  changes one attribute at a time
    vpc = newVpc
    ModifyVpcAttribute {VpcId: $vpc, EnableDnsHostnames: {Value: true}, EnableDnsSupport: {Value: true}}
      !InvalidParameterCombination
`;

describe('DeleteVpc', () => {
  type Ec2 = ReturnType<typeof newAccount>['ec2'];
  const attachGateway = (ec2: Ec2, VpcId: string) => {
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    ec2('AttachInternetGateway', { InternetGatewayId, VpcId });
  };
  it.each<[string, (ec2: Ec2, VpcId: string) => unknown]>([
    ['a subnet', (ec2, VpcId) => newSubnet(ec2, VpcId, '10.0.0.0/24')],
    ['an interface', (ec2, VpcId) => newInterface(ec2, newSubnet(ec2, VpcId, '10.0.0.0/24'))],
    ['a security group', (ec2, VpcId) => newGroup(ec2, VpcId, 'web')],
    ['a route table', (ec2, VpcId) => ec2('CreateRouteTable', { VpcId })],
    ['a network ACL', (ec2, VpcId) => ec2('CreateNetworkAcl', { VpcId })],
    ['an internet gateway', attachGateway],
    ['an egress-only gateway', (ec2, VpcId) => ec2('CreateEgressOnlyInternetGateway', { VpcId })],
  ])('is refused while the VPC has %s', (_what, make) => {
    const { ec2 } = newAccount();
    const VpcId = newVpc(ec2);
    make(ec2, VpcId);
    const refused = refusal('DependencyViolation', `^The vpc '${VpcId}' has dependencies and cannot be deleted.$`);
    expect(() => ec2('DeleteVpc', { VpcId })).toThrow(refused);
  });

  it('deletes the resources that were created with the VPC, and nothing else', () => {
    const { ec2, sim } = newAccount();
    ec2('DescribeVpcs');
    const before = JSON.stringify(sim.world());
    const VpcId = newVpc(ec2);
    ec2('DeleteVpc', { VpcId });
    const rows = (world: string) =>
      JSON.stringify((JSON.parse(world) as any).clouds ?? {}).match(/"(vpc|rtb|acl|sg|sgr)-[0-9a-f]+"/g);
    expect(rows(JSON.stringify(sim.world()))).toEqual(rows(before));
    expect(() => ec2('DeleteVpc', { VpcId })).toThrow(
      refusal('InvalidVpcID.NotFound', `The vpc ID '${VpcId}' does not exist`),
    );
  });
});
