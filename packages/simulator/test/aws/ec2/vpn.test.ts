import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newVpc, refusal } from './account.js';

const MINUTE_MS = 60_000;

function network() {
  const account = newAccount();
  const { ec2, sim } = account;
  const VpcId = newVpc(ec2);
  const VpnGatewayId: string = ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway.VpnGatewayId;
  const CustomerGatewayId: string = ec2('CreateCustomerGateway', { Type: 'ipsec.1', IpAddress: '203.0.113.5' })
    .CustomerGateway.CustomerGatewayId;
  const attach = () => ec2('AttachVpnGateway', { VpcId, VpnGatewayId });
  const RouteTableId: string = ec2('CreateRouteTable', { VpcId }).RouteTable.RouteTableId;
  const table = (): any => ec2('DescribeRouteTables', { RouteTableIds: [RouteTableId] }).RouteTables[0];
  const routes = (): string[] =>
    table().Routes.map((route: any) => `${route.DestinationCidrBlock} ${route.Origin} ${route.State}`);
  const connect = async (StaticRoutesOnly: boolean): Promise<string> => {
    const { VpnConnectionId } = ec2('CreateVpnConnection', {
      Type: 'ipsec.1',
      CustomerGatewayId,
      VpnGatewayId,
      Options: { StaticRoutesOnly },
    }).VpnConnection;
    await sim.advance(5 * MINUTE_MS);
    return VpnConnectionId;
  };
  return { ...account, VpcId, VpnGatewayId, CustomerGatewayId, attach, RouteTableId, table, routes, connect };
}

it('a virtual private gateway: is the target of routes while it is attached', () => {
  const { ec2, VpcId, VpnGatewayId, attach, RouteTableId, routes } = network();
  const route = () =>
    ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: '192.168.0.0/16', GatewayId: VpnGatewayId });
  expect(route).toThrow(refusal('InvalidParameterValue', 'belong to different networks$'));
  attach();
  route();
  expect(routes()).toContain('192.168.0.0/16 CreateRoute active');
  ec2('DetachVpnGateway', { VpnGatewayId, VpcId });
  expect(routes()).toContain('192.168.0.0/16 CreateRoute blackhole');
});

answers('a virtual private gateway', network)`
  is attached to one VPC, and a VPC has one
    attach == {VpcAttachment: {VpcId: $VpcId, State: attaching}}
    DescribeVpnGateways
      -> {VpnGateways: [{VpnGatewayId: $VpnGatewayId, State: available, AmazonSideAsn: 64512,
      VpcAttachments: [{VpcId: $VpcId, State: attached}]}]}
    second = CreateVpnGateway {Type: ipsec.1}
    other = newVpc 10.2.0.0/16
    AttachVpnGateway {VpnGatewayId: $second.VpnGateway.VpnGatewayId, VpcId: $VpcId} !VpnGatewayAttachmentLimitExceeded
    AttachVpnGateway {VpnGatewayId: $VpnGatewayId, VpcId: $other} !VpnGatewayAttachmentLimitExceeded
    DeleteVpnGateway {VpnGatewayId: $VpnGatewayId} !IncorrectState
    DeleteVpc {VpcId: $VpcId} !DependencyViolation
    DetachVpnGateway {VpnGatewayId: $VpnGatewayId, VpcId: $other} !InvalidVpnGatewayAttachment.NotFound
    DetachVpnGateway {VpnGatewayId: $VpnGatewayId, VpcId: $VpcId}
    DeleteVpnGateway {VpnGatewayId: $VpnGatewayId}
    attach !InvalidVpnGatewayID.NotFound
    DescribeVpnGateways -> {VpnGateways.State: [deleted, available]}
`;

answers('a virtual private gateway', () => newAccount({ quotas: { 'vpn-gateways': 1 } }))`
  is refused without its type, and with public ASNs
    CreateVpnGateway !MissingParameter
    CreateVpnGateway {Type: ipsec.2} !InvalidParameterValue
    CreateVpnGateway {Type: ipsec.1, AmazonSideAsn: 1} !InvalidParameterValue
    CreateVpnGateway {Type: ipsec.1}
    CreateVpnGateway {Type: ipsec.1} !VpnGatewayLimitExceeded
`;

