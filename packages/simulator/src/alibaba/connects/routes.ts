import { readBlock } from '../../simulation/addresses.js';
import type { Choose } from '../../simulation/open-questions.js';
import { blockHas } from '../vpc/request/text-rules.js';
import { entriesOf, type EffectiveEntry } from '../vpc/route-entries.js';
import type { AlibabaState, AlibabaRegionState } from '../state/alibaba-state.js';
import type { RouteTableRow, VpcRow, VSwitchRow, SnatEntryRow } from '../vpc/state.js';
import type { Finding, Via } from './connection.js';

/** Next hops to private addresses elsewhere. Those not listed lead to the internet or to the cloud's services. */
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

/** The destination of a packet: a VPC of this world, or a next hop out of it, which is assumed to answer. */
export type Route =
  | {
      readonly kind: 'vpc';
      readonly state: AlibabaRegionState;
      readonly vpcId: string;
      /** The peering or transit router on the path; undefined within the VPC. */
      readonly through: string | undefined;
      readonly via: readonly Via[];
    }
  | {
      readonly kind: 'outside';
      readonly nextHop: string;
      readonly via: readonly Via[];
      /** Blocks that answers are sent to from there; undefined: all. */
      readonly answers?: readonly string[] | undefined;
      /** The source's address there, behind a NAT gateway. */
      readonly seenAs?: string | undefined;
    };

/** Machines and services of the user that forward by their own configuration, which no API shows. */
const MIDDLEBOXES = new Set(['HaVip', 'Instance', 'NetworkInterface', 'GatewayLoadBalancerEndpoint']);

/** The place where a packet is routed: the account, the region, and the vSwitch whose table applies. */
export interface Junction {
  readonly alibaba: AlibabaState;
  readonly state: AlibabaRegionState;
  readonly vSwitch: VSwitchRow;
  readonly choose: Choose;
  /** The source of a call, where it may go to the internet. */
  readonly from?: string | undefined;
}

/**
 * The entry with the longest prefix in the route table of a vSwitch. Disabled entries match nothing. Several next hops
 * of one block share the calls, so each of them must forward them. It is undecided which of them gets a call.
 */
export function findRoute(junction: Junction, address: string): Route | Finding {
  const { state, vSwitch, choose } = junction;
  const tableId = vSwitch.routeTableId;
  const { vpcId } = vSwitch;
  const six = [...state.network.vSwitches.values()].some(
    (row) => row.vpcId === vpcId && row.ipv6CidrBlock !== undefined && blockHas(row.ipv6CidrBlock, address),
  );
  if (six) return { kind: 'vpc', state, vpcId, through: undefined, via: [] };

  const best = longest(state, state.network.routeTables.get(tableId), address);
  const routes = best.map((entry) => along(junction, entry, address));
  const [first] = routes;
  if (!first) return { by: 'route', because: `Route table ${tableId} has no entry for ${address}.` };

  const lost = routes.find((route) => 'by' in route);
  if (lost || routes.length === 1) return lost ?? first;

  const names = best.map(({ nextHopId }) => nextHopId).join(' and ');
  return routes[choose(`which of ${names} takes calls to ${address}`, routes.length)] ?? first;
}

/** The entries with the longest prefix: one, or as many as the block has next hops. */
function longest({ network }: AlibabaRegionState, table: RouteTableRow | undefined, address: string) {
  const [best, ...others] = (table ? entriesOf(network, table) : [])
    .filter((entry) => entry.enabled !== false && blockHas(entry.destinationCidrBlock, address))
    .sort((a, b) => bits(b.destinationCidrBlock) - bits(a.destinationCidrBlock));
  if (!best) return [];

  return [best, ...others.filter((one) => one.destinationCidrBlock === best.destinationCidrBlock)];
}

