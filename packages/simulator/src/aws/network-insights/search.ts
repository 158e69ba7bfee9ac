import type { NetworkInsightsAnalysis, PathFilter } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../operation/operation.js';
import { formatAddress, readBlock } from '../../simulation/addresses.js';
import type { Ports } from '../../simulation/port-ranges.js';
import { MAX_PORT } from '../../simulation/ports.js';
import type { InsightsPathRow } from '../ec2/network-insights/state.js';
import { interfacesOf } from '../ec2/instance/instances.js';
import { cidrsOf } from '../ec2/prefix-list.js';
import { rowsOf } from '../ec2/request/ids.js';
import { kindOfId } from '../ec2/request/family.js';
import { routesOf } from '../ec2/vpc/vgw-routes.js';
import { isAttached } from '../ec2/route-table/route-table-view.js';
import type { RegionState } from '../state/aws-state.js';
import type { Explained, Place } from '../connects/connection.js';
import type { Here } from '../connects/leg.js';
import { nodesOf } from '../connects/one-call.js';
import { routeTableOf } from '../connects/transit-gateway.js';
import { groupRules } from '../connects/security-groups.js';
import {
  blocked,
  fromInternet,
  isFound,
  isPublic,
  throughBalancer,
  toAddress,
  toAnywhere,
  toGateway,
  type Found,
} from './paths.js';

type PathFields = InsightsPathRow['fields'];

/**
 * The first path that is found, or else what stops each one that was tried. All combinations of the addresses and ports that the path
 * admits are considered, as far as a rule treats them differently.
 */
export function search(
  call: AwsCall,
  path: PathFields,
  { FilterInArns = [], FilterOutArns = [] }: Pick<NetworkInsightsAnalysis, 'FilterInArns' | 'FilterOutArns'>,
): Found {
  const stopping = new Map<string, Explained>();
  for (const one of pathsOf(hereOf(call, path), path, FilterInArns)) {
    const filtered = isFound(one) ? through(one, FilterInArns, FilterOutArns) : one;
    if (isFound(filtered)) return filtered;

    for (const explained of filtered.explained) stopping.set(JSON.stringify(explained), explained);
  }
  return stopping.size === 0 ? blocked('NO_PATH') : { forward: [], back: [], explained: [...stopping.values()] };
}

/** A path that passes all of some components, and none of others. */
function through(one: Found, wanted: readonly string[], excluded: readonly string[]): Found {
  const passes = (arn: string): boolean => one.forward.some((id) => arn === id || arn.endsWith(`/${id}`));
  const missing = wanted.find((arn) => !passes(arn));
  if (missing !== undefined) return blocked('COMPONENT_FILTER_RESTRICTION', idIn(missing));

  const removed = excluded.find(passes);
  return removed === undefined ? one : blocked('COMPONENT_FILTER_RESTRICTION_REMOVED_COMPONENT', idIn(removed));
}

const idIn = (arn: string): string => (arn.includes(':ec2:') ? arn.slice(arn.lastIndexOf('/') + 1) : arn);

/** The account as the analyzer takes it: an interface at an end of the path as if it was attached. */
function hereOf({ aws, state, now }: AwsCall, path: PathFields): Here {
  const { ec2 } = state;
  const interfaces = new Map(ec2.interfaces);
  for (const id of [path.Source, path.Destination ?? '']) {
    const row = ec2.interfaces.get(id);
    if (row) interfaces.set(id, { ...row, requesterManaged: true });
  }
  const region: RegionState = { ...state, ec2: { ...ec2, interfaces } };
  const regions = new Map([...aws.regions, [region.name, region]]);
  const some = rangeOf(path.FilterAtSource?.SourcePortRange ?? path.FilterAtDestination?.SourcePortRange);
  return { aws: { ...aws, regions }, region, now, some, choose: () => 0 };
}

/** A range of a filter: all ports where there is none, and the port where it has one end. */
function rangeOf({ FromPort, ToPort }: NonNullable<PathFilter['SourcePortRange']> = {}): Ports {
  return [FromPort ?? ToPort ?? 0, ToPort ?? FromPort ?? MAX_PORT];
}