it('a customer gateway: is the same gateway for the same device', () => {
  const { ec2, CustomerGatewayId } = network();
  const make = (input: object) => ec2('CreateCustomerGateway', { Type: 'ipsec.1', ...input }).CustomerGateway;
  expect(make({ IpAddress: '203.0.113.5' }).CustomerGatewayId).toBe(CustomerGatewayId);
  expect(make({ IpAddress: '203.0.113.5', BgpAsn: 65_001 }).CustomerGatewayId).not.toBe(CustomerGatewayId);
  expect(make({ PublicIp: '203.0.113.6', BgpAsnExtended: 4_200_000_001 })).toMatchObject({
    IpAddress: '203.0.113.6',
    BgpAsnExtended: '4200000001',
    State: 'available',
  });
  for (const bad of [{}, { IpAddress: 'x' }, { IpAddress: '203.0.113.7', BgpAsn: 0 }]) {
    expect(() => make(bad)).toThrow(
      refusal(Object.keys(bad).length === 0 ? 'MissingParameter' : 'InvalidParameterValue'),
    );
  }
  expect(() => make({ IpAddress: '203.0.113.7', BgpAsn: 1, BgpAsnExtended: 2 })).toThrow(
    refusal('InvalidParameterCombination'),
  );
});

answers('a customer gateway', network)`
  cannot be deleted while a connection uses it
    VpnConnectionId = connect true
    DeleteCustomerGateway {CustomerGatewayId: $CustomerGatewayId} !IncorrectState: The customer gateway is in use.
    DeleteVpnConnection {VpnConnectionId: $VpnConnectionId}
    advance ${5 * MINUTE_MS}
    DeleteCustomerGateway {CustomerGatewayId: $CustomerGatewayId}
    DeleteCustomerGateway {CustomerGatewayId: $CustomerGatewayId} !InvalidCustomerGatewayID.NotFound
`;

describe('a VPN connection', () => {
  it('has two tunnels with the given options, and shows no key', () => {
    const { ec2, CustomerGatewayId, VpnGatewayId } = network();
    const TunnelOptions = [
      {
        TunnelInsideCidr: '169.254.7.0/30',
        PreSharedKey: 'hunter2hunter2',
        DPDTimeoutSeconds: 40,
        IKEVersions: [{ Value: 'ikev2' }],
      },
    ];
    const input = { Type: 'ipsec.1', CustomerGatewayId, VpnGatewayId, Options: { TunnelOptions } };
    const { VpnConnection } = ec2('CreateVpnConnection', input);
    expect(VpnConnection.Options.TunnelOptions).toMatchObject([
      { TunnelInsideCidr: '169.254.7.0/30', DpdTimeoutSeconds: 40, IkeVersions: [{ Value: 'ikev2' }] },
      { TunnelInsideCidr: expect.stringMatching(/^169\.254\.\d+\.12\/30$/) },
    ]);
    expect(JSON.stringify(ec2('DescribeVpnConnections'))).not.toContain('hunter2');
  });

  it.each<[string, object]>([
    ['InvalidCustomerGatewayID.NotFound', { CustomerGatewayId: 'cgw-00000000' }],
    ['InvalidVpnGatewayID.NotFound', { VpnGatewayId: 'vgw-00000000' }],
    ['InvalidParameterCombination', { TransitGatewayId: 'tgw-00000000' }],
    ['InvalidParameterValue', { Options: { LocalIpv4NetworkCidr: 'x' } }],
    ['UnsupportedOperation', { Options: { EnableAcceleration: true } }],
    ['UnsupportedOperation', { Options: { TunnelInsideIpVersion: 'ipv6' } }],
    ['UnsupportedOperation', { Options: { TunnelOptions: [{ LogOptions: {} }] } }],
    ['InvalidParameterValue', { Options: { TunnelOptions: [{ TunnelInsideCidr: '10.0.0.0/30' }] } }],
    ['InvalidParameterValue', { Options: { TunnelOptions: [{}, {}, {}] } }],
  ])('is refused with %s: %j', (code, more) => {
    const { ec2, CustomerGatewayId, VpnGatewayId } = network();
    const input = { Type: 'ipsec.1', CustomerGatewayId, VpnGatewayId, ...more };
    expect(() => ec2('CreateVpnConnection', input)).toThrow(refusal(code));
  });
});