function along({ alibaba, state, vSwitch, from }: Junction, entry: EffectiveEntry, address: string): Route | Finding {
  const { vpcId, routeTableId } = vSwitch;
  const { destinationCidrBlock, nextHopType, nextHopId, answers } = entry;
  if (nextHopType === 'local') return { kind: 'vpc', state, vpcId, through: undefined, via: [] };

  const said = `${destinationCidrBlock} in ${routeTableId} leads to`;
  const nextHop = `${nextHopType} ${nextHopId}`;
  // A VPC NAT gateway has addresses of its own, for which DNAT entries decide; a default route is that to the internet.
  const isOfItsOwn = !destinationCidrBlock.endsWith('/0');
  if (nextHopType === 'NatGateway' && (isOfItsOwn || leavesVpc(state, vpcId, address)))
    return { kind: 'outside', nextHop, via: ['middlebox', 'outside'] };

  if (nextHopType === 'NatGateway' && from !== undefined && isPublic(address)) {
    const seen = seenBehindNat(state, nextHopId, { address: from, vSwitchId: vSwitch.id });
    if (seen) return 'by' in seen ? seen : { kind: 'outside', nextHop, via: ['outside'], ...seen };
  }
  if (!ONWARD.has(nextHopType)) return { by: 'route', because: `${said} ${nextHopType}, not to ${address}.` };

  const instanceId =
    nextHopType === 'NetworkInterface' ? state.network.interfaces.get(nextHopId)?.instanceId : nextHopId;
  if (nextHopType === 'Instance' || nextHopType === 'NetworkInterface') {
    if (hasAddress(state, { nextHopType, nextHopId }, address)) {
      return { kind: 'vpc', state, vpcId, through: undefined, via: [] };
    }

    const server = state.network.instances.get(instanceId ?? '');
    if (server?.Status !== 'Running') return { by: 'route', because: `${said} ${nextHopId}, which does not run.` };
    if (server.forwards === false) return { by: 'route', because: `${said} ${nextHopId}, which passes on nothing.` };
  }
  if (nextHopType === 'VpcPeer') return throughPeering(alibaba, vpcId, nextHopId, address);
  if (nextHopType === 'Attachment') return throughTransitRouter(state, vpcId, nextHopId, address);

  return {
    kind: 'outside',
    nextHop,
    via: MIDDLEBOXES.has(nextHopType) ? ['middlebox', 'outside'] : ['outside'],
    answers,
  };
}

/** Whether a machine or an interface that is a next hop has the address itself: what is for it needs no forwarding. */
function hasAddress(
  { network }: AlibabaRegionState,
  { nextHopType, nextHopId }: Pick<EffectiveEntry, 'nextHopType' | 'nextHopId'>,
  address: string,
): boolean {
  return [...network.interfaces.values()].some(
    ({ id, instanceId, type, primaryIpAddress, secondaryIpAddresses = [] }) =>
      (nextHopType === 'NetworkInterface' ? id === nextHopId : instanceId === nextHopId && type === 'Primary') &&
      [primaryIpAddress, ...secondaryIpAddresses].includes(address),
  );
}

/**
 * Whether a table of the VPC has a route to an address. Any table counts: one of them is that of a VPC NAT
 * gateway's own vSwitch. Routes to a NAT gateway and to next hops without private addresses do not count.
 * @see https://www.alibabacloud.com/help/en/nat-gateway/user-guide/create-and-manage-a-vpc-nat-gateway
 */
function leavesVpc(state: AlibabaRegionState, vpcId: string, address: string): boolean {
  return [...state.network.routeTables.values()].some(
    (table) =>
      table.vpcId === vpcId &&
      longest(state, table, address).some(({ nextHopType }) => nextHopType === 'local' || ONWARD.has(nextHopType)),
  );
}

/**
 * A peering carries packets between two VPCs, and none for other destinations. A peering that this world
 * does not have, and another account's VPC, are assumed to answer.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/vpc-peer-to-peer-connection
 */