/** The paths that may be those between the ends, the direct ones first. */
function* pathsOf(here: Here, path: PathFields, via: readonly string[]): Generator<Found> {
  const { region } = here;
  const { Source, Destination = '', FilterAtSource: atSource, FilterAtDestination: atDestination } = path;
  const gone = [Source, Destination].find((id) => {
    const kind = kindOfId(id);
    return id !== '' && (kind === undefined || !rowsOf(region.ec2, kind).has(id));
  });
  if (gone !== undefined) return yield blocked('NO_SOURCE_OR_DESTINATION', gone);

  const sender = atSource?.SourceAddress ?? path.SourceIp;
  const called = atSource?.DestinationAddress;
  const receiver = atDestination?.DestinationAddress ?? path.DestinationIp;
  const first = rangeOf(atSource?.DestinationPortRange ?? { FromPort: path.DestinationPort });
  const last = rangeOf(atDestination?.DestinationPortRange);
  const isFromInternet = region.ec2.internetGateways.has(Source);
  const starts = placesOf(region, Source);
  const published = [...region.ec2.interfaces.values()].filter(({ publicIpAddress }) => publicIpAddress === called);
  const endIds = isFromInternet && Destination === '' ? published.map(({ id }) => id) : [Destination];
  const ends = endIds.flatMap((id) => placesOf(region, id));
  const to = ends.filter(({ address }) => (receiver ?? address) === address);
  if (ends.length > to.length && to.length === 0)
    return yield blocked('FILTER_AT_DESTINATION_DESTINATION_ADDRESS', Destination);

  const direct = portsIn([...starts, ...ends], [Math.max(first[0], last[0]), Math.min(first[1], last[1])]);
  if (isFromInternet) {
    for (const end of to.filter(({ eni }) => (called ?? eni.publicIpAddress) === eni.publicIpAddress)) {
      const sources = sender === undefined ? addressesBehind(end, Source, false).filter(isPublic) : [sender];
      for (const source of sources) for (const port of direct) yield fromInternet(here, Source, end, source, port);
    }
    return;
  }

  if (starts.length === 0 || (/^(?:i|eni)-/.test(Destination) && ends.length === 0))
    return yield blocked('UNASSOCIATED_COMPONENT', starts.length === 0 ? Source : Destination);

  const from = starts.filter(({ address }) => (sender ?? address) === address);
  if (from.length === 0) yield blocked('FILTER_AT_SOURCE_SOURCE_ADDRESS', Source);
  if (direct.length === 0) yield blocked('FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE', Destination);
  for (const start of via.some((arn) => arn.includes(':loadbalancer/')) ? [] : from) {
    const addresses = called === undefined ? addressesBehind(start, Destination, true) : [called];
    const plain = to.filter(({ address }) => (called ?? address) === address);
    const apart = plain.find(({ subnet }) => !areJoined(region, start.subnet.vpcId, subnet.vpcId));
    if (apart) yield blocked('DISCONNECTED_VPCS', start.subnet.vpcId, apart.subnet.vpcId);
    for (const port of direct) {
      if (ends.length > 0) for (const end of apart ? [] : plain) yield toAddress(here, start, end.address, port);
      else if (Destination === '') yield toAnywhere(here, start, called ?? '', port);
      else for (const address of addresses) yield toGateway(here, start, Destination, address, port);
    }
  }
  for (const balancer of region.loadBalancing.loadBalancers.values()) {
    const isNamed = via.includes(balancer.fields.LoadBalancerArn);
    if (!isNamed && via.length > 0) continue;

    const nodes = nodesOf(here, balancer).filter(({ address }) => (called ?? address) === address);
    // Of load balancers that need not be passed, only a path says something.
    for (const start of from)
      for (const end of to)
        for (const node of nodes)
          for (const one of throughBalancer(here, start, { balancer, node }, end, first, last))
            if (isNamed || isFound(one)) yield one;
  }
}

/** Whether two VPCs are one, or connected by what the analyzer supports. */
function areJoined({ ec2 }: RegionState, one: string, other: string): boolean {
  const isPeered = [...ec2.peerings.values()].some(({ status, requester, accepter }) => {
    const ends = [requester.vpcId, accepter.vpcId];
    return status === 'active' && ends.includes(one) && ends.includes(other);
  });
  const isJoined = (id: string): boolean => isAttached(ec2, id, one) && isAttached(ec2, id, other);
  return one === other || isPeered || [...ec2.transitGateways.keys()].some(isJoined);
}

/** The places of an end: the interfaces of an instance or of an endpoint, by each address; none of a gateway. */
function placesOf(region: RegionState, id = ''): readonly Place[] {
  const { ec2 } = region;
  const interfaces = Object.values(ec2.vpcEndpoints.get(id)?.interfaces ?? {});
  return [id, ...interfaces, ...interfacesOf(ec2, id).map((row) => row.id)].flatMap((one) => {
    const eni = ec2.interfaces.get(one);
    const subnet = eni && ec2.subnets.get(eni.subnetId);
    return eni && subnet ? eni.addresses.map((address) => ({ region, eni, subnet, address })) : [];
  });
}

/** Ports of a range, one for each part of it that rules or entries at some places may treat differently. */
function portsIn(places: readonly Place[], [first, last]: Ports): readonly number[] {
  const edges = places.flatMap((place) => {
    const rules = [true, false].flatMap((egress) => groupRules(place, egress));
    const acls = [...place.region.ec2.networkAcls.values()].filter(({ vpcId }) => vpcId === place.subnet.vpcId);
    const entries = acls.flatMap((acl) => acl.entries).flatMap(({ PortRange }) => PortRange ?? []);
    const ranges = [...rules.map(({ FromPort, ToPort }) => ({ From: FromPort, To: ToPort })), ...entries];
    return ranges.flatMap(({ From = 0, To = 0 }) => [From, To + 1]);
  });
  return first > last ? [] : [...new Set([first, ...edges.filter((port) => first < port && port <= last)])];
}

/**
 * Addresses of the other end of a path from or to a gateway: one of each block that its routes or the rules of the interface's groups name;
 * any one where no route leads to it.
 */
function addressesBehind(place: Place, gateway: string, egress: boolean): readonly string[] {
  const { region } = place;
  const inList = (id = ''): readonly string[] => cidrsOf(region.ec2.prefixLists.get(id));
  const table = routeTableOf(region, place.subnet);
  const routes = table ? routesOf(region, table).filter(({ targetId }) => targetId === gateway) : [];
  const routed = routes.flatMap(({ kind, destination }) =>
    kind === 'prefix-list' ? inList(destination) : destination,
  );
  const named = groupRules(place, egress).flatMap((rule) => rule.CidrIpv4 ?? inList(rule.PrefixListId));
  const blocks = routed.length === 0 ? ['0.0.0.0/0'] : [...routed, ...named];
  return [...new Set(blocks)].flatMap((text) => {
    const block = text.includes(':') ? undefined : readBlock(text);
    if (!block) return [];

    return formatAddress({ family: 4, value: block.first === block.last ? block.first : block.first + 1n });
  });
}