answers('a VPN connection', network)`
  becomes UP when the device does, and then propagates its static routes
    attach
    VpnConnectionId = connect true
    CreateVpnConnectionRoute {VpnConnectionId: $VpnConnectionId, DestinationCidrBlock: 192.168.1.9/16}
    EnableVgwRoutePropagation {GatewayId: $VpnGatewayId, RouteTableId: $RouteTableId}
    table -> {PropagatingVgws=: [{GatewayId: $VpnGatewayId}]}
    routes == [10.0.0.0/16 CreateRouteTable active]
    DescribeVpnConnections
      -> {VpnConnections.0.VgwTelemetry: [{Status: DOWN, AcceptedRouteCount: 0}, {Status: DOWN, AcceptedRouteCount: 0}]}
    plant {kind: vpn-device, vpnConnectionId: $VpnConnectionId, tunnels: UP}
    routes == [10.0.0.0/16 CreateRouteTable active, 192.168.0.0/16 EnableVgwRoutePropagation active]
    DescribeVpnConnections
      -> {VpnConnections.0: {State: available, Options: {StaticRoutesOnly: true},
      Routes: [{DestinationCidrBlock: 192.168.0.0/16, State: available}], VgwTelemetry: [{Status: UP,
      AcceptedRouteCount: 1}, {Status: UP}]}}
    DescribeRouteTables {Filters: [{Name: route.origin, Values: [EnableVgwRoutePropagation]}]}
      -> {RouteTables.length: 1}
    DisableVgwRoutePropagation {GatewayId: $VpnGatewayId, RouteTableId: $RouteTableId}
    routes -> {length: 1}
  propagates the routes it receives by BGP
    attach
    vpnConnectionId = connect false
    EnableVgwRoutePropagation {GatewayId: $VpnGatewayId, RouteTableId: $RouteTableId}
    plant {kind: vpn-device, vpnConnectionId: $vpnConnectionId, tunnels: UP, announces: [192.168.0.0/16, 172.20.0.0/16]}
    routes -> {length: 3}
    CreateVpnConnectionRoute {VpnConnectionId: $vpnConnectionId, DestinationCidrBlock: 192.168.9.0/24}
      !UnsupportedOperation
    plant {kind: vpn-device, vpnConnectionId: $vpnConnectionId, tunnels: DOWN}
    routes -> {length: 1}
  has each static route once
    VpnConnectionId = connect true
    CreateVpnConnectionRoute {VpnConnectionId: $VpnConnectionId, DestinationCidrBlock: 192.168.0.0/16}
    CreateVpnConnectionRoute {VpnConnectionId: $VpnConnectionId, DestinationCidrBlock: 192.168.0.0/16}
      !InvalidParameterValue
    CreateVpnConnectionRoute {VpnConnectionId: $VpnConnectionId, DestinationCidrBlock: x} !InvalidParameterValue
    DeleteVpnConnectionRoute {VpnConnectionId: $VpnConnectionId, DestinationCidrBlock: 192.168.0.0/16}
    DeleteVpnConnectionRoute {VpnConnectionId: $VpnConnectionId, DestinationCidrBlock: 192.168.0.0/16}
      !InvalidRoute.NotFound
  is deleted, and remains described for a while
    VpnConnectionId = connect true
    DeleteVpnConnection {VpnConnectionId: $VpnConnectionId}
    DescribeVpnConnections -> {VpnConnections.State: [deleting]}
    advance ${5 * MINUTE_MS}
    DescribeVpnConnections -> {VpnConnections.State: [deleted]}
    DeleteVpnConnection {VpnConnectionId: $VpnConnectionId} !InvalidVpnConnectionID.NotFound
    advance ${60 * MINUTE_MS}
    DescribeVpnConnections -> {VpnConnections.State: []}
`;

it('route propagation: adds the routes that Direct Connect announces, and IPv6 in addition to IPv4', () => {
  const { ec2, sim, VpnGatewayId, RouteTableId, attach, table } = network();
  attach();
  ec2('EnableVgwRoutePropagation', { GatewayId: VpnGatewayId, RouteTableId });
  const announces = ['192.168.0.0/16', '2001:db8::/32'];
  sim.plant('us-east-1', { kind: 'virtual-interface', virtualGatewayId: VpnGatewayId, announces });
  const [, ...propagated] = table().Routes;
  expect(propagated).toMatchObject([
    { DestinationCidrBlock: '192.168.0.0/16', GatewayId: VpnGatewayId, Origin: 'EnableVgwRoutePropagation' },
    { DestinationIpv6CidrBlock: '2001:db8::/32', GatewayId: VpnGatewayId },
  ]);
  expect(() => ec2('DeleteRoute', { RouteTableId, DestinationCidrBlock: '192.168.0.0/16' })).toThrow(
    refusal('InvalidRoute.NotFound'),
  );
});

answers('route propagation', network)`
  needs a gateway that is attached to the table’s VPC
    EnableVgwRoutePropagation {GatewayId: $VpnGatewayId, RouteTableId: $RouteTableId}
      !Gateway.NotAttached /is not attached to network/
    attach
    EnableVgwRoutePropagation {GatewayId: $VpnGatewayId, RouteTableId: $RouteTableId}
    EnableVgwRoutePropagation {GatewayId: $VpnGatewayId, RouteTableId: $RouteTableId}
    table -> {PropagatingVgws=: [{GatewayId: $VpnGatewayId}]}
`;
