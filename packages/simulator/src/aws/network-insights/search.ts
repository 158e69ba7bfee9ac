import type { NetworkInsightsAnalysis, PathFilter } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../operation/operation.js';
import { formatAddress, readBlock } from '../../simulation/addresses.js';
import type { Ports } from '../../simulation/port-ranges.js';
import { MAX_PORT } from '../../simulation/ports.js';
import type { InsightsPathRow } from '../ec2/network-insights/state.js';
import { interfacesOf } from '../ec2/instance/instances.js';
import { cidrsOf } from '../ec2/prefix-list.js';
import type { RegionState } from '../state/region-state.js';
import type { Place } from '../connects/connection.js';
import type { Here } from '../connects/leg.js';
import { routeTableOf } from '../connects/route-choice.js';
import { blocked, type Found } from './found.js';
import { fromInternet, isPublic, throughBalancer, toAddress, toAnywhere, toGateway } from './paths.js';

type PathFields = InsightsPathRow['fields'];

/**
 * The first path that is found, or else what stops the first one that was tried. All combinations of the addresses and ports that the path
 * admits are considered, as far as a rule treats them differently.
 */
export function search(
  call: AwsCall,
  path: PathFields,
  { FilterInArns = [], FilterOutArns = [] }: Pick<NetworkInsightsAnalysis, 'FilterInArns' | 'FilterOutArns'>,
): Found {
  let first: Found | undefined;
  for (const found of pathsOf(hereOf(call, path), path, FilterInArns)) {
    const filtered = found.explained ? found : through(found, FilterInArns, FilterOutArns);
    if (!filtered.explained) return filtered;

    first ??= filtered;
  }
  return first ?? blocked('NO_PATH');
}

/** A path that passes all of some components, and none of others. */
function through(found: Found, wanted: readonly string[], excluded: readonly string[]): Found {
  const passes = (arn: string): boolean => found.forward.some((id) => arn === id || arn.endsWith(`/${id}`));
  const missing = wanted.find((arn) => !passes(arn));
  if (missing !== undefined) return blocked('COMPONENT_FILTER_RESTRICTION', idIn(missing));

  const removed = excluded.find(passes);
  return removed === undefined ? found : blocked('COMPONENT_FILTER_RESTRICTION_REMOVED_COMPONENT', idIn(removed));
}

const idIn = (arn: string): string => (arn.includes(':ec2:') ? arn.slice(arn.lastIndexOf('/') + 1) : arn);

/** The account as the analyzer takes it: an interface at an end of the path as if it was attached. */
function hereOf(
  { aws, state, now }: AwsCall,
  { Source, Destination, FilterAtSource, FilterAtDestination }: PathFields,
): Here {
  const { ec2 } = state;
  const interfaces = new Map(ec2.interfaces);
  for (const id of [Source, Destination ?? '']) {
    const row = ec2.interfaces.get(id);
    if (row) interfaces.set(id, { ...row, requesterManaged: true });
  }
  const region: RegionState = { ...state, ec2: { ...ec2, interfaces } };
  const some = rangeOf(FilterAtSource?.SourcePortRange ?? FilterAtDestination?.SourcePortRange);
  return {
    aws: { ...aws, regions: new Map([...aws.regions, [region.name, region]]) },
    region,
    now,
    some,
    choose: () => 0,
  };
}

function rangeOf({
  FromPort = 0,
  ToPort = FromPort || MAX_PORT,
}: NonNullable<PathFilter['SourcePortRange']> = {}): Ports {
  return [FromPort, ToPort];
}

