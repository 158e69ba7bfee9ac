import { describe, expect, it } from 'vitest';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal } from './account.js';

const newPlace = (options: Parameters<typeof newAccount>[0] = {}) => {
  const { ec2, sim } = newAccount(options);
  const VpcId = newVpc(ec2);
  const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
  return { ec2, sim, VpcId, SubnetId };
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

  it.each<[object, string, string]>([
    [{ PrivateIpAddress: '10.0.0.3' }, 'InvalidParameterValue', 'reserved at the start'],
    [{ PrivateIpAddress: '10.0.0.255' }, 'InvalidParameterValue', 'the broadcast address'],
    [{ PrivateIpAddress: '10.0.1.4' }, 'InvalidParameterValue', 'outside the subnet'],
    [{ PrivateIpAddress: '10.0.0' }, 'InvalidParameterValue', 'not an address'],
    [{ PrivateIpAddress: '10.0.0.9' }, 'InvalidIPAddress.InUse', 'taken'],
    [{ Groups: ['sg-00000000000000000'] }, 'InvalidSecurityGroupID.NotFound', 'no such group'],
    [{ Groups: ['web'] }, 'InvalidGroupId.Malformed', 'a name, not an ID'],
    [{ InterfaceType: 'api_gateway_managed' }, 'InvalidParameterValue', 'a kind that users cannot create'],
    [{ SubnetId: 'subnet-00000000000000000' }, 'InvalidSubnetID.NotFound', 'no such subnet'],
    [{ Ipv6AddressCount: 1 }, 'InvalidParameterValue', 'the subnet has no IPv6 block'],
    [{ Ipv4PrefixCount: 1 }, 'UnsupportedOperation', 'not simulated'],
    [
      { PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.20' }], SecondaryPrivateIpAddressCount: 1 },
      'InvalidParameterCombination',
      'named and counted',
    ],
    [{ SecondaryPrivateIpAddressCount: 250 }, 'InsufficientFreeAddressesInSubnet', 'more than are free'],
  ])('refuses %j with %s: %s', (more, code) => {
    const { ec2, SubnetId } = newPlace();
    newInterface(ec2, SubnetId, { PrivateIpAddress: '10.0.0.9' });
    expect(() => newInterface(ec2, SubnetId, more)).toThrow(refusal(code));
    expect(ec2('DescribeSubnets', { SubnetIds: [SubnetId] }).Subnets[0].AvailableIpAddressCount).toBe(250);
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

  it('returns the same interface for the same token, and refuses another request with it', () => {
    const { ec2, SubnetId } = newPlace();
    const first = newInterface(ec2, SubnetId, { ClientToken: 'once' });
    expect(newInterface(ec2, SubnetId, { ClientToken: 'once' })).toEqual(first);
    const other = () => newInterface(ec2, SubnetId, { ClientToken: 'once', Description: 'other' });
    expect(other).toThrow(refusal('IdempotentParameterMismatch'));
    expect(ec2('DescribeNetworkInterfaces').NetworkInterfaces).toHaveLength(1);
  });

  it('stops at the quota', () => {
    const { ec2, SubnetId } = newPlace({ quotas: { 'network-interfaces': 1 } });
    newInterface(ec2, SubnetId);
    expect(() => newInterface(ec2, SubnetId)).toThrow(refusal('NetworkInterfaceLimitExceeded'));
  });
});

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

  it('are assigned, moved and unassigned', () => {
    const { ec2, SubnetId } = newPlace();
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    const other = newInterface(ec2, SubnetId).NetworkInterfaceId;
    const PrivateIpAddresses = ['10.0.0.20'];
    ec2('AssignPrivateIpAddresses', { NetworkInterfaceId, PrivateIpAddresses });
    const move = (more: object) =>
      ec2('AssignPrivateIpAddresses', { NetworkInterfaceId: other, PrivateIpAddresses, ...more });
    expect(() => move({})).toThrow(refusal('InvalidIPAddress.InUse'));
    move({ AllowReassignment: true });
    const Filters = [{ Name: 'addresses.private-ip-address', Values: PrivateIpAddresses }];
    expect(ec2('DescribeNetworkInterfaces', { Filters }).NetworkInterfaces).toMatchObject([
      { NetworkInterfaceId: other },
    ]);
    const give = () => ec2('UnassignPrivateIpAddresses', { NetworkInterfaceId: other, PrivateIpAddresses });
    give();
    expect(give).toThrow(refusal('InvalidParameterValue'));
    expect(ec2('DescribeSubnets', { SubnetIds: [SubnetId] }).Subnets[0].AvailableIpAddressCount).toBe(249);
  });

  it('never include the primary one', () => {
    const { ec2, SubnetId } = newPlace();
    const { NetworkInterfaceId, PrivateIpAddress } = newInterface(ec2, SubnetId);
    const input = { NetworkInterfaceId, PrivateIpAddresses: [PrivateIpAddress] };
    expect(() => ec2('UnassignPrivateIpAddresses', input)).toThrow(refusal('InvalidParameterValue'));
  });
});

describe('ModifyNetworkInterfaceAttribute', () => {
  it.each([
    [{ Description: { Value: 'new' } }, { Description: 'new' }, 'description', { Description: { Value: 'new' } }],
    [
      { SourceDestCheck: { Value: false } },
      { SourceDestCheck: false },
      'sourceDestCheck',
      { SourceDestCheck: { Value: false } },
    ],
  ])('changes %j', (input, expected, Attribute, attribute) => {
    const { ec2, SubnetId } = newPlace();
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...input });
    expect(ec2('DescribeNetworkInterfaces').NetworkInterfaces).toMatchObject([expected]);
    expect(ec2('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId, Attribute })).toMatchObject(attribute);
  });

  it('changes groups', () => {
    const { ec2, VpcId, SubnetId } = newPlace();
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    const web = newGroup(ec2, VpcId, 'web');
    ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [web] });
    const { Groups } = ec2('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId, Attribute: 'groupSet' });
    expect(Groups).toEqual([{ GroupId: web, GroupName: 'web' }]);
  });

  it.each<[object, string, string]>([
    [{}, 'MissingParameter', 'nothing to change'],
    [{ Description: { Value: 'a' }, SourceDestCheck: { Value: true } }, 'InvalidParameterCombination', 'two'],
    [
      { Attachment: { AttachmentId: 'eni-attach-1', DeleteOnTermination: true } },
      'InvalidAttachmentID.NotFound',
      'not attached',
    ],
  ])('refuses %j with %s: %s', (input, code) => {
    const { ec2, SubnetId } = newPlace();
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    expect(() => ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...input })).toThrow(refusal(code));
  });
});

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
    const list = (more: object = {}) => ec2('DescribeNetworkInterfaces', { Filters, ...more }).NetworkInterfaces;
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

  it('are omitted where the account hides them, unless requested', async () => {
    const { ec2, list } = await managed();
    expect(ec2('GetManagedResourceVisibility').Visibility).toEqual({ DefaultVisibility: 'visible' });
    ec2('ModifyManagedResourceVisibility', { DefaultVisibility: 'hidden' });
    expect(list()).toEqual([]);
    expect(list({ IncludeManagedResources: true })).toHaveLength(1);
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
