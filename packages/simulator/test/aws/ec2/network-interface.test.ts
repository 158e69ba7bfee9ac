import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal } from './account.js';

const newPlace = (options: Parameters<typeof newAccount>[0] = {}) => {
  const account = newAccount(options);
  const { ec2 } = account;
  const VpcId = newVpc(ec2);
  return { ...account, VpcId, SubnetId: newSubnet(ec2, VpcId, '10.0.0.0/24') };
};

describe('CreateNetworkInterface', () => {
  // Terraform's aws_network_interface waits until the new interface is available.
  it('makes an interface that is attached to nothing, also where its address is registered as a target', () => {
    const { ec2, sim, VpcId, SubnetId } = newPlace();
    const elb = (operation: string, input: object): any =>
      sim.call({ service: 'elasticloadbalancingv2', operation, region: 'us-east-1' }, input);
    const group = { Name: 'a', Protocol: 'TCP', Port: 80, VpcId, TargetType: 'ip' };
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.0.30' }] });
    const row = newInterface(ec2, SubnetId, { PrivateIpAddress: '10.0.0.30' });
    expect(row.Status).toBe('available');
    const status = () => ec2('DescribeNetworkInterfaces').NetworkInterfaces.map((one: any) => one.Status);
    expect(status()).toEqual(['available']);
    newInterface(ec2, SubnetId, { PrivateIpAddress: '10.0.0.31' });
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.0.31' }] });
    expect(status()).toEqual(['available', 'available']);
  });

  it('has the default group unless others are named', () => {
    const { ec2, VpcId, SubnetId } = newPlace();
    const row = newInterface(ec2, SubnetId, { Description: 'mine' });
    expect(row).toMatchObject({
      Groups: [{ GroupName: 'default' }],
      Description: 'mine',
      InterfaceType: 'interface',
      VpcId,
      RequesterManaged: false,
      SourceDestCheck: true,
      TagSet: [],
    });
    expect(row.MacAddress).toMatch(/^0a(:[0-9a-f]{2}){5}$/);
    expect(row.PrivateDnsName).toBeUndefined();
    ec2('ModifyVpcAttribute', { VpcId, EnableDnsHostnames: { Value: true } });
    const [{ PrivateDnsName }] = ec2('DescribeNetworkInterfaces').NetworkInterfaces;
    expect(PrivateDnsName).toBe(`ip-${row.PrivateIpAddress.replaceAll('.', '-')}.ec2.internal`);
  });

  it('refuses a group of another VPC, and more than five', () => {
    const { ec2, VpcId, SubnetId } = newPlace();
    const far = newGroup(ec2, newVpc(ec2, '10.9.0.0/16'), 'far');
    expect(() => newInterface(ec2, SubnetId, { Groups: [far] })).toThrow(
      refusal('InvalidParameter', 'different networks'),
    );
    const Groups = Array.from({ length: 6 }, (_, n) => newGroup(ec2, VpcId, `g${n}`));
    expect(() => newInterface(ec2, SubnetId, { Groups })).toThrow(refusal('SecurityGroupsPerInterfaceLimitExceeded'));
  });
});

