import type { Subnet } from '../model/network.js';
import type { LinkView, Missing, RegionIndex } from './views.js';
import { unreadOf } from './link-facts.js';

/** The subnets of a link, each found or missing. */
export interface LinkSubnets {
  readonly found: readonly Subnet[];
  /** The IDs of those that certainly do not exist. */
  readonly absent: readonly string[];
  /** Why the first of the others could not be read; undefined where all are found or absent. */
  readonly missing: Missing | undefined;
}

/** Looks the subnets of a link up. */
export function subnetsOf(view: LinkView): LinkSubnets {
  const { region, subnetIds } = view;
  const found: Subnet[] = [];
  const absent: string[] = [];
  let missing: Missing | undefined;
  for (const id of subnetIds) {
    const subnet = region.find('subnets', id);
    if (subnet.is === 'found') found.push(subnet.value);
    else if (subnet.is === 'unknown') missing ??= subnet.missing;
    else absent.push(id);
  }
  missing ??= unreadOf(view, 'subnets');
  return { found, absent, missing };
}

export function subnetsOfNetwork(region: RegionIndex, networkId: string): readonly Subnet[] {
  return region.group('subnets', 'network', (subnet) => [subnet.networkId]).get(networkId) ?? [];
}

/**
 * Subnets of the same network that support links and have free addresses, in zones other than `except`:
 * `subnet-c (euw1-az3)`. At most five, one of each zone first.
 */
export function subnetsThatWouldDo(
  region: RegionIndex,
  networkId: string,
  except: { readonly zones?: ReadonlySet<string>; readonly ids?: ReadonlySet<string> },
): readonly string[] {
  const fit = subnetsOfNetwork(region, networkId).filter(
    ({ id, zone, freeAddresses }) =>
      except.zones?.has(zone) !== true &&
      except.ids?.has(id) !== true &&
      freeAddresses !== 0 &&
      servesLinks(region, zone) === true,
  );
  const zones = new Set<string>();
  const first = fit.filter(({ zone }) => zones.size < zones.add(zone).size);
  const rest = fit.filter((subnet) => !first.includes(subnet));
  return [...first, ...rest].slice(0, 5).map(({ id, zone }) => `${id} (${zone})`);
}

/** Whether links can be in a zone; undefined where this is not published, or was not read. */
function servesLinks(region: RegionIndex, zone: string): boolean | undefined {
  const found = region.find('zones', zone);
  return found.is === 'found' ? found.value.servesLinks : undefined;
}
