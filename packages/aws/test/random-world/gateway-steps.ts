import type { Step } from './build-world.js';

const odd = (number: number): boolean => number % 2 === 1;

/** What connects networks to each other, and to outside networks. */
export const gatewaySteps: Readonly<Record<string, Step>> = {
  peering: (site, [a, b]) => {
    const [VpcId, PeerVpcId] = [site.pick('vpc', a), site.pick('vpc', b)];
    const { VpcPeeringConnection: one } = site.ec2('CreateVpcPeeringConnection', { VpcId, PeerVpcId });
    site.keep('peering', one.VpcPeeringConnectionId);
    for (const vpcId of [VpcId, PeerVpcId]) site.keep(`peering in ${vpcId}`, one.VpcPeeringConnectionId);
  },
  'peering answered': (site, [a, b]) => {
    const VpcPeeringConnectionId = site.pick('peering', a);
    const verbs = ['AcceptVpcPeeringConnection', 'AcceptVpcPeeringConnection', 'RejectVpcPeeringConnection'];
    site.ec2(verbs[b % 3] ?? '', { VpcPeeringConnectionId });
  },
  'peering gone': (site, [a]) => {
    site.ec2('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: site.pick('peering', a) });
  },
  'peering from elsewhere': ({ simulation, region, pick, keep }, [a, b]) => {
    const from = {
      ownerId: '444455556666',
      vpcId: `vpc-${'0'.repeat(14)}${100 + (b % 900)}`,
      cidrBlock: '10.50.0.0/16',
    };
    keep('peering', simulation.plant(region, { kind: 'peering-request', vpcId: pick('vpc', a), from }));
  },
  'endpoint service': (site, [a, b]) => {
    const NetworkLoadBalancerArns = [site.pick('balancer', a)];
    const name = odd(b) ? { PrivateDnsName: 'orders.example.com' } : {};
    const wish = { NetworkLoadBalancerArns, AcceptanceRequired: odd(a), ...name };
    const { ServiceConfiguration: one } = site.ec2('CreateVpcEndpointServiceConfiguration', wish);
    site.keep('endpoint service', one.ServiceName);
  },
  endpoint: (site, [, b, c]) => {
    const wish = { VpcEndpointType: 'Interface', PrivateDnsEnabled: false };
    const other = `com.amazonaws.${site.region}.logs`;
    const ServiceName = c % 4 === 0 ? other : site.pick('endpoint service', c);
    const SubnetIds = [site.pick('subnet', b)];
    site.ec2('CreateVpcEndpoint', { ...wish, ServiceName, VpcId: site.pick('subnet home', b), SubnetIds });
  },
  'transit gateway': (site, [a]) => {
    const { TransitGateway } = site.ec2('CreateTransitGateway', {
      Options: { SecurityGroupReferencingSupport: odd(a) ? 'enable' : 'disable' },
    });
    site.keep('transit gateway', TransitGateway.TransitGatewayId);
  },
  'transit attachment': (site, [a, b, c]) => {
    const SubnetIds = [site.pick('subnet', b)];
    const { TransitGatewayVpcAttachment: one } = site.ec2('CreateTransitGatewayVpcAttachment', {
      TransitGatewayId: site.pick('transit gateway', a),
      VpcId: site.pick('subnet home', b),
      SubnetIds,
      Options: { Ipv6Support: odd(c) ? 'enable' : 'disable' },
    });
    site.keep('attachment', one.TransitGatewayAttachmentId);
    site.keep(`transit gateway in ${site.pick('subnet home', b)}`, one.TransitGatewayId);
  },
  'transit attachment gone': (site, [a]) => {
    site.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: site.pick('attachment', a) });
  },
  'transit table': (site, [a]) => {
    const { TransitGatewayRouteTable: one } = site.ec2('CreateTransitGatewayRouteTable', {
      TransitGatewayId: site.pick('transit gateway', a),
    });
    site.keep('transit table', one.TransitGatewayRouteTableId);
  },
  'transit route': (site, [a, b, c]) => {
    const { TransitGatewayRouteTables: tables } = site.ec2('DescribeTransitGatewayRouteTables', {});
    if (tables.length === 0) return;
    site.ec2('CreateTransitGatewayRoute', {
      TransitGatewayRouteTableId: tables[a % tables.length].TransitGatewayRouteTableId,
      DestinationCidrBlock: `10.${b % 20}.0.0/16`,
      ...(c % 3 === 0 ? { Blackhole: true } : { TransitGatewayAttachmentId: site.pick('attachment', c) }),
    });
  },
  'transit association': (site, [a, b, c]) => {
    const { TransitGatewayRouteTables: tables } = site.ec2('DescribeTransitGatewayRouteTables', {});
    if (tables.length === 0) return;
    const verbs = [
      'DisassociateTransitGatewayRouteTable',
      'AssociateTransitGatewayRouteTable',
      'EnableTransitGatewayRouteTablePropagation',
      'DisableTransitGatewayRouteTablePropagation',
    ];
    site.ec2(verbs[c % 4] ?? '', {
      TransitGatewayRouteTableId: tables[a % tables.length].TransitGatewayRouteTableId,
      TransitGatewayAttachmentId: site.pick('attachment', b),
    });
  },
  'vpn gateway': (site, [a]) => {
    const { VpnGatewayId } = site.ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway;
    site.keep('vpn gateway', VpnGatewayId);
    site.ec2('AttachVpnGateway', { VpnGatewayId, VpcId: site.pick('vpc', a) });
    site.keep('vpn gateway home', site.pick('vpc', a));
    site.keep(`vpn gateway in ${site.pick('vpc', a)}`, VpnGatewayId);
  },
  'vpn gateway off': (site, [a]) => {
    const VpnGatewayId = site.pick('vpn gateway', a);
    site.ec2('DetachVpnGateway', { VpnGatewayId, VpcId: site.pick('vpn gateway home', a) });
  },
  vpn: (site, [a, b, c]) => {
    const { CustomerGatewayId } = site.ec2('CreateCustomerGateway', {
      Type: 'ipsec.1',
      BgpAsn: 65_000,
      IpAddress: `198.51.100.${1 + (c % 250)}`,
    }).CustomerGateway;
    const end =
      b % 3 === 0
        ? { TransitGatewayId: site.pick('transit gateway', a) }
        : { VpnGatewayId: site.pick('vpn gateway', a) };
    const { VpnConnectionId } = site.ec2('CreateVpnConnection', {
      Type: 'ipsec.1',
      CustomerGatewayId,
      ...end,
      Options: { StaticRoutesOnly: odd(c) },
    }).VpnConnection;
    site.keep('vpn', VpnConnectionId);
  },
  'vpn route': (site, [a, b]) => {
    site.ec2('CreateVpnConnectionRoute', {
      VpnConnectionId: site.pick('vpn', a),
      DestinationCidrBlock: `192.168.${b % 8}.0/24`,
    });
  },
  'vpn device': ({ simulation, region, pick }, [a, b, c]) => {
    simulation.plant(region, {
      kind: 'vpn-device',
      vpnConnectionId: pick('vpn', a),
      tunnels: b % 4 === 0 ? 'DOWN' : 'UP',
      announces: odd(c) ? [`172.20.${c % 5}.0/24`] : [],
    });
  },
  'direct connect': ({ simulation, region, pick, keep }, [a, b]) => {
    const gatewayId = b % 3 === 0 ? pick('transit gateway', a) : pick('vpn gateway', a);
    const id = simulation.plant(region, { kind: 'direct-connect-gateway' });
    simulation.plant(region, { kind: 'direct-connect-association', directConnectGatewayId: id, gatewayId });
    keep('direct connect', id);
  },
  'virtual interface': ({ simulation, region, pick }, [a, b, c]) => {
    const end = odd(a)
      ? { virtualGatewayId: pick('vpn gateway', b) }
      : { directConnectGatewayId: pick('direct connect', b) };
    simulation.plant(region, {
      kind: 'virtual-interface',
      ...end,
      announces: [`10.2${c % 10}0.0.0/16`],
      bgp: c % 5 === 0 ? 'down' : c % 7 === 0 ? 'unknown' : 'up',
      state: c % 11 === 0 ? 'pending' : 'available',
    });
  },
  propagation: (site, [a, b]) => {
    site.ec2('EnableVgwRoutePropagation', {
      RouteTableId: site.pick('table', a),
      GatewayId: site.pick('vpn gateway', b),
    });
  },
};