answers('CreateNetworkInterface', newPlace)`
  refuses wrong input
    newInterface [$SubnetId, {PrivateIpAddress: 10.0.0.9}]
    newInterface [$SubnetId, {PrivateIpAddress: 10.0.0.3}] !InvalidParameterValue # reserved at the start
    newInterface [$SubnetId, {PrivateIpAddress: 10.0.0.255}] !InvalidParameterValue # the broadcast address
    newInterface [$SubnetId, {PrivateIpAddress: 10.0.1.4}] !InvalidParameterValue # outside the subnet
    newInterface [$SubnetId, {PrivateIpAddress: 10.0.0}] !InvalidParameterValue # not an address
    newInterface [$SubnetId, {PrivateIpAddress: 10.0.0.9}] !InvalidIPAddress.InUse # taken
    newInterface [$SubnetId, {Groups: [sg-00000000000000000]}] !InvalidSecurityGroupID.NotFound # no such group
    newInterface [$SubnetId, {Groups: [web]}] !InvalidGroupId.Malformed # a name, not an ID
    # a kind that users cannot create
    newInterface [$SubnetId, {InterfaceType: api_gateway_managed}] !InvalidParameterValue
    newInterface [$SubnetId, {SubnetId: subnet-00000000000000000}] !InvalidSubnetID.NotFound # no such subnet
    newInterface [$SubnetId, {Ipv6AddressCount: 1}] !InvalidParameterValue # the subnet has no IPv6 block
    newInterface [$SubnetId, {Ipv4PrefixCount: 1}] !UnsupportedOperation # not simulated
    # named and counted
    newInterface [$SubnetId, {PrivateIpAddresses: [{PrivateIpAddress: 10.0.0.20}], SecondaryPrivateIpAddressCount: 1}]
      !InvalidParameterCombination
    # more than are free
    newInterface [$SubnetId, {SecondaryPrivateIpAddressCount: 250}] !InsufficientFreeAddressesInSubnet
    DescribeSubnets {SubnetIds: [$SubnetId]} -> {Subnets.0.AvailableIpAddressCount: 250}
  returns the same interface for the same token, and refuses another request with it
    first = newInterface [$SubnetId, {ClientToken: once}]
    newInterface [$SubnetId, {ClientToken: once}] == $first
    newInterface [$SubnetId, {ClientToken: once, Description: other}] !IdempotentParameterMismatch
    DescribeNetworkInterfaces -> {NetworkInterfaces.length: 1}
`;

answers('CreateNetworkInterface', () => newPlace({ quotas: { 'network-interfaces': 1 } }))`
  stops at the quota
    newInterface $SubnetId
    newInterface $SubnetId !NetworkInterfaceLimitExceeded
`;

describe('secondary addresses', () => {
  const addressesOf = (row: any) => row.PrivateIpAddresses.map((one: any) => [one.PrivateIpAddress, one.Primary]);

  it('are created with the interface, named or counted', () => {
    const { ec2, SubnetId } = newPlace();
    const PrivateIpAddresses = [{ PrivateIpAddress: '10.0.0.20' }, { PrivateIpAddress: '10.0.0.21', Primary: true }];
    expect(addressesOf(newInterface(ec2, SubnetId, { PrivateIpAddresses }))).toEqual([
      ['10.0.0.21', true],
      ['10.0.0.20', false],
    ]);
    const counted = newInterface(ec2, SubnetId, { SecondaryPrivateIpAddressCount: 2 });
    expect(addressesOf(counted)).toHaveLength(3);
    expect(ec2('DescribeSubnets', { SubnetIds: [SubnetId] }).Subnets[0].AvailableIpAddressCount).toBe(251 - 5);
  });
});

answers('secondary addresses', newPlace)`
  are assigned, moved and unassigned
    newInterface $SubnetId
    other = newInterface $SubnetId
    AssignPrivateIpAddresses {NetworkInterfaceId: $NetworkInterfaceId, PrivateIpAddresses: [10.0.0.20]}
    AssignPrivateIpAddresses {NetworkInterfaceId: $other.NetworkInterfaceId, PrivateIpAddresses: [10.0.0.20]}
      !InvalidIPAddress.InUse
    AssignPrivateIpAddresses {NetworkInterfaceId: $other.NetworkInterfaceId, PrivateIpAddresses: [10.0.0.20],
      AllowReassignment: true}
    DescribeNetworkInterfaces {Filters: [{Name: addresses.private-ip-address, Values: [10.0.0.20]}]}
      -> {NetworkInterfaces: [{NetworkInterfaceId: $other.NetworkInterfaceId}]}
    UnassignPrivateIpAddresses {NetworkInterfaceId: $other.NetworkInterfaceId, PrivateIpAddresses: [10.0.0.20]}
    UnassignPrivateIpAddresses {NetworkInterfaceId: $other.NetworkInterfaceId, PrivateIpAddresses: [10.0.0.20]}
      !InvalidParameterValue
    DescribeSubnets {SubnetIds: [$SubnetId]} -> {Subnets.0.AvailableIpAddressCount: 249}
  never include the primary one
    newInterface $SubnetId
    UnassignPrivateIpAddresses {NetworkInterfaceId: $NetworkInterfaceId, PrivateIpAddresses: [$PrivateIpAddress]}
      !InvalidParameterValue
`;

