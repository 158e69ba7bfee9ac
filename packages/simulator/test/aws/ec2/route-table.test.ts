import { describe, expect, it } from 'vitest';
import { newAccount, newInterface, newSubnet, newVpc, refusal } from './account.js';

const newTable = (options: Parameters<typeof newAccount>[0] = {}) => {
  const { ec2 } = newAccount(options);
  const VpcId = newVpc(ec2);
  const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
  const { RouteTableId } = ec2('CreateRouteTable', { VpcId }).RouteTable;
  const { InternetGatewayId: GatewayId } = ec2('CreateInternetGateway').InternetGateway;
  ec2('AttachInternetGateway', { InternetGatewayId: GatewayId, VpcId });
  const table = (id = RouteTableId) => ec2('DescribeRouteTables', { RouteTableIds: [id] }).RouteTables[0];
  const route = (input: object) => ec2('CreateRoute', { RouteTableId, ...input });
  return { ec2, VpcId, SubnetId, RouteTableId, GatewayId, table, route };
};
const ANYWHERE = { DestinationCidrBlock: '0.0.0.0/0' };

describe('CreateRoute', () => {
  it.each([
    [{ DestinationCidrBlock: '192.0.2.9/24' }, { DestinationCidrBlock: '192.0.2.0/24' }],
    [{ DestinationIpv6CidrBlock: '::/0' }, { DestinationIpv6CidrBlock: '::/0' }],
  ])('to %j through a gateway', (destination, expected) => {
    const { GatewayId, table, route } = newTable();
    expect(route({ ...destination, GatewayId })).toEqual({ Return: true });
    expect(table().Routes).toMatchObject([
      { GatewayId: 'local' },
      { ...expected, GatewayId, State: 'active', Origin: 'CreateRoute' },
    ]);
  });

  it.each<[object, string, string]>([
    [{ GatewayId: 'igw-00000000000000000' }, 'InvalidGatewayID.NotFound', 'no such gateway'],
    [{ NatGatewayId: 'nat-00000000000000000' }, 'InvalidNatGatewayID.NotFound', 'there are none'],
    [{ TransitGatewayId: 'tgw-00000000000000000' }, 'InvalidTransitGatewayID.NotFound', 'there are none'],
    [{ NetworkInterfaceId: 'eni-00000000000000000' }, 'InvalidNetworkInterfaceID.NotFound', 'no such interface'],
    [{ VpcPeeringConnectionId: 'pcx-00000000000000000' }, 'InvalidVpcPeeringConnectionID.NotFound', 'no such peering'],
    [{}, 'MissingParameter', 'no target'],
    [{ GatewayId: 'igw-00000000000000000', NatGatewayId: 'nat-1' }, 'InvalidParameterCombination', 'two targets'],
    [{ DestinationCidrBlock: undefined, GatewayId: 'igw-00000000000000000' }, 'MissingParameter', 'no destination'],
    [
      { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-00000000000000000' },
      'InvalidParameterCombination',
      'two destinations',
    ],
    [{ DestinationCidrBlock: '0.0.0.0', GatewayId: 'igw-00000000000000000' }, 'InvalidParameterValue', 'not a block'],
    [
      { RouteTableId: 'rtb-00000000000000000', GatewayId: 'igw-00000000000000000' },
      'InvalidRouteTableID.NotFound',
      'no such table',
    ],
  ])('refuses %j with %s: %s', (more, code) => {
    const { route, table } = newTable();
    expect(() => route({ ...ANYWHERE, ...more })).toThrow(refusal(code));
    expect(table().Routes).toHaveLength(1);
  });

  it('refuses a destination that exists', () => {
    const { route, GatewayId } = newTable();
    route({ ...ANYWHERE, GatewayId });
    expect(() => route({ ...ANYWHERE, GatewayId })).toThrow(
      refusal('RouteAlreadyExists', '^The route identified by 0.0.0.0/0 already exists.$'),
    );
  });

  it('allows only interfaces as targets of a part of the VPC’s block', () => {
    const { ec2, route, GatewayId, SubnetId } = newTable();
    const own = { DestinationCidrBlock: '10.0.0.0/24' };
    expect(() => route({ ...own, GatewayId })).toThrow(refusal('InvalidParameterValue', 'more specific'));
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    expect(route({ ...own, NetworkInterfaceId })).toEqual({ Return: true });
  });

  it('refuses targets of another VPC', () => {
    const { ec2, route } = newTable();
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    expect(() => route({ ...ANYWHERE, GatewayId: InternetGatewayId })).toThrow(
      refusal('InvalidParameterValue', 'different networks'),
    );
    const far = newInterface(ec2, newSubnet(ec2, newVpc(ec2, '10.9.0.0/16'), '10.9.0.0/24'));
    const { NetworkInterfaceId } = far;
    expect(() => route({ ...ANYWHERE, NetworkInterfaceId })).toThrow(
      refusal('InvalidParameterValue', 'different networks'),
    );
  });

  it('counts a prefix list by its size', () => {
    const { ec2, route, GatewayId } = newTable({ quotas: { 'routes-per-route-table': 6 } });
    const list = { PrefixListName: 'partners', AddressFamily: 'IPv4', MaxEntries: 5 };
    const { PrefixListId } = ec2('CreateManagedPrefixList', list).PrefixList;
    route({ DestinationPrefixListId: PrefixListId, GatewayId });
    route({ ...ANYWHERE, GatewayId });
    const more = { DestinationCidrBlock: '192.0.2.0/24', GatewayId };
    expect(() => route(more)).toThrow(refusal('RouteLimitExceeded'));
  });
});

describe('routes become blackholes', () => {
  it('when their gateway is detached, and active when it is attached again', () => {
    const { ec2, VpcId, GatewayId, table, route } = newTable();
    route({ ...ANYWHERE, GatewayId });
    ec2('DetachInternetGateway', { InternetGatewayId: GatewayId, VpcId });
    expect(table().Routes[1]).toMatchObject({ GatewayId, State: 'blackhole' });
    const Filters = [{ Name: 'route.state', Values: ['blackhole'] }];
    expect(ec2('DescribeRouteTables', { Filters }).RouteTables).toHaveLength(1);
    ec2('AttachInternetGateway', { InternetGatewayId: GatewayId, VpcId });
    expect(table().Routes[1].State).toBe('active');
    ec2('DetachInternetGateway', { InternetGatewayId: GatewayId, VpcId });
    ec2('DeleteInternetGateway', { InternetGatewayId: GatewayId });
    expect(table().Routes[1]).toMatchObject({ GatewayId, State: 'blackhole' });
  });

  it('when their interface is deleted or not attached', () => {
    const { ec2, SubnetId, table, route } = newTable();
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    route({ ...ANYWHERE, NetworkInterfaceId });
    expect(table().Routes[1]).toMatchObject({ NetworkInterfaceId, State: 'blackhole' });
    ec2('DeleteNetworkInterface', { NetworkInterfaceId });
    expect(table().Routes[1]).toMatchObject({ NetworkInterfaceId, State: 'blackhole' });
  });

  it('when their egress-only gateway is deleted', () => {
    const { ec2, VpcId, table, route } = newTable();
    const gateway = ec2('CreateEgressOnlyInternetGateway', { VpcId, ClientToken: 'once' }).EgressOnlyInternetGateway;
    const { EgressOnlyInternetGatewayId } = gateway;
    expect(() => route({ ...ANYWHERE, EgressOnlyInternetGatewayId })).toThrow(refusal('InvalidParameterValue'));
    route({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId });
    expect(table().Routes[1].State).toBe('active');
    ec2('DeleteEgressOnlyInternetGateway', { EgressOnlyInternetGatewayId });
    expect(table().Routes[1].State).toBe('blackhole');
  });
});

describe('ReplaceRoute and DeleteRoute', () => {
  it('change a route, and delete it', () => {
    const { ec2, SubnetId, RouteTableId, GatewayId, table, route } = newTable();
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    route({ ...ANYWHERE, GatewayId });
    ec2('ReplaceRoute', { RouteTableId, ...ANYWHERE, NetworkInterfaceId });
    expect(table().Routes[1]).toMatchObject({ NetworkInterfaceId });
    expect(table().Routes[1].GatewayId).toBeUndefined();
    ec2('DeleteRoute', { RouteTableId, ...ANYWHERE });
    expect(table().Routes).toHaveLength(1);
    const again = () => ec2('DeleteRoute', { RouteTableId, ...ANYWHERE });
    const words = `^no route with destination-cidr-block 0.0.0.0/0 in route table ${RouteTableId}$`;
    expect(again).toThrow(refusal('InvalidRoute.NotFound', words));
    const replace = () => ec2('ReplaceRoute', { RouteTableId, ...ANYWHERE, GatewayId });
    expect(replace).toThrow(refusal('InvalidParameterValue', 'Use CreateRoute instead'));
  });

  it('set an interface as target of the local route and reset it, and never delete it', () => {
    const { ec2, SubnetId, RouteTableId, GatewayId, table } = newTable();
    const { NetworkInterfaceId } = newInterface(ec2, SubnetId);
    const local = { RouteTableId, DestinationCidrBlock: '10.0.0.0/16' };
    expect(() => ec2('DeleteRoute', local)).toThrow(refusal('InvalidParameterValue', 'cannot remove local route'));
    expect(() => ec2('ReplaceRoute', { ...local, GatewayId })).toThrow(refusal('InvalidParameterValue'));
    ec2('ReplaceRoute', { ...local, NetworkInterfaceId });
    expect(table().Routes[0]).toMatchObject({ NetworkInterfaceId, Origin: 'CreateRouteTable' });
    ec2('ReplaceRoute', { ...local, LocalTarget: true });
    expect(table().Routes[0]).toMatchObject({ GatewayId: 'local' });
  });
});

describe('associations', () => {
  it('exist once per subnet, and hold their table', () => {
    const { ec2, VpcId, SubnetId, RouteTableId } = newTable();
    const { AssociationId } = ec2('AssociateRouteTable', { RouteTableId, SubnetId });
    expect(ec2('AssociateRouteTable', { RouteTableId, SubnetId }).AssociationId).toBe(AssociationId);
    const other = ec2('CreateRouteTable', { VpcId }).RouteTable.RouteTableId;
    const twice = () => ec2('AssociateRouteTable', { RouteTableId: other, SubnetId });
    expect(twice).toThrow(refusal('Resource.AlreadyAssociated'));
    expect(() => ec2('DeleteRouteTable', { RouteTableId })).toThrow(refusal('DependencyViolation'));
    const { NewAssociationId } = ec2('ReplaceRouteTableAssociation', { AssociationId, RouteTableId: other });
    expect(NewAssociationId).not.toBe(AssociationId);
    ec2('DeleteRouteTable', { RouteTableId });
    ec2('DisassociateRouteTable', { AssociationId: NewAssociationId });
    const again = () => ec2('DisassociateRouteTable', { AssociationId: NewAssociationId });
    expect(again).toThrow(refusal('InvalidAssociationID.NotFound'));
    ec2('DeleteRouteTable', { RouteTableId: other });
  });

  it('make another table the main one', () => {
    const { ec2, VpcId, RouteTableId, table } = newTable();
    const Filters = [
      { Name: 'vpc-id', Values: [VpcId] },
      { Name: 'association.main', Values: ['true'] },
    ];
    const main = () => ec2('DescribeRouteTables', { Filters }).RouteTables;
    const [
      {
        RouteTableId: old,
        Associations: [{ RouteTableAssociationId: AssociationId }],
      },
    ] = main();
    expect(() => ec2('DisassociateRouteTable', { AssociationId })).toThrow(
      refusal('InvalidParameterValue', 'cannot disassociate the main'),
    );
    expect(() => ec2('DeleteRouteTable', { RouteTableId: old })).toThrow(refusal('DependencyViolation'));
    ec2('ReplaceRouteTableAssociation', { AssociationId, RouteTableId });
    expect(main()).toMatchObject([{ RouteTableId }]);
    expect(table(old).Associations).toEqual([]);
    ec2('DeleteRouteTable', { RouteTableId: old });
  });

  it.each<[object, string, string]>([
    [{}, 'MissingParameter', 'neither subnet nor gateway'],
    [{ SubnetId: 'subnet-00000000000000000' }, 'InvalidSubnetID.NotFound', 'no such subnet'],
    [{ SubnetId: 'subnet-1', GatewayId: 'igw-1' }, 'InvalidParameterCombination', 'both'],
  ])('refuse %j with %s: %s', (input, code) => {
    const { ec2, RouteTableId } = newTable();
    expect(() => ec2('AssociateRouteTable', { RouteTableId, ...input })).toThrow(refusal(code));
  });

  it('are limited to their VPC, and can be with a gateway', () => {
    const { ec2, RouteTableId, GatewayId } = newTable();
    const SubnetId = newSubnet(ec2, newVpc(ec2, '10.9.0.0/16'), '10.9.0.0/24');
    const associate = (input: object) => ec2('AssociateRouteTable', { RouteTableId, ...input });
    expect(() => associate({ SubnetId })).toThrow(refusal('InvalidParameterValue', 'different networks'));
    expect(associate({ GatewayId }).AssociationState).toEqual({ State: 'associated' });
    const Filters = [{ Name: 'association.gateway-id', Values: [GatewayId] }];
    expect(ec2('DescribeRouteTables', { Filters }).RouteTables).toMatchObject([{ RouteTableId }]);
  });
});

describe('CreateRouteTable', () => {
  it('returns the same table for the same token, and stops at the quota', () => {
    const { ec2 } = newAccount({ quotas: { 'route-tables-per-vpc': 2 } });
    const VpcId = newVpc(ec2);
    const create = (ClientToken?: string) => ec2('CreateRouteTable', { VpcId, ClientToken }).RouteTable.RouteTableId;
    expect(create('once')).toBe(create('once'));
    expect(() => create()).toThrow(refusal('RouteTableLimitExceeded'));
  });
});
