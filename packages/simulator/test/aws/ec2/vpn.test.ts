import { describe, expect, it } from 'vitest';
import { newAccount, newVpc, refusal } from './account.js';

const MINUTE_MS = 60_000;

function network() {
  const { ec2, sim } = newAccount();
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
  return { ec2, sim, VpcId, VpnGatewayId, CustomerGatewayId, attach, RouteTableId, table, routes, connect };
}

describe('a virtual private gateway', () => {
  it('is attached to one VPC, and a VPC has one', () => {
    const { ec2, VpcId, VpnGatewayId, attach } = network();
    expect(attach()).toEqual({ VpcAttachment: { VpcId, State: 'attaching' } });
    expect(ec2('DescribeVpnGateways').VpnGateways).toMatchObject([
      { VpnGatewayId, State: 'available', AmazonSideAsn: 64_512, VpcAttachments: [{ VpcId, State: 'attached' }] },
    ]);
    const second = ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway.VpnGatewayId;
    const other = newVpc(ec2, '10.2.0.0/16');
    for (const input of [
      { VpnGatewayId: second, VpcId },
      { VpnGatewayId, VpcId: other },
    ]) {
      expect(() => ec2('AttachVpnGateway', input)).toThrow(refusal('VpnGatewayAttachmentLimitExceeded'));
    }
    expect(() => ec2('DeleteVpnGateway', { VpnGatewayId })).toThrow(refusal('IncorrectState'));
    expect(() => ec2('DeleteVpc', { VpcId })).toThrow(refusal('DependencyViolation'));
    expect(() => ec2('DetachVpnGateway', { VpnGatewayId, VpcId: other })).toThrow(
      refusal('InvalidVpnGatewayAttachment.NotFound'),
    );
    ec2('DetachVpnGateway', { VpnGatewayId, VpcId });
    ec2('DeleteVpnGateway', { VpnGatewayId });
    expect(() => attach()).toThrow(refusal('InvalidVpnGatewayID.NotFound'));
    const states = ec2('DescribeVpnGateways').VpnGateways.map((row: any) => row.State);
    expect(states).toEqual(['deleted', 'available']);
  });

  it('is refused without its type, and with public ASNs', () => {
    const { ec2 } = newAccount({ quotas: { 'vpn-gateways': 1 } });
    expect(() => ec2('CreateVpnGateway', {})).toThrow(refusal('MissingParameter'));
    expect(() => ec2('CreateVpnGateway', { Type: 'ipsec.2' })).toThrow(refusal('InvalidParameterValue'));
    expect(() => ec2('CreateVpnGateway', { Type: 'ipsec.1', AmazonSideAsn: 1 })).toThrow(
      refusal('InvalidParameterValue'),
    );
    ec2('CreateVpnGateway', { Type: 'ipsec.1' });
    expect(() => ec2('CreateVpnGateway', { Type: 'ipsec.1' })).toThrow(refusal('VpnGatewayLimitExceeded'));
  });

  it('is the target of routes while it is attached', () => {
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
});

describe('a customer gateway', () => {
  it('is the same gateway for the same device', () => {
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

  it('cannot be deleted while a connection uses it', async () => {
    const { ec2, sim, CustomerGatewayId, connect } = network();
    const VpnConnectionId = await connect(true);
    const remove = () => ec2('DeleteCustomerGateway', { CustomerGatewayId });
    expect(remove).toThrow(refusal('IncorrectState', '^The customer gateway is in use.$'));
    ec2('DeleteVpnConnection', { VpnConnectionId });
    await sim.advance(5 * MINUTE_MS);
    remove();
    expect(remove).toThrow(refusal('InvalidCustomerGatewayID.NotFound'));
  });
});

describe('a VPN connection', () => {
  it('becomes UP when the device does, and then propagates its static routes', async () => {
    const { ec2, sim, attach, connect, VpnGatewayId: GatewayId, RouteTableId, table, routes } = network();
    attach();
    const VpnConnectionId = await connect(true);
    ec2('CreateVpnConnectionRoute', { VpnConnectionId, DestinationCidrBlock: '192.168.1.9/16' });
    ec2('EnableVgwRoutePropagation', { GatewayId, RouteTableId });
    expect(table().PropagatingVgws).toEqual([{ GatewayId }]);
    expect(routes()).toEqual(['10.0.0.0/16 CreateRouteTable active']);
    const [before] = ec2('DescribeVpnConnections').VpnConnections;
    expect(before.VgwTelemetry).toMatchObject([
      { Status: 'DOWN', AcceptedRouteCount: 0 },
      { Status: 'DOWN', AcceptedRouteCount: 0 },
    ]);
    sim.plant('us-east-1', { kind: 'vpn-device', vpnConnectionId: VpnConnectionId, tunnels: 'UP' });
    expect(routes()).toEqual([
      '10.0.0.0/16 CreateRouteTable active',
      '192.168.0.0/16 EnableVgwRoutePropagation active',
    ]);
    const [after] = ec2('DescribeVpnConnections').VpnConnections;
    expect(after).toMatchObject({
      State: 'available',
      Options: { StaticRoutesOnly: true },
      Routes: [{ DestinationCidrBlock: '192.168.0.0/16', State: 'available' }],
      VgwTelemetry: [{ Status: 'UP', AcceptedRouteCount: 1 }, { Status: 'UP' }],
    });
    const wanted = { Filters: [{ Name: 'route.origin', Values: ['EnableVgwRoutePropagation'] }] };
    expect(ec2('DescribeRouteTables', wanted).RouteTables).toHaveLength(1);
    ec2('DisableVgwRoutePropagation', { GatewayId, RouteTableId });
    expect(routes()).toHaveLength(1);
  });

  it('propagates the routes it receives by BGP', async () => {
    const { ec2, sim, attach, connect, VpnGatewayId: GatewayId, RouteTableId, routes } = network();
    attach();
    const vpnConnectionId = await connect(false);
    ec2('EnableVgwRoutePropagation', { GatewayId, RouteTableId });
    const announces = ['192.168.0.0/16', '172.20.0.0/16'];
    sim.plant('us-east-1', { kind: 'vpn-device', vpnConnectionId, tunnels: 'UP', announces });
    expect(routes()).toHaveLength(3);
    const route = { VpnConnectionId: vpnConnectionId, DestinationCidrBlock: '192.168.9.0/24' };
    expect(() => ec2('CreateVpnConnectionRoute', route)).toThrow(refusal('UnsupportedOperation'));
    sim.plant('us-east-1', { kind: 'vpn-device', vpnConnectionId, tunnels: 'DOWN' });
    expect(routes()).toHaveLength(1);
  });

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

  it('has each static route once', async () => {
    const { ec2, connect } = network();
    const VpnConnectionId = await connect(true);
    const route = (verb: string, DestinationCidrBlock = '192.168.0.0/16') =>
      ec2(`${verb}VpnConnectionRoute`, { VpnConnectionId, DestinationCidrBlock });
    route('Create');
    expect(() => route('Create')).toThrow(refusal('InvalidParameterValue'));
    expect(() => route('Create', 'x')).toThrow(refusal('InvalidParameterValue'));
    route('Delete');
    expect(() => route('Delete')).toThrow(refusal('InvalidRoute.NotFound'));
  });

  it('is deleted, and remains described for a while', async () => {
    const { ec2, sim, connect } = network();
    const VpnConnectionId = await connect(true);
    ec2('DeleteVpnConnection', { VpnConnectionId });
    const state = () => ec2('DescribeVpnConnections').VpnConnections.map((row: any) => row.State);
    expect(state()).toEqual(['deleting']);
    await sim.advance(5 * MINUTE_MS);
    expect(state()).toEqual(['deleted']);
    expect(() => ec2('DeleteVpnConnection', { VpnConnectionId })).toThrow(refusal('InvalidVpnConnectionID.NotFound'));
    await sim.advance(60 * MINUTE_MS);
    expect(state()).toEqual([]);
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

describe('route propagation', () => {
  it('needs a gateway that is attached to the table’s VPC', () => {
    const { ec2, VpnGatewayId: GatewayId, RouteTableId, attach, table } = network();
    const enable = () => ec2('EnableVgwRoutePropagation', { GatewayId, RouteTableId });
    expect(enable).toThrow(refusal('Gateway.NotAttached', 'is not attached to network'));
    attach();
    enable();
    enable();
    expect(table().PropagatingVgws).toEqual([{ GatewayId }]);
  });

  it('adds the routes that Direct Connect announces, and IPv6 in addition to IPv4', () => {
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
});
