import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newSubnet, newVpc, refusal } from './account.js';

const newTable = (options: Parameters<typeof newAccount>[0] = {}) => {
  const account = newAccount(options);
  const { ec2 } = account;
  const VpcId = newVpc(ec2);
  const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
  const { RouteTableId } = ec2('CreateRouteTable', { VpcId }).RouteTable;
  const { InternetGatewayId: GatewayId } = ec2('CreateInternetGateway').InternetGateway;
  ec2('AttachInternetGateway', { InternetGatewayId: GatewayId, VpcId });
  const table = (id = RouteTableId) => ec2('DescribeRouteTables', { RouteTableIds: [id] }).RouteTables[0];
  const route = (input: object) => ec2('CreateRoute', { RouteTableId, ...input });
  return { ...account, VpcId, SubnetId, RouteTableId, GatewayId, table, route };
};
const ANYWHERE = { DestinationCidrBlock: '0.0.0.0/0' };

answers('CreateRoute', newTable)`
  to {"DestinationCidrBlock":"192.0.2.9/24"} through a gateway
    route {DestinationCidrBlock: 192.0.2.9/24, GatewayId: $GatewayId} == {Return: true}
    table
      -> {Routes: [{GatewayId: local}, {DestinationCidrBlock: 192.0.2.0/24, GatewayId: $GatewayId, State: active,
      Origin: CreateRoute}]}
  to {"DestinationIpv6CidrBlock":"::/0"} through a gateway
    route {DestinationIpv6CidrBlock: ::/0, GatewayId: $GatewayId} == {Return: true}
    table
      -> {Routes: [{GatewayId: local}, {DestinationIpv6CidrBlock: ::/0, GatewayId: $GatewayId, State: active,
      Origin: CreateRoute}]}
  refuses wrong input
    route ${{ ...ANYWHERE, GatewayId: 'igw-00000000000000000' }} !InvalidGatewayID.NotFound # no such gateway
    route ${{ ...ANYWHERE, NatGatewayId: 'nat-00000000000000000' }} !InvalidNatGatewayID.NotFound # there are none
    # there are none
    route ${{ ...ANYWHERE, TransitGatewayId: 'tgw-00000000000000000' }} !InvalidTransitGatewayID.NotFound
    # no such interface
    route ${{ ...ANYWHERE, NetworkInterfaceId: 'eni-00000000000000000' }} !InvalidNetworkInterfaceID.NotFound
    # no such peering
    route ${{ ...ANYWHERE, VpcPeeringConnectionId: 'pcx-00000000000000000' }} !InvalidVpcPeeringConnectionID.NotFound
    route ${{ ...ANYWHERE }} !MissingParameter # no target
    # two targets
    route ${{ ...ANYWHERE, GatewayId: 'igw-00000000000000000', NatGatewayId: 'nat-1' }} !InvalidParameterCombination
    # no destination
    route ${{ ...ANYWHERE, DestinationCidrBlock: undefined, GatewayId: 'igw-00000000000000000' }} !MissingParameter
    # two destinations
    route ${{ ...ANYWHERE, DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-00000000000000000' }}
      !InvalidParameterCombination
    # not a block
    route ${{ ...ANYWHERE, DestinationCidrBlock: '0.0.0.0', GatewayId: 'igw-00000000000000000' }} !InvalidParameterValue
    # no such table
    route ${{ ...ANYWHERE, RouteTableId: 'rtb-00000000000000000', GatewayId: 'igw-00000000000000000' }}
      !InvalidRouteTableID.NotFound
    table -> {Routes.length: 1}
  refuses a destination that exists
    route ${{ ...ANYWHERE, GatewayId: '$GatewayId' }}
    route ${{ ...ANYWHERE, GatewayId: '$GatewayId' }}
      !RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.
  allows only interfaces as targets of a part of the VPC’s block
    route {DestinationCidrBlock: 10.0.0.0/24, GatewayId: $GatewayId} !InvalidParameterValue /more specific/
    newInterface $SubnetId
    route {DestinationCidrBlock: 10.0.0.0/24, NetworkInterfaceId: $NetworkInterfaceId} == {Return: true}
  refuses targets of another VPC
    CreateInternetGateway
    route ${{ ...ANYWHERE, GatewayId: '$InternetGatewayId' }} !InvalidParameterValue /different networks/
    vpc = newVpc 10.9.0.0/16
    subnet = newSubnet [$vpc, 10.9.0.0/24]
    newInterface $subnet
    route ${{ ...ANYWHERE, NetworkInterfaceId: '$NetworkInterfaceId' }} !InvalidParameterValue /different networks/
`;

