import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newInterface, newSubnet, newVpc, refusal } from './account.js';

describe('CreateSubnet', () => {
  it.each<[object, string, string]>([
    [{ AvailabilityZone: 'us-east-1z' }, 'InvalidParameterValue', 'no such zone'],
    [{ AvailabilityZoneId: 'use1-az9' }, 'InvalidParameterValue', 'no such zone id'],
    [{ AvailabilityZoneId: 'euw1-az1' }, 'InvalidParameterValue', "another region's zone"],
    [{ AvailabilityZone: 'us-east-1a', AvailabilityZoneId: 'use1-az1' }, 'InvalidParameterCombination', 'both'],
    [{ VpcId: 'vpc-00000000000000000' }, 'InvalidVpcID.NotFound', 'no such VPC'],
    [{ VpcId: 'vpc-1' }, 'InvalidVpcID.NotFound', 'not an ID: EC2 does not check the format'],
    [{ OutpostArn: 'arn:aws:outposts:us-east-1:111122223333:outpost/op-1' }, 'UnsupportedOperation', 'not simulated'],
  ])('refuses %j with %s: %s', (more, code) => {
    const { ec2 } = newAccount();
    const input = { VpcId: newVpc(ec2), CidrBlock: '10.0.0.0/24', ...more };
    expect(() => ec2('CreateSubnet', input)).toThrow(refusal(code));
  });

  it.each([
    ['10.0.0.0/28', 11],
    ['10.0.0.0/27', 27],
    ['10.0.0.0/26', 59],
    ['10.0.0.0/24', 251],
    ['10.0.0.0/16', 65_531],
  ])('of %s leaves %i addresses: five are reserved', (CidrBlock, count) => {
    const { ec2 } = newAccount();
    const { Subnet } = ec2('CreateSubnet', { VpcId: newVpc(ec2), CidrBlock });
    expect(Subnet).toMatchObject({ AvailableIpAddressCount: count, State: 'available', MapPublicIpOnLaunch: false });
  });
});

answers('CreateSubnet', newAccount)`
  refuses wrong input
    VpcId = newVpc
    newSubnet [$VpcId, 10.0.1.0/24]
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.0.0.0/15} !InvalidSubnet.Range # larger than its VPC
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.0.0.0/29} !InvalidSubnet.Range # smaller than /28
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.1.0.0/24} !InvalidSubnet.Range # outside the VPC
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.0.1.0/24} !InvalidSubnet.Conflict # the same as another
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.0.0.0/23} !InvalidSubnet.Conflict # around another
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.0.1.128/25} !InvalidSubnet.Conflict # within another
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.0.1/24} !InvalidParameterValue # not a block
    CreateSubnet {VpcId: $VpcId, CidrBlock: 2001:db8::/64} !InvalidParameterValue # of the other family
    DescribeSubnets {Filters: [{Name: vpc-id, Values: [$VpcId]}]} -> {Subnets.length: 1}
  creates subnets in the given zone, by name or ID, and with the default network ACL
    VpcId = newVpc
    DescribeAvailabilityZones {ZoneIds: [use1-az3]}
    CreateSubnet {VpcId: $VpcId, CidrBlock: 10.0.0.0/24, AvailabilityZoneId: use1-az3}
      -> {Subnet: {AvailabilityZone: $ZoneName, AvailabilityZoneId: use1-az3}}
    DescribeNetworkAcls {Filters: [{Name: association.subnet-id, Values: [$SubnetId]}]}
      -> {NetworkAcls: [{IsDefault: true, VpcId: $VpcId}]}
    DescribeRouteTables {Filters: [{Name: association.subnet-id, Values: [$SubnetId]}]} -> {RouteTables: []}
`;

answers('CreateSubnet', () => newAccount({ quotas: { 'subnets-per-vpc': 1 } }))`
  stops at the quota
    VpcId = newVpc
    newSubnet [$VpcId, 10.0.0.0/24]
    newSubnet [$VpcId, 10.0.1.0/24] !SubnetLimitExceeded
`;

