import type { RemoteConnection, VirtualGateway, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import type { VirtualInterfaceRow } from '../../direct-connect/state.js';
import type { Lack } from '../lack.js';
import { connectionRow, interfaceRow } from './remote-rows.js';

/**
 * Virtual private gateways with the connections that end at them.
 * @returns the gateways whose propagated routes follow from what their connections announce, so that they
 * need no rows
 */
export function loadVirtualGateways(call: AwsCall, region: RegionSnapshot, lack: Lack): ReadonlySet<string> {
  const { virtualGateways } = region;
  if (virtualGateways === undefined) {
    lack(`the virtual private gateways of ${call.region} were not read`);
    return new Set();
  }

  const derived = new Set<string>();
  for (const gateway of virtualGateways) {
    const { id, nativeState, networkIds, connections } = gateway;
    if (connections === undefined) lack(`the connections of ${id} were not read`);
    call.state.ec2.vpnGateways.set(id, {
      id,
      ownerId: call.account,
      fields: { State: nativeState === 'deleted' ? 'deleted' : 'available', AmazonSideAsn: 64_512 },
      vpcId: networkIds[0],
      tags: {},
    });
    const heard = heardBy(region, gateway);
    if (heard !== undefined) derived.add(id);
    for (const connection of connections ?? []) {
      const announced = connection.id === heard?.carrier ? heard.blocks : [];
      if (connection.kind === 'vpn') {
        const row = connectionRow(call, connection, { VpnGatewayId: id }, announced);
        call.state.ec2.vpnConnections.set(row.id, row);
      } else loadInterface(call, id, connection, announced);
    }
  }
  return derived;
}

/**
 * The blocks that a gateway learns by BGP, and the connection that is assumed to announce them: no call
 * shows which does.
 */
interface Heard {
  readonly blocks: readonly string[];
  readonly carrier: string | undefined;
}

/** `undefined` where tables show what no set of connections explains: then they keep the routes as rows. */
function heardBy(
  { routeTables = [] }: RegionSnapshot,
  { id, networkIds, connections }: VirtualGateway,
): Heard | undefined {
  if (connections === undefined) return undefined;

  const tables = routeTables.flatMap(({ networkId, routes = [] }) => {
    const learned = routes.filter(({ nextHop, origin }) => origin === 'propagated' && nextHop.id === id);
    return learned.length === 0 ? [] : [{ networkId, blocks: learned.map(({ cidrBlock = '' }) => cidrBlock).sort() }];
  });
  const [first] = tables;
  if (first === undefined) return { blocks: [], carrier: undefined };

  const same = tables.every(
    ({ networkId, blocks }) => networkIds.includes(networkId) && blocks.join() === first.blocks.join(),
  );
  const working = connections.filter(({ state }) => state === 'up');
  const known = new Set(working.flatMap(({ cidrBlocks }) => cidrBlocks ?? []));
  const heard = first.blocks.filter((block) => !known.has(block));
  const carrier =
    working.find(({ kind }) => kind === 'direct-connect') ?? working.find(({ cidrBlocks }) => cidrBlocks === undefined);
  if (!same || [...known].some((block) => !first.blocks.includes(block))) return undefined;
  if (heard.length > 0 && carrier === undefined) return undefined;

  return { blocks: heard, carrier: carrier?.id };
}

function loadInterface(
  call: AwsCall,
  virtualGatewayId: string,
  connection: RemoteConnection,
  announced: readonly string[],
): void {
  const { via } = connection;
  const { directConnect } = call.state;
  const known = directConnect.virtualInterfaces.get(connection.id);
  const row: VirtualInterfaceRow = interfaceRow(call, connection, {
    type: 'private',
    ...(via === undefined ? { virtualGatewayId } : { directConnectGatewayId: via }),
    announced: [...(known?.announced ?? []), ...announced],
  });
  directConnect.virtualInterfaces.set(row.id, row);
  if (via === undefined) return;

  tieDirectConnect(call, via, virtualGatewayId, 'virtualPrivateGateway');
}

/** A Direct Connect gateway, and what ties it to another gateway. */
export function tieDirectConnect(
  call: AwsCall,
  directConnectGatewayId: string,
  gatewayId: string,
  gatewayType: 'virtualPrivateGateway' | 'transitGateway',
): void {
  const { gateways, associations } = call.state.directConnect;
  gateways.set(directConnectGatewayId, {
    id: directConnectGatewayId,
    ownerId: call.account,
    name: directConnectGatewayId,
    amazonSideAsn: 64_513,
    state: 'available',
  });
  const id = `${gatewayId}/${directConnectGatewayId}`;
  associations.set(id, {
    id,
    directConnectGatewayId,
    gatewayType,
    gatewayId,
    gatewayOwnerId: call.account,
    region: call.region,
    state: 'associated',
    allowedPrefixes: [],
  });
}
