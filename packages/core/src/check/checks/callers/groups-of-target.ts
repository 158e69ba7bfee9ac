import { madeOnce } from '../../../do/world/derived.js';
import type { ServiceInstance } from '../../../do/model/load-balancer.js';
import type { Evidence } from '../../../do/findings/finding.js';
import type { CheckInput, IntegrationView, Missing, RegionIndex, TargetView } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import type { InboundFilter } from './port-rules.js';
import type { Backend } from '../../path/balancers/backend.js';
import { askedFor } from '../../../do/model/discovered.js';
import { farInterface, isUnusedAddress } from '../../path/sources/far-interface.js';
import { interfaceAt } from '../../path/sources/interface-end.js';
import { addTo } from '../../../ground/grouped.js';

/** What filters the calls to a target. */
export interface InboundFilters {
  readonly filters: readonly InboundFilter[];
  /** Resources behind the target that no group filters: a network load balancer without groups. */
  readonly unfiltered: readonly string[];
  /** Why there may be more. */
  readonly missing?: Missing | undefined;
}

const NONE: InboundFilters = { filters: [], unfiltered: [] };

/**
 * The security groups of what a link calls: of the load balancer, of the instance, or of each instance of a
 * service. An address that is unused in the cloud has none: then the list that the spec gives as `admits`, if
 * any, is the only one.
 */
export function inboundFiltersOf(
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  backend: Backend,
): InboundFilters {
  // The backend of a target is created once for all checks.
  return madeOnce(input, 'filters of backends', backend, () => readFilters(input, integration, target, backend));
}

/** That a backend is behind security groups: `filters tcp 443 of orders-alb`. */
export function filterEvidence({ what, groupIds, port }: InboundFilter): Evidence {
  return { kind: 'security group', id: groupIds.join(', '), text: `filters tcp ${port} of ${what}` };
}

function readFilters(
  { regionOf }: CheckInput,
  { link }: IntegrationView,
  target: TargetView,
  backend: Backend,
): InboundFilters {
  const { region } = link;
  if (backend.kind === 'balancer') {
    if (backend.balancer.is === 'unknown') return { ...NONE, missing: backend.balancer.missing };
    if (backend.balancer.is === 'absent') return NONE;

    const balancer = backend.balancer.value;
    const listener = backend.listener;
    const port = backend.port ?? (listener.is === 'found' ? listener.value.port : undefined);
    // A CLB instance has no groups, but an access control list.
    if (balancer.kind === 'classic') return NONE;

    const what = balancer.name || balancer.id;
    if (port === undefined) {
      return listener.is === 'unknown' ? { ...NONE, missing: listener.missing } : NONE;
    }
    if (balancer.securityGroupIds.length === 0) return { filters: [], unfiltered: [what] };

    const filters = [{ region, what, groupIds: balancer.securityGroupIds, port }];
    return { filters, unfiltered: [] };
  }
  if (backend.kind === 'instance') {
    if (backend.instance.is === 'unknown') return { ...NONE, missing: backend.instance.missing };
    if (backend.instance.is === 'absent') return NONE;

    const { id, securityGroupIds: groupIds } = backend.instance.value;
    return { filters: [{ region, what: id, groupIds, port: backend.port }], unfiltered: [] };
  }

  const isListed = target.spec.admits !== undefined;
  const places = (addresses: readonly string[], port: number): InboundFilters =>
    ofPlaces(regionOf, { region, networkId: link.networkId, isListed }, addresses, port);
  if (backend.kind === 'address') return places([backend.id], backend.port);
  if (backend.service.is === 'unknown') return { ...NONE, missing: backend.service.missing };
  if (backend.service.is === 'absent') return NONE;

  const { instances, name = backend.id } = backend.service.value;
  if (instances === undefined) {
    const missing = region.missing('services', backend.id) ?? {
      what: `the instances of ${backend.id}`,
      remedy: 'Allow servicediscovery:ListInstances for these credentials, then take the snapshot again.',
    };
    return { ...NONE, missing };
  }

  const byPort = new Map<number, [string, ...string[]]>();
  // Discovery returns no others, so these get no calls.
  const asked = askedFor(name, instances, backend.query);
  for (const { address, port, healthy } of asked.instances) {
    if (address === undefined || port === undefined || healthy === false) continue;

    addTo(byPort, port, address);
  }
  const parts = [...byPort].map(([port, addresses]) => places(addresses, port));
  return {
    filters: parts.flatMap(({ filters }) => filters),
    unfiltered: [],
    missing:
      parts.find(({ missing }) => missing !== undefined)?.missing ??
      asked.missing ??
      unreadHealth(region, backend.id, asked.instances),
  };
}

/** Where the health of instances was refused, it cannot be determined which of them are called. */
function unreadHealth(
  region: RegionIndex,
  serviceId: string,
  instances: readonly ServiceInstance[],
): Missing | undefined {
  const gap = instances.every(({ healthy }) => healthy !== undefined)
    ? undefined
    : region.missing('services', serviceId);
  return gap?.failed === true ? gap : undefined;
}

/** Where calls to addresses come from, and whether the spec gives `admits`. */
interface From {
  readonly region: RegionIndex;
  readonly networkId: string | undefined;
  readonly isListed: boolean;
}

/** The groups on the interfaces that have some addresses; each combination of groups once. */
function ofPlaces(
  find: CheckInput['regionOf'],
  { region: here, networkId, isListed }: From,
  addresses: readonly string[],
  port: number,
): InboundFilters {
  const filters = new Map<string, InboundFilter>();
  let missing: Missing | undefined;
  for (const address of addresses) {
    const near = interfaceAt(here, networkId, address);
    const far =
      near === undefined && networkId !== undefined ? farInterface(find, here, networkId, address) : undefined;
    const { own, region } = far ?? { own: near, region: here };
    // The walk (path/*) reports an unused address of the network itself: nothing filters calls to it.
    if (own === undefined && isUnusedAddress(here, networkId, address)) continue;

    if (own === undefined)
      missing ??=
        here.missing('interfaces') ??
        // Whether the address belongs to the network itself decides where it is looked up.
        (networkId === undefined ? undefined : here.missing('networks', networkId)) ??
        (isListed ? undefined : unseenPlace(here, address));
    else {
      const key = `${region.region.region} ${region.region.account} ${own.securityGroupIds.join(' ')}`;
      if (!filters.has(key)) {
        filters.set(key, {
          region,
          what: `${own.attachedTo ?? own.id} (${address})`,
          groupIds: own.securityGroupIds,
          port,
          ...(far?.keepsGroups === false ? { byBlocks: true } : {}),
        });
      }
    }
  }
  return { filters: [...filters.values()], unfiltered: [], missing };
}

/** Why no interface is found at an address: a read that would show it was refused, or it is outside of the cloud. */
function unseenPlace(region: RegionIndex, address: string): Missing {
  const fallback = refusedOr(region, 'loadBalancers', undefined, unknownResource(address));
  return refusedOr(region, 'peerings', undefined, refusedOr(region, 'transitGateways', undefined, fallback));
}

function unknownResource(address: string): Missing {
  return {
    what: `the resource at ${address}`,
    remedy: `If ${address} is outside of the cloud, write the CIDR blocks that it allows as admits of the target.`,
  };
}