describe('addresses of a subnet', () => {
  it('are given one by one until none is free, none twice, none that is reserved', () => {
    const { ec2 } = newAccount();
    const SubnetId = newSubnet(ec2, newVpc(ec2), '10.0.0.16/28');
    const free = () => ec2('DescribeSubnets', { SubnetIds: [SubnetId] }).Subnets[0].AvailableIpAddressCount;
    const given: string[] = [];
    for (let left = 11; left > 0; left -= 1) {
      expect(free()).toBe(left);
      given.push(newInterface(ec2, SubnetId).PrivateIpAddress);
    }
    expect(given.sort()).toEqual(Array.from({ length: 11 }, (_, index) => `10.0.0.${20 + index}`).sort());
    expect(() => newInterface(ec2, SubnetId)).toThrow(refusal('InsufficientFreeAddressesInSubnet'));
    expect(free()).toBe(0);
  });

  it('are free again when interfaces are deleted, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (steps) => {
        const { ec2 } = newAccount();
        const SubnetId = newSubnet(ec2, newVpc(ec2), '10.0.0.0/28');
        const held: string[] = [];
        for (const step of steps) {
          if (step % 3 === 0 && held.length > 0) {
            ec2('DeleteNetworkInterface', { NetworkInterfaceId: held.splice(step % held.length, 1)[0] });
          } else if (held.length < 11) held.push(newInterface(ec2, SubnetId).NetworkInterfaceId);
        }
        const [{ AvailableIpAddressCount }] = ec2('DescribeSubnets', { SubnetIds: [SubnetId] }).Subnets;
        const Filters = [{ Name: 'subnet-id', Values: [SubnetId] }];
        const rows = ec2('DescribeNetworkInterfaces', { Filters }).NetworkInterfaces;
        expect(AvailableIpAddressCount).toBe(11 - held.length);
        expect(new Set(rows.map((row: any) => row.PrivateIpAddress)).size).toBe(held.length);
      }),
      { numRuns: 30 },
    );
  });

  it('that are reserved by a reservation are not given', () => {
    const { ec2 } = newAccount();
    const SubnetId = newSubnet(ec2, newVpc(ec2), '10.0.0.0/27');
    ec2('CreateSubnetCidrReservation', { SubnetId, Cidr: '10.0.0.16/28', ReservationType: 'explicit' });
    const given = Array.from({ length: 12 }, () => newInterface(ec2, SubnetId).PrivateIpAddress);
    expect(given.every((address) => Number(address.split('.')[3]) < 16)).toBe(true);
    expect(() => newInterface(ec2, SubnetId)).toThrow(refusal('InsufficientFreeAddressesInSubnet'));
    expect(newInterface(ec2, SubnetId, { PrivateIpAddress: '10.0.0.20' }).PrivateIpAddress).toBe('10.0.0.20');
  });
});

it.each<[object, string, string]>([
  [{ Cidr: '10.0.1.0/28' }, 'InvalidParameterValue', 'outside the subnet'],
  [{ Cidr: '10.0.0.0/25' }, 'InvalidParameterValue', 'overlaps another'],
  [{ Cidr: 'all' }, 'InvalidParameterValue', 'not a block'],
  [{ ReservationType: 'implicit' }, 'InvalidParameterValue', 'no such type'],
  [{ SubnetId: 'subnet-00000000000000000' }, 'InvalidSubnetID.NotFound', 'no such subnet'],
])('subnet CIDR reservations: refuses %j with %s: %s', (more, code) => {
  const { ec2 } = newAccount();
  const SubnetId = newSubnet(ec2, newVpc(ec2), '10.0.0.0/24');
  const reserve = (input: object) =>
    ec2('CreateSubnetCidrReservation', { SubnetId, Cidr: '10.0.0.16/28', ReservationType: 'prefix', ...input });
  reserve({});
  expect(() => reserve(more)).toThrow(refusal(code));
});

answers('subnet CIDR reservations', newAccount)`
  are listed and deleted
    vpc = newVpc
    SubnetId = newSubnet [$vpc, 10.0.0.0/24]
    CreateSubnetCidrReservation {SubnetId: $SubnetId, Cidr: 10.0.0.16/28, ReservationType: prefix, Description: kept}
    GetSubnetCidrReservations {SubnetId: $SubnetId} -> {SubnetIpv4CidrReservations: [$SubnetCidrReservation]}
    DeleteSubnetCidrReservation {SubnetCidrReservationId: $SubnetCidrReservationId}
    GetSubnetCidrReservations {SubnetId: $SubnetId} -> {SubnetIpv4CidrReservations: []}
    DeleteSubnetCidrReservation {SubnetCidrReservationId: $SubnetCidrReservationId}
      !InvalidSubnetCidrReservationID.NotFound
`;

