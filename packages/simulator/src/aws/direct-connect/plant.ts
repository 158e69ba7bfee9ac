import type { AwsCall } from '../operation/operation.js';
import { attachToTransitGateway, becomeAvailable } from '../ec2/transit-gateway/transit-gateways.js';
import { blocks, existing } from '../ec2/plant-input.js';
import type { DirectConnectAssociationRow, VirtualInterfaceRow } from './state.js';

/** What is laid, wired and agreed upon outside of the cloud, so that no call makes it. */
export type PlantedLine =
  | { readonly kind: 'direct-connect-connection'; readonly name?: string | undefined }
  /** A Direct Connect gateway is global; it is described in every region. */
  | { readonly kind: 'direct-connect-gateway'; readonly name?: string | undefined; readonly amazonSideAsn?: number }
  /** Ties a Direct Connect gateway to a virtual private gateway or a transit gateway of the region. */
  | {
      readonly kind: 'direct-connect-association';
      readonly directConnectGatewayId: string;
      /** `vgw-…` or `tgw-…` */
      readonly gatewayId: string;
      readonly allowedPrefixes?: readonly string[] | undefined;
    }
  /** A virtual interface to a virtual private gateway or a Direct Connect gateway; a connection is planted, too, if none is named. */
  | {
      readonly kind: 'virtual-interface';
      readonly connectionId?: string | undefined;
      readonly virtualGatewayId?: string | undefined;
      readonly directConnectGatewayId?: string | undefined;
      /** By default `transit` for a Direct Connect gateway that is tied to a transit gateway, else `private`. */
      readonly type?: VirtualInterfaceRow['type'] | undefined;
      /** The blocks that the router at the other end announces. */
      readonly announces: readonly string[];
      readonly state?: VirtualInterfaceRow['state'] | undefined;
      readonly bgp?: VirtualInterfaceRow['bgpStatus'] | undefined;
    };

/** @throws {RangeError} when what it refers to does not exist, or a block is none */
export function plantLine(call: AwsCall, planted: PlantedLine): string {
  switch (planted.kind) {
    case 'direct-connect-connection':
      return plantConnection(call, planted.name);
    case 'direct-connect-gateway': {
      const id = uuid(call);
      const { name = 'gateway', amazonSideAsn = 64_512 } = planted;
      const row = { id, ownerId: call.account, name, amazonSideAsn, state: 'available' as const };
      call.state.directConnect.gateways.set(id, row);
      return id;
    }
    case 'direct-connect-association':
      return plantAssociation(call, planted);
    case 'virtual-interface':
      return plantVirtualInterface(call, planted);
  }
}

function plantConnection(call: AwsCall, name = 'line'): string {
  const id = call.id('dxcon-', 8);
  const row = { id, ownerId: call.account, name, location: 'EqDC2', bandwidth: '1Gbps', state: 'available' as const };
  call.state.directConnect.connections.set(id, row);
  return id;
}

function plantAssociation(
  call: AwsCall,
  {
    directConnectGatewayId,
    gatewayId,
    allowedPrefixes = [],
  }: Extract<PlantedLine, { kind: 'direct-connect-association' }>,
): string {
  gatewayOf(call, directConnectGatewayId);
  const { ec2, directConnect } = call.state;
  const transit = ec2.transitGateways.get(gatewayId);
  const gateway = existing(transit ?? ec2.vpnGateways.get(gatewayId), gatewayId);
  const row: DirectConnectAssociationRow = {
    id: uuid(call),
    directConnectGatewayId,
    gatewayType: transit ? 'transitGateway' : 'virtualPrivateGateway',
    gatewayId,
    gatewayOwnerId: gateway.ownerId,
    region: call.region,
    state: 'associated',
    allowedPrefixes: blocks(allowedPrefixes),
  };
  directConnect.associations.set(row.id, row);
  if (transit) {
    const resource = { type: 'direct-connect-gateway', id: directConnectGatewayId } as const;
    becomeAvailable(ec2, attachToTransitGateway(call, transit, resource));
  }
  return row.id;
}

function plantVirtualInterface(call: AwsCall, planted: Extract<PlantedLine, { kind: 'virtual-interface' }>): string {
  const { virtualGatewayId, directConnectGatewayId } = planted;
  if ((virtualGatewayId === undefined) === (directConnectGatewayId === undefined)) {
    throw new RangeError('A virtual interface leads to a virtual private gateway or to a Direct Connect gateway.');
  }

  if (virtualGatewayId !== undefined) existing(call.state.ec2.vpnGateways.get(virtualGatewayId), virtualGatewayId);
  if (directConnectGatewayId !== undefined) gatewayOf(call, directConnectGatewayId);
  const announced = blocks(planted.announces);
  const connectionId = planted.connectionId ?? plantConnection(call);
  existing(call.state.directConnect.connections.get(connectionId), connectionId);
  const { size } = call.state.directConnect.virtualInterfaces;
  const row: VirtualInterfaceRow = {
    id: call.id('dxvif-', 8),
    ownerId: call.account,
    name: `interface ${size + 1}`,
    type: planted.type ?? (leadsToTransit(call, directConnectGatewayId) ? 'transit' : 'private'),
    connectionId,
    vlan: 100 + size,
    asn: 65_000,
    addressFamily: announced.length > 0 && announced.every((block) => block.includes(':')) ? 'ipv6' : 'ipv4',
    amazonAddress: '169.254.255.1/30',
    customerAddress: '169.254.255.2/30',
    virtualGatewayId,
    directConnectGatewayId,
    state: planted.state ?? 'available',
    bgpStatus: planted.bgp ?? 'up',
    announced,
  };
  call.state.directConnect.virtualInterfaces.set(row.id, row);
  return row.id;
}

function gatewayOf(call: AwsCall, id: string): void {
  const gateways = [...call.aws.regions.values()].map(({ directConnect }) => directConnect.gateways.get(id));
  existing(gateways.find(Boolean), id);
}

function leadsToTransit({ state }: AwsCall, directConnectGatewayId: string | undefined): boolean {
  return [...state.directConnect.associations.values()].some(
    (row) => row.directConnectGatewayId === directConnectGatewayId && row.gatewayType === 'transitGateway',
  );
}

function uuid(call: AwsCall): string {
  const part = (length: number) => call.id('', length);
  return `${part(8)}-${part(4)}-4${part(3)}-a${part(3)}-${part(12)}`;
}