answers('CreateRoute', () => newTable({ quotas: { 'routes-per-route-table': 6 } }))`
  counts a prefix list by its size
    CreateManagedPrefixList {PrefixListName: partners, AddressFamily: IPv4, MaxEntries: 5}
    route {DestinationPrefixListId: $PrefixListId, GatewayId: $GatewayId}
    route ${{ ...ANYWHERE, GatewayId: '$GatewayId' }}
    route {DestinationCidrBlock: 192.0.2.0/24, GatewayId: $GatewayId} !RouteLimitExceeded
`;

answers('routes become blackholes', newTable)`
  when their gateway is detached, and active when it is attached again
    route ${{ ...ANYWHERE, GatewayId: '$GatewayId' }}
    DetachInternetGateway {InternetGatewayId: $GatewayId, VpcId: $VpcId}
    table -> {Routes.1: {GatewayId: $GatewayId, State: blackhole}}
    DescribeRouteTables {Filters: [{Name: route.state, Values: [blackhole]}]} -> {RouteTables.length: 1}
    AttachInternetGateway {InternetGatewayId: $GatewayId, VpcId: $VpcId}
    table -> {Routes.1.State: active}
    DetachInternetGateway {InternetGatewayId: $GatewayId, VpcId: $VpcId}
    DeleteInternetGateway {InternetGatewayId: $GatewayId}
    table -> {Routes.1: {GatewayId: $GatewayId, State: blackhole}}
  when their interface is deleted or not attached
    newInterface $SubnetId
    route ${{ ...ANYWHERE, NetworkInterfaceId: '$NetworkInterfaceId' }}
    table -> {Routes.1: {NetworkInterfaceId: $NetworkInterfaceId, State: blackhole}}
    DeleteNetworkInterface {NetworkInterfaceId: $NetworkInterfaceId}
    table -> {Routes.1: {NetworkInterfaceId: $NetworkInterfaceId, State: blackhole}}
  when their egress-only gateway is deleted
    CreateEgressOnlyInternetGateway {VpcId: $VpcId, ClientToken: once}
    route ${{ ...ANYWHERE, EgressOnlyInternetGatewayId: '$EgressOnlyInternetGatewayId' }} !InvalidParameterValue
    route {DestinationIpv6CidrBlock: ::/0, EgressOnlyInternetGatewayId: $EgressOnlyInternetGatewayId}
    table -> {Routes.1.State: active}
    DeleteEgressOnlyInternetGateway {EgressOnlyInternetGatewayId: $EgressOnlyInternetGatewayId}
    table -> {Routes.1.State: blackhole}
`;