function throughPeering(alibaba: AlibabaState, vpcId: string, id: string, address: string): Route | Finding {
  const row = alibaba.peerings.get(id);
  if (!row) return { kind: 'outside', nextHop: `VpcPeer ${id}`, via: ['peering', 'outside'] };
  if (row.status !== 'Activated') return { by: 'blackhole', because: `Peering ${id} is ${row.status}.` };

  const far = row.requester.vpcId === vpcId ? row.accepter : row.requester;
  const state = far.account === alibaba.account ? alibaba.regions.get(far.region) : undefined;
  const vpc = state?.network.vpcs.get(far.vpcId);
  const blocks = vpc ? blocksOf(vpc) : far.cidrBlocks;
  if (blocks !== undefined && !blocks.some((block) => blockHas(block, address))) {
    return { by: 'peering', because: `${far.vpcId} behind ${id} has ${blocks.join(', ')}, and not ${address}.` };
  }
  if (!state || !vpc) return { kind: 'outside', nextHop: `VpcPeer ${id}`, via: ['peering', 'outside'] };

  return { kind: 'vpc', state, vpcId: vpc.id, through: id, via: ['peering'] };
}

/**
 * The attachments of a transit router are not part of this world. A VPC of the region counts as attached if
 * it has an entry with a transit router as next hop. Where none of these has the address, the transit router
 * is assumed to have a route to an address that answers.
 */
function throughTransitRouter(state: AlibabaRegionState, vpcId: string, id: string, address: string): Route {
  const { network } = state;
  const attached = new Set(
    [...network.routeTables.values()]
      .filter(({ entries }) => entries.some(({ nextHopType }) => nextHopType === 'Attachment'))
      .map((table) => table.vpcId),
  );
  const far = [...network.vpcs.values()].find(
    (vpc) => vpc.id !== vpcId && attached.has(vpc.id) && blocksOf(vpc).some((block) => blockHas(block, address)),
  );
  if (!far) return { kind: 'outside', nextHop: `Attachment ${id}`, via: ['transit-router', 'outside'] };

  return { kind: 'vpc', state, vpcId: far.id, through: id, via: ['transit-router'] };
}

function blocksOf({ cidrBlock, secondaryCidrBlocks, ipv6CidrBlocks = [] }: VpcRow): readonly string[] {
  return [cidrBlock, ...secondaryCidrBlocks, ...ipv6CidrBlocks];
}

const bits = (text: string): number => readBlock(text)?.bits ?? 0;

/** Addresses that are not of the internet. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'];

/** Whether an address is of the internet. */
function isPublic(address: string): boolean {
  return readBlock(address)?.family === 4 && !PRIVATE.some((block) => blockHas(block, address));
}

/**
 * The internet address with which calls from an address in a vSwitch leave a NAT gateway: the address of the SNAT entry of the vSwitch,
 * or of the smallest block that contains the address. Undefined where the NAT gateway does not exist.
 * @see https://www.alibabacloud.com/help/en/nat-gateway/user-guide/create-and-manage-snat-entries
 */
function seenBehindNat(
  { network }: AlibabaRegionState,
  natGatewayId: string,
  from: { readonly address: string; readonly vSwitchId: string },
): { readonly seenAs: string } | Finding | undefined {
  const row = network.natGateways.get(natGatewayId);
  if (!row) return undefined;

  const stopped = (because: string): Finding => ({ by: 'nat', because });
  if (row.Status !== 'Available') return stopped(`NAT gateway ${natGatewayId} is ${row.Status}.`);
  if (row.NetworkType !== 'internet') return stopped(`NAT gateway ${natGatewayId} does not go to the internet.`);

  const [entry] = [...network.snatEntries.values()]
    .filter((one) => one.NatGatewayId === natGatewayId && isFor(one, from))
    .toSorted((a, b) => natBits(b) - natBits(a));
  if (!entry) return stopped(`NAT gateway ${natGatewayId} has no SNAT entry for ${from.vSwitchId} (${from.address}).`);

  return { seenAs: entry.SnatIp.split(',')[0] ?? '' };
}

const isFor = (
  { SourceVSwitchId, SourceCIDR }: SnatEntryRow,
  { address, vSwitchId }: { readonly address: string; readonly vSwitchId: string },
): boolean => SourceVSwitchId === vSwitchId || (SourceCIDR !== '' && blockHas(SourceCIDR, address));

const natBits = ({ SourceCIDR }: SnatEntryRow): number => readBlock(SourceCIDR)?.bits ?? 0;