/** The paths that may be those between the ends, the most direct ones first. */
function* pathsOf(here: Here, path: PathFields, via: readonly string[]): Generator<Found> {
  const { region } = here;
  const { Source, Destination, FilterAtSource: atSource, FilterAtDestination: atDestination } = path;
  const sender = atSource?.SourceAddress ?? path.SourceIp;
  const called = atSource?.DestinationAddress;
  const receiver = atDestination?.DestinationAddress ?? path.DestinationIp;
  const first =
    path.DestinationPort === undefined ? rangeOf(atSource?.DestinationPortRange) : portAlone(path.DestinationPort);
  const last = rangeOf(atDestination?.DestinationPortRange);
  const direct: Ports = [Math.max(first[0], last[0]), Math.min(first[1], last[1])];
  const ends = placesOf(region, Destination);
  const to = ends.filter(({ address }) => (receiver ?? address) === address);
  if (ends.length > 0 && to.length === 0) yield blocked('FILTER_AT_DESTINATION_DESTINATION_ADDRESS', Destination ?? '');

  if (region.ec2.internetGateways.has(Source)) {
    for (const place of to.filter(({ eni }) => (called ?? eni.publicIpAddress) === eni.publicIpAddress)) {
      for (const source of publicOnes(sender, place, false)) {
        for (const port of portsIn(region, direct)) yield fromInternet(here, Source, place, source, port);
      }
    }
    return;
  }

  const starts = placesOf(region, Source);
  const from = starts.filter(({ address }) => (sender ?? atDestination?.SourceAddress ?? address) === address);
  if (from.length === 0)
    yield blocked(starts.length === 0 ? 'UNASSOCIATED_COMPONENT' : 'FILTER_AT_SOURCE_SOURCE_ADDRESS', Source);
  if (direct[0] > direct[1]) yield blocked('FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE', Destination ?? '');
  for (const start of from) {
    if (Destination === undefined) {
      for (const port of portsIn(region, direct)) yield toAnywhere(here, start, called ?? '', port);
    } else if (ends.length === 0) {
      for (const address of called === undefined ? addressesBy(start, Destination) : [called]) {
        for (const port of portsIn(region, direct)) yield toGateway(here, start, Destination, address, port);
      }
    } else if (!via.some((arn) => arn.includes(':loadbalancer/'))) {
      const plain = to.filter(({ address }) => (called ?? address) === address);
      for (const end of plain)
        for (const port of portsIn(region, direct)) yield toAddress(here, start, end.address, port);
    }
  }
  for (const balancer of region.loadBalancing.loadBalancers.values()) {
    const isUsed = via.length === 0 || via.includes(balancer.fields.LoadBalancerArn);
    for (const start of isUsed ? starts.filter(({ address }) => (sender ?? address) === address) : []) {
      for (const end of to)
        for (const port of portsIn(region, first)) yield* throughBalancer(here, start, balancer, end, port, last);
    }
  }
}

const portAlone = (port: number): Ports => [port, port];

/** The places of an end: the interfaces of an instance or of an endpoint, by each address; none of a gateway. */
function placesOf(region: RegionState, id = ''): readonly Place[] {
  const { ec2 } = region;
  const interfaces = ec2.vpcEndpoints.get(id)?.interfaces ?? {};
  const ids = [id, ...Object.values(interfaces), ...interfacesOf(ec2, id).map((row) => row.id)];
  return ids.flatMap((one) => {
    const eni = ec2.interfaces.get(one);
    const subnet = eni && ec2.subnets.get(eni.subnetId);
    return eni && subnet ? eni.addresses.map((address) => ({ region, eni, subnet, address })) : [];
  });
}

/** Ports of a range, one for each part of it that rules, entries or listeners may treat differently. */
function portsIn({ ec2, loadBalancing }: RegionState, [first, last]: Ports): readonly number[] {
  const rules = [...ec2.securityGroupRules.values()].map(({ fields }) => [fields.FromPort, fields.ToPort] as const);
  const entries = [...ec2.networkAcls.values()].flatMap((acl) => acl.entries);
  const ranges = [...rules, ...entries.map(({ PortRange }) => [PortRange?.From ?? 0, PortRange?.To ?? 0] as const)];
  const listeners = [...loadBalancing.listeners.values()].map(({ fields }) => fields.Port ?? 0);
  const edges = [...ranges.flatMap(([from, to]) => [from, to + 1]), ...listeners];
  return first > last ? [] : [...new Set([first, ...edges.filter((port) => first < port && port <= last)])];
}

/** An address of each block. */
function addressesIn(blocks: readonly string[]): readonly string[] {
  return [...new Set(blocks)].flatMap((text) => {
    const block = text.includes(':') ? undefined : readBlock(text);
    return block
      ? formatAddress({ family: 4, value: block.first === block.last ? block.first : block.first + 1n })
      : [];
  });
}

/** The blocks that rules of an interface's groups name. */
function blocksNamed({ region: { ec2 }, eni }: Place, egress: boolean): readonly string[] {
  return [...ec2.securityGroupRules.values()]
    .filter(({ groupId, fields }) => eni.groupIds.includes(groupId) && fields.IsEgress === egress)
    .flatMap(({ fields }) => [fields.CidrIpv4 ?? [], cidrsOf(ec2.prefixLists.get(fields.PrefixListId ?? ''))].flat());
}

/** The addresses of the internet that may call an interface. */
function publicOnes(given: string | undefined, place: Place, egress: boolean): readonly string[] {
  if (given !== undefined) return [given];

  return addressesIn(['0.0.0.0/0', ...blocksNamed(place, egress)]).filter(isPublic);
}

/** Addresses that routes of a place lead to a gateway for; any one where none does. */
function addressesBy(place: Place, gateway: string): readonly string[] {
  const { region } = place;
  const routes = (routeTableOf(region, place.subnet)?.routes ?? []).filter(({ targetId }) => targetId === gateway);
  const blocks = routes.flatMap(({ kind, destination }) =>
    kind === 'prefix-list' ? cidrsOf(region.ec2.prefixLists.get(destination)) : destination,
  );
  return addressesIn(blocks.length === 0 ? ['0.0.0.0/0'] : [...blocks, ...blocksNamed(place, true)]);
}