answers('ReplaceRoute and DeleteRoute', newTable)`
  change a route, and delete it
    newInterface $SubnetId
    route ${{ ...ANYWHERE, GatewayId: '$GatewayId' }}
    ReplaceRoute ${{ RouteTableId: '$RouteTableId', ...ANYWHERE, NetworkInterfaceId: '$NetworkInterfaceId' }}
    table -> {Routes.1: {NetworkInterfaceId: $NetworkInterfaceId}}
    table -> {Routes.1.GatewayId: absent}
    DeleteRoute ${{ RouteTableId: '$RouteTableId', ...ANYWHERE }}
    table -> {Routes.length: 1}
    DeleteRoute ${{ RouteTableId: '$RouteTableId', ...ANYWHERE }}
      !InvalidRoute.NotFound: no route with destination-cidr-block 0.0.0.0/0 in route table $RouteTableId
    ReplaceRoute ${{ RouteTableId: '$RouteTableId', ...ANYWHERE, GatewayId: '$GatewayId' }}
      !InvalidParameterValue /Use CreateRoute instead/
  set an interface as target of the local route and reset it, and never delete it
    newInterface $SubnetId
    DeleteRoute {RouteTableId: $RouteTableId, DestinationCidrBlock: 10.0.0.0/16}
      !InvalidParameterValue /cannot remove local route/
    ReplaceRoute {RouteTableId: $RouteTableId, DestinationCidrBlock: 10.0.0.0/16, GatewayId: $GatewayId}
      !InvalidParameterValue
    ReplaceRoute {RouteTableId: $RouteTableId, DestinationCidrBlock: 10.0.0.0/16,
      NetworkInterfaceId: $NetworkInterfaceId}
    table -> {Routes.0: {NetworkInterfaceId: $NetworkInterfaceId, Origin: CreateRouteTable}}
    ReplaceRoute {RouteTableId: $RouteTableId, DestinationCidrBlock: 10.0.0.0/16, LocalTarget: true}
    table -> {Routes.0: {GatewayId: local}}
`;

it('associations: exist once per subnet, and hold their table', () => {
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

answers('associations', newTable)`
  make another table the main one
    old = DescribeRouteTables {Filters: [{Name: vpc-id, Values: [$VpcId]}, {Name: association.main, Values: ['true']}]}
    DisassociateRouteTable {AssociationId: $old.RouteTables.0.Associations.0.RouteTableAssociationId}
      !InvalidParameterValue /cannot disassociate the main/
    DeleteRouteTable {RouteTableId: $old.RouteTables.0.RouteTableId} !DependencyViolation
    ReplaceRouteTableAssociation {AssociationId: $old.RouteTables.0.Associations.0.RouteTableAssociationId,
      RouteTableId: $RouteTableId}
    DescribeRouteTables {Filters: [{Name: vpc-id, Values: [$VpcId]}, {Name: association.main, Values: ['true']}]}
      -> {RouteTables: [{RouteTableId: $RouteTableId}]}
    table $old.RouteTables.0.RouteTableId -> {Associations: []}
    DeleteRouteTable {RouteTableId: $old.RouteTables.0.RouteTableId}
  refuse wrong input
    AssociateRouteTable {RouteTableId: $RouteTableId} !MissingParameter # neither subnet nor gateway
    # no such subnet
    AssociateRouteTable {RouteTableId: $RouteTableId, SubnetId: subnet-00000000000000000} !InvalidSubnetID.NotFound
    # both
    AssociateRouteTable {RouteTableId: $RouteTableId, SubnetId: subnet-1, GatewayId: igw-1} !InvalidParameterCombination
  are limited to their VPC, and can be with a gateway
    vpc = newVpc 10.9.0.0/16
    SubnetId2 = newSubnet [$vpc, 10.9.0.0/24]
    AssociateRouteTable {RouteTableId: $RouteTableId, SubnetId: $SubnetId2} !InvalidParameterValue /different networks/
    AssociateRouteTable {RouteTableId: $RouteTableId, GatewayId: $GatewayId} -> {AssociationState=: {State: associated}}
    DescribeRouteTables {Filters: [{Name: association.gateway-id, Values: [$GatewayId]}]}
      -> {RouteTables: [{RouteTableId: $RouteTableId}]}
`;

it('CreateRouteTable: returns the same table for the same token, and stops at the quota', () => {
  const { ec2 } = newAccount({ quotas: { 'route-tables-per-vpc': 2 } });
  const VpcId = newVpc(ec2);
  const create = (ClientToken?: string) => ec2('CreateRouteTable', { VpcId, ClientToken }).RouteTable.RouteTableId;
  expect(create('once')).toBe(create('once'));
  expect(() => create()).toThrow(refusal('RouteTableLimitExceeded'));
});
