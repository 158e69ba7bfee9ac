import { madeOnce } from '../../do/world/derived.js';
import type { Found, IntegrationView, Missing, RegionIndex, TargetView } from '../../do/world/views.js';
import type { Evidence } from '../../do/findings/finding.js';
import { subnetsOfNetwork } from '../../do/world/subnets-of.js';
import { backendOf, groupsBehind, type BalancerBackend } from '../../check/path/balancers/backend.js';
import { readAddress } from '../../cidr/read-address.js';
import { blockSet } from '../../check/path/model/group-set.js';
import { balancerEvidence } from '../../do/findings/evidence.js';
import type { PrefixSet } from '../../cidr/prefix-set.js';
import type { DiscoveryService, LoadBalancer } from '../../do/model/load-balancer.js';

/** Where a backend accepts calls. */
export interface AnsweringZones {
  /** The ids of the zones. */
  readonly zones: readonly string[];
  /** Whether calls that arrive in a zone stay there: no cross-zone load balancing. */
  readonly zonal: boolean;
  readonly evidence: Evidence;
}

/**
 * The zones in which a backend accepts calls. Of a load balancer: its zones, without those that have no
 * healthy target of their own if cross-zone load balancing is off. Of a discovery service: the zones of its
 * instances' subnets. `absent` if the backend does not exist, or has no zones of its own.
 */
export function answeringZones(integration: IntegrationView, view: TargetView): Found<AnsweringZones> {
  const backend = backendOf(integration, view);
  const { region } = integration.link;
  if (backend?.kind === 'balancer') {
    return backend.balancer.is === 'found' ? ofBalancer(region, backend, backend.balancer.value) : backend.balancer;
  }
  if (backend?.kind === 'service') {
    return backend.service.is === 'found' ? ofService(region, backend.service.value) : backend.service;
  }

  return { is: 'absent' };
}

function ofBalancer(region: RegionIndex, backend: BalancerBackend, balancer: LoadBalancer): Found<AnsweringZones> {
  const own = balancer.zones ?? zonesOfSubnets(region, balancer.subnetIds);
  if (own === undefined) {
    return unknown(region.missing('loadBalancers', balancer.id), {
      what: `the zones of ${balancer.name}`,
      remedy: `Look up the zones of ${balancer.name} in the console.`,
    });
  }

  const evidence = balancerEvidence(balancer, `in ${own.join(', ')}`);
  const alive = onlyZones(region, backend, balancer);
  const zones = alive === undefined ? own : own.filter((zone) => alive.has(zone));
  return { is: 'found', value: { zones, zonal: alive !== undefined, evidence } };
}

/**
 * The zones with a healthy target of their own if cross-zone load balancing is off; undefined if any zone may answer.
 */
function onlyZones(
  region: RegionIndex,
  backend: BalancerBackend,
  { crossZone }: LoadBalancer,
): ReadonlySet<string> | undefined {
  const listener = backend.listener;
  if (listener.is !== 'found') return undefined;

  const { groups, missing } = groupsBehind(region, listener.value);
  if (missing !== undefined || groups.length === 0) return undefined;

  const alive = new Set<string>();
  for (const { found } of groups) {
    if (found.is !== 'found' || (found.value.crossZone ?? crossZone) !== false) return undefined;
    if (found.value.targets === undefined) return undefined;

    for (const { zone, health } of found.value.targets) {
      if (health !== 'healthy' && health !== 'unavailable') continue;
      if (zone === undefined || zone === 'all') return undefined;

      alive.add(zone);
    }
  }
  return alive;
}

function zonesOfSubnets(region: RegionIndex, subnetIds: readonly string[]): readonly string[] | undefined {
  const found = subnetIds.map((id) => region.find('subnets', id));
  const zones = found.flatMap((one) => (one.is === 'found' ? [one.value.zone] : []));
  return zones.length === found.length && zones.length > 0 ? [...new Set(zones)] : undefined;
}

function ofService(region: RegionIndex, service: DiscoveryService): Found<AnsweringZones> {
  const { id, name = id, networkId, instances } = service;
  const fact: Missing = {
    what: `the instances of ${name}`,
    remedy: 'Take the snapshot again with `postern snapshot`.',
  };
  if (instances === undefined) return unknown(region.missing('services', id), fact);

  const blocks = blocksOf(region, networkId);
  const zones = new Set<string>();
  for (const { healthy, address, ipv6Address } of instances) {
    const host = readAddress(address ?? ipv6Address ?? '');
    if (healthy === false || host === undefined) continue;

    // An instance outside of the cloud, in a data center, has no zone.
    const zone = blocks.find(({ set }) => set.has(host))?.zone;
    if (zone !== undefined) zones.add(zone);
    else if (region.all('subnets').missing !== undefined) return unknown(region.all('subnets').missing, fact);
  }
  if (zones.size === 0) return { is: 'absent' };

  const evidence: Evidence = { kind: 'service', id, text: `${name}, in ${[...zones].toSorted().join(', ')}` };
  return { is: 'found', value: { zones: [...zones], zonal: false, evidence } };
}

interface ZoneBlocks {
  readonly zone: string;
  readonly set: PrefixSet;
}

/** The blocks of a network's subnets with their zones, read once for all services. Undefined: of every network. */
function blocksOf(region: RegionIndex, networkId: string | undefined): readonly ZoneBlocks[] {
  return madeOnce(region, 'zone blocks', networkId, () => {
    const subnets = networkId === undefined ? region.all('subnets').items : subnetsOfNetwork(region, networkId);
    return subnets.map(({ zone, cidrBlock, ipv6CidrBlocks = [] }) => ({
      zone,
      set: blockSet([cidrBlock, ...ipv6CidrBlocks]),
    }));
  });
}

function unknown(gap: Missing | undefined, fact: Missing): Found<never> {
  return { is: 'unknown', missing: gap ?? fact };
}
