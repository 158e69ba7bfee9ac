import type { SimulatedClients, Simulation } from '../../../src/internal/simulation.js';

const COUNT = 6;

/** What connects networks, several of each: peerings in every state, transit gateways, VPNs, Direct Connect. */
export async function joinedNetworks(
  sim: Simulation,
  { ec2 }: SimulatedClients,
  own: { readonly vpcId: string; readonly subnetIds: readonly string[]; readonly routeTableId: string },
) {
  const region = 'eu-west-1';
  const plant = (planted: Parameters<Simulation['plant']>[1]) => sim.plant(region, planted);
  const TagSpecifications = (ResourceType: string) => [
    { ResourceType: ResourceType as never, Tags: [{ Key: 'team', Value: 'payments' }] },
  ];
  const [SubnetId = ''] = own.subnetIds;
  const vpcIds: string[] = [];
  for (let n = 0; n < COUNT; n += 1) {
    const { Vpc } = await ec2.createVpc({ CidrBlock: `10.${100 + n}.0.0/16` });
    await ec2.createVpcEncryptionControl({ VpcId: Vpc?.VpcId });
    vpcIds.push(Vpc?.VpcId ?? '');
    const { VpcPeeringConnection } = await ec2.createVpcPeeringConnection({
      VpcId: own.vpcId,
      PeerVpcId: Vpc?.VpcId,
      TagSpecifications: TagSpecifications('vpc-peering-connection'),
    });
    const { VpcPeeringConnectionId } = VpcPeeringConnection ?? {};
    if (n < 2) await ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId });
    if (n === 2) await ec2.rejectVpcPeeringConnection({ VpcPeeringConnectionId });
    if (n === 3) await ec2.deleteVpcPeeringConnection({ VpcPeeringConnectionId });
  }
  const gatewayIds: string[] = [];
  for (let n = 0; n < COUNT; n += 1) {
    const { TransitGateway } = await ec2.createTransitGateway({
      Description: `gateway ${n}`,
      Options: { AmazonSideAsn: 64_512 + n, DnsSupport: n % 2 === 0 ? 'enable' : 'disable' },
      TagSpecifications: TagSpecifications('transit-gateway'),
    });
    gatewayIds.push(TransitGateway?.TransitGatewayId ?? '');
  }
  await sim.advance(600_000);
  const attach = async (TransitGatewayId: string | undefined) => {
    const { TransitGatewayVpcAttachment } = await ec2.createTransitGatewayVpcAttachment({
      TransitGatewayId,
      VpcId: own.vpcId,
      SubnetIds: [SubnetId],
      TagSpecifications: TagSpecifications('transit-gateway-attachment'),
    });
    return TransitGatewayVpcAttachment?.TransitGatewayAttachmentId ?? '';
  };
  const attachments: string[] = [];
  for (const TransitGatewayId of gatewayIds) attachments.push(await attach(TransitGatewayId));
  await sim.advance(600_000);
  const [TransitGatewayId = ''] = gatewayIds;
  const [attachmentId = ''] = attachments;
  const { TransitGatewayRouteTables = [] } = await ec2.describeTransitGatewayRouteTables({
    Filters: [{ Name: 'transit-gateway-id', Values: [TransitGatewayId] }],
  });
  const transitTableId = TransitGatewayRouteTables[0]?.TransitGatewayRouteTableId ?? '';
  for (let n = 0; n < COUNT; n += 1) {
    const { TransitGatewayRouteTable } = await ec2.createTransitGatewayRouteTable({
      TransitGatewayId,
      TagSpecifications: TagSpecifications('transit-gateway-route-table'),
    });
    const { TransitGatewayRouteTableId } = TransitGatewayRouteTable ?? {};
    const ids = { TransitGatewayRouteTableId, TransitGatewayAttachmentId: attachmentId };
    await ec2.enableTransitGatewayRouteTablePropagation(ids);
    await ec2.createTransitGatewayRoute({
      TransitGatewayRouteTableId: transitTableId,
      DestinationCidrBlock: `10.${200 + n}.0.0/16`,
      ...(n % 2 === 0 ? { Blackhole: true } : { TransitGatewayAttachmentId: attachmentId }),
    });
  }

  const gateways: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { VpnGateway } = await ec2.createVpnGateway({
      Type: 'ipsec.1',
      AmazonSideAsn: 64_600 + n,
      AvailabilityZone: n === 0 ? `${region}a` : undefined,
      TagSpecifications: TagSpecifications('vpn-gateway'),
    });
    gateways.push(VpnGateway?.VpnGatewayId ?? '');
    const { CustomerGateway } = await ec2.createCustomerGateway({
      Type: 'ipsec.1',
      IpAddress: `203.0.113.${n + 1}`,
      BgpAsn: 65_000 + n,
      TagSpecifications: TagSpecifications('customer-gateway'),
    });
    const { VpnConnection } = await ec2.createVpnConnection({
      Type: 'ipsec.1',
      CustomerGatewayId: CustomerGateway?.CustomerGatewayId,
      ...(n === 0 ? { TransitGatewayId } : { VpnGatewayId: VpnGateway?.VpnGatewayId }),
      Options: { StaticRoutesOnly: n === 1 },
      TagSpecifications: TagSpecifications('vpn-connection'),
    });
    const { VpnConnectionId } = VpnConnection ?? {};
    if (n === 1) await ec2.createVpnConnectionRoute({ VpnConnectionId, DestinationCidrBlock: '192.168.7.0/24' });
  }
  await sim.advance(600_000);
  const [gatewayId = '', other = ''] = gateways;
  await ec2.attachVpnGateway({ VpnGatewayId: gatewayId, VpcId: own.vpcId });
  await ec2.enableVgwRoutePropagation({ GatewayId: gatewayId, RouteTableId: own.routeTableId });

  const directConnectGatewayId = plant({ kind: 'direct-connect-gateway', name: 'main' });
  for (const name of ['spare', 'test']) plant({ kind: 'direct-connect-gateway', name });
  plant({ kind: 'direct-connect-association', directConnectGatewayId, gatewayId: TransitGatewayId });
  plant({ kind: 'direct-connect-association', directConnectGatewayId, gatewayId: other });
  for (const announces of [['192.168.1.0/24'], ['192.168.2.0/24']]) {
    plant({ kind: 'virtual-interface', directConnectGatewayId, announces });
  }
  plant({ kind: 'virtual-interface', virtualGatewayId: gatewayId, announces: ['192.168.3.0/24'] });
  return { attachmentId, transitTableId, directConnectGatewayId };
}
