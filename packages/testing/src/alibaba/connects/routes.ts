import { blockHas, parseBlock } from '../network/block.js';
import { entriesOf } from '../network/route-entries.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { Finding, Source } from './connection.js';

/** Next hops that lead to private addresses elsewhere. Those not listed lead to the internet or to the cloud's services. */
const ONWARD = new Set([
  'VpcPeer',
  'VpnGateway',
  'RouterInterface',
  'Attachment',
  'Ecr',
  'HaVip',
  'Instance',
  'NetworkInterface',
  'GatewayLoadBalancerEndpoint',
]);

/** Where a packet goes: to somebody in the VPC, or out by a next hop. */
export interface Route {
  readonly local: boolean;
  /** `VpcPeer pcc-…`. */
  readonly nextHop: string;
}

/** The entry with the longest prefix in the route table of the source's vSwitch. */
export function findRoute(state: AlibabaRegionState, { place }: Source, address: string): Route | Finding {
  const tableId = place?.vSwitch.routeTableId ?? '';
  const table = state.network.routeTables.get(tableId);
  const [best] = (table ? entriesOf(state.network, table) : [])
    .filter(({ destinationCidrBlock }) => blockHas(destinationCidrBlock, address))
    .sort((a, b) => bits(b.destinationCidrBlock) - bits(a.destinationCidrBlock));
  if (!best) return { by: 'route', because: `Route table ${tableId} has no entry for ${address}.` };
  const { destinationCidrBlock, nextHopType, nextHopId } = best;
  if (nextHopType === 'local') return { local: true, nextHop: '' };
  if (!ONWARD.has(nextHopType)) {
    return {
      by: 'route',
      because: `${destinationCidrBlock} in ${tableId} leads to ${nextHopType}, not to ${address}.`,
    };
  }
  const instanceId =
    nextHopType === 'NetworkInterface' ? state.network.interfaces.get(nextHopId)?.instanceId : nextHopId;
  const forwards = nextHopType === 'Instance' || nextHopType === 'NetworkInterface';
  if (forwards && state.network.instances.get(instanceId ?? '')?.status !== 'Running') {
    return { by: 'route', because: `${destinationCidrBlock} in ${tableId} leads to ${nextHopId}, which does not run.` };
  }
  return { local: false, nextHop: `${nextHopType} ${nextHopId}` };
}

const bits = (text: string): number => parseBlock(text)?.bits ?? 0;