answers('ModifyNetworkInterfaceAttribute', newPlace)`
  changes {"Description":{"Value":"new"}}
    newInterface $SubnetId
    ModifyNetworkInterfaceAttribute {NetworkInterfaceId: $NetworkInterfaceId, Description: {Value: new}}
    DescribeNetworkInterfaces -> {NetworkInterfaces: [{Description: new}]}
  changes {"SourceDestCheck":{"Value":false}}
    newInterface $SubnetId
    ModifyNetworkInterfaceAttribute {NetworkInterfaceId: $NetworkInterfaceId, SourceDestCheck: {Value: false}}
    DescribeNetworkInterfaces -> {NetworkInterfaces: [{SourceDestCheck: false}]}
  changes groups
    newInterface $SubnetId
    web = newGroup [$VpcId, web]
    ModifyNetworkInterfaceAttribute {NetworkInterfaceId: $NetworkInterfaceId, Groups: [$web]}
    DescribeNetworkInterfaces -> {NetworkInterfaces: [{Groups: [{GroupId: $web, GroupName: web}]}]}
  refuses wrong input
    newInterface $SubnetId
    ModifyNetworkInterfaceAttribute {NetworkInterfaceId: $NetworkInterfaceId} !MissingParameter # nothing to change
    ModifyNetworkInterfaceAttribute {NetworkInterfaceId: $NetworkInterfaceId, Description: {Value: a},
      SourceDestCheck: {Value: true}} !InvalidParameterCombination
    # not attached
    ModifyNetworkInterfaceAttribute {NetworkInterfaceId: $NetworkInterfaceId, Attachment: {AttachmentId: eni-attach-1,
      DeleteOnTermination: true}} !InvalidAttachmentID.NotFound
`;

describe('interfaces that a service manages', () => {
  /** A load balancer's are attached, a VPC link's are operated. */
  const managed = async () => {
    const { ec2, sim, VpcId, SubnetId } = newPlace();
    const region = 'us-east-1';
    const group = newGroup(ec2, VpcId, 'link');
    const input = { Name: 'shop', SubnetIds: [SubnetId], SecurityGroupIds: [group] };
    sim.call({ service: 'apigatewayv2', operation: 'CreateVpcLink', region }, input);
    await sim.advance(600_000);
    const Filters = [{ Name: 'interface-type', Values: ['api_gateway_managed'] }];
    const list = () => ec2('DescribeNetworkInterfaces', { Filters }).NetworkInterfaces;
    return { ec2, sim, SubnetId, group, list };
  };

  it('are found by their kind, and use an address each', async () => {
    const { ec2, SubnetId, group, list } = await managed();
    expect(list()).toMatchObject([
      {
        RequesterManaged: true,
        Status: 'in-use',
        Operator: { Managed: true, Principal: 'apigateway.amazonaws.com' },
        Groups: [{ GroupId: group }],
      },
    ]);
    expect(ec2('DescribeSubnets', { SubnetIds: [SubnetId] }).Subnets[0].AvailableIpAddressCount).toBe(250);
  });

  it('cannot be changed or deleted, and hold their subnet and group', async () => {
    const { ec2, SubnetId, group, list } = await managed();
    const [{ NetworkInterfaceId }] = list();
    const change = { NetworkInterfaceId, Description: { Value: 'mine' } };
    expect(() => ec2('ModifyNetworkInterfaceAttribute', change)).toThrow(refusal('OperationNotPermitted'));
    const remove = () => ec2('DeleteNetworkInterface', { NetworkInterfaceId });
    expect(remove).toThrow(refusal('InvalidNetworkInterface.InUse', `'${NetworkInterfaceId}' is currently in use`));
    expect(() => ec2('DeleteSubnet', { SubnetId })).toThrow(refusal('DependencyViolation'));
    expect(() => ec2('DeleteSecurityGroup', { GroupId: group })).toThrow(refusal('DependencyViolation'));
  });
});