describe('ModifySubnetAttribute', () => {
  it.each([
    [{ MapPublicIpOnLaunch: { Value: true } }, { MapPublicIpOnLaunch: true }],
    [{ EnableDns64: { Value: true } }, { EnableDns64: true }],
    [
      { PrivateDnsHostnameTypeOnLaunch: 'resource-name' },
      { PrivateDnsNameOptionsOnLaunch: { HostnameType: 'resource-name' } },
    ],
    [
      { EnableResourceNameDnsARecordOnLaunch: { Value: true } },
      { PrivateDnsNameOptionsOnLaunch: { EnableResourceNameDnsARecord: true } },
    ],
    [{ EnableLniAtDeviceIndex: 1 }, { EnableLniAtDeviceIndex: 1 }],
  ])('changes %j', (input, expected) => {
    const { ec2 } = newAccount();
    const SubnetId = newSubnet(ec2, newVpc(ec2), '10.0.0.0/24');
    ec2('ModifySubnetAttribute', { SubnetId, ...input });
    expect(ec2('DescribeSubnets', { SubnetIds: [SubnetId] }).Subnets).toMatchObject([expected]);
  });

  it.each<[object, string, string]>([
    [{}, 'MissingParameter', 'nothing to change'],
    [{ MapPublicIpOnLaunch: { Value: true }, EnableDns64: { Value: true } }, 'InvalidParameterCombination', 'two'],
    [{ AssignIpv6AddressOnCreation: { Value: true } }, 'InvalidParameterValue', 'no IPv6 block to assign from'],
    [{ MapCustomerOwnedIpOnLaunch: { Value: true } }, 'UnsupportedOperation', 'not simulated'],
  ])('refuses %j with %s: %s', (input, code) => {
    const { ec2 } = newAccount();
    const SubnetId = newSubnet(ec2, newVpc(ec2), '10.0.0.0/24');
    expect(() => ec2('ModifySubnetAttribute', { SubnetId, ...input })).toThrow(refusal(code));
  });
});

describe('IPv6 blocks of subnets', () => {
  const withIpv6 = () => {
    const { ec2 } = newAccount();
    const { Vpc } = ec2('CreateVpc', { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true });
    const prefix: string = Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock.replace('00::/56', '');
    return { ec2, VpcId: Vpc.VpcId as string, block: (n: number) => `${prefix}0${n}::/64` };
  };

  it('are parts of the VPC’s block, and interfaces get addresses of them', () => {
    const { ec2, VpcId, block } = withIpv6();
    const { Subnet } = ec2('CreateSubnet', { VpcId, CidrBlock: '10.0.0.0/24', Ipv6CidrBlock: block(1) });
    expect(Subnet.Ipv6CidrBlockAssociationSet).toMatchObject([{ Ipv6CidrBlock: block(1) }]);
    const one = newInterface(ec2, Subnet.SubnetId, { Ipv6AddressCount: 2 });
    expect(one.Ipv6Addresses).toHaveLength(2);
    expect(one.Ipv6Address.startsWith(block(1).replace('::/64', ':'))).toBe(true);
    const conflict = { VpcId, CidrBlock: '10.0.1.0/24', Ipv6CidrBlock: block(1) };
    expect(() => ec2('CreateSubnet', conflict)).toThrow(refusal('InvalidSubnet.Conflict'));
    expect(() => ec2('CreateSubnet', { ...conflict, Ipv6CidrBlock: '2001:db8::/64' })).toThrow(
      refusal('InvalidSubnet.Range'),
    );
  });

  it('can be added later, once, and removed', () => {
    const { ec2, VpcId, block } = withIpv6();
    const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
    const { Ipv6CidrBlockAssociation: made } = ec2('AssociateSubnetCidrBlock', { SubnetId, Ipv6CidrBlock: block(2) });
    const again = () => ec2('AssociateSubnetCidrBlock', { SubnetId, Ipv6CidrBlock: block(3) });
    expect(again).toThrow(refusal('CidrLimitExceeded'));
    ec2('DisassociateSubnetCidrBlock', { AssociationId: made.AssociationId });
    expect(again().Ipv6CidrBlockAssociation.Ipv6CidrBlock).toBe(block(3));
  });
});

answers('DeleteSubnet', newAccount)`
  is refused while an interface is in it, and deletes associations
    VpcId = newVpc
    SubnetId = newSubnet [$VpcId, 10.0.0.0/24]
    CreateRouteTable {VpcId: $VpcId}
    AssociateRouteTable {RouteTableId: $RouteTableId, SubnetId: $SubnetId}
    newInterface $SubnetId
    DeleteSubnet {SubnetId: $SubnetId}
      !DependencyViolation: The subnet '$SubnetId' has dependencies and cannot be deleted.
    DeleteNetworkInterface {NetworkInterfaceId: $NetworkInterfaceId}
    DeleteSubnet {SubnetId: $SubnetId}
    DeleteRouteTable {RouteTableId: $RouteTableId}
    DeleteVpc {VpcId: $VpcId}
    DeleteSubnet {SubnetId: $SubnetId} !InvalidSubnetID.NotFound /The subnet ID '$SubnetId' does not exist/
`;
