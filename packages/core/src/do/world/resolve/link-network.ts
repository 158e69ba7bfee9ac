import type { Subnet } from '../../model/network.js';
import type { LinkSpec, LookUp } from '../../spec.js';
import type { NamedResources } from './own-link.js';
import type { Missing, RegionIndex, Unresolved } from '../views.js';
import { wasPostponed, lookUp, lookUpText, unknownBecause, type Nearness } from '../index/look-up.js';

export function resolveSubnets(
  region: RegionIndex,
  name: string,
  wanted: readonly LookUp[],
  near: Nearness,
  troubles: Unresolved[],
): NamedResources & { readonly found: readonly Subnet[] } {
  const ids: string[] = [];
  const subnets: Subnet[] = [];
  const absent: string[] = [];
  let missing: Missing | undefined;
  let unread: Missing | undefined;
  for (const [index, by] of wanted.entries()) {
    const found = lookUp(region, 'subnets', by, `links.${name}.subnets[${index}]`, { near });
    if ('value' in found) {
      ids.push(found.value.id);
      subnets.push(found.value);
      continue;
    }

    const { unresolved } = found;
    if (typeof by === 'string' && near.own.has(by) && wasPostponed(region.region, 'subnets')) {
      ids.push(by); // it exists, since the link is in it
      continue;
    }

    troubles.push(unresolved);
    unread ??= unresolved.missing;
    if (typeof by !== 'string') missing ??= unresolved.missing;
    else (unresolved.missing === undefined ? absent : ids).push(by);
  }
  return { ids, absent, found: subnets, missing, unread };
}

/** The network in which groups are looked up: that of the subnets, where they could be read. */
interface OfNetwork {
  readonly name: string;
  readonly link: LinkSpec;
  readonly ownNetwork: string | undefined;
  readonly subnets: NamedResources | undefined;
  readonly near: Nearness;
}

/** The network that the spec names for a link. */
export function networkOfSpec(region: RegionIndex, { network }: LinkSpec): string | undefined {
  if (network === undefined || typeof network === 'string') return network;

  const found = lookUp(region, 'networks', network, '');
  return 'value' in found ? found.value.id : undefined;
}

export function resolveGroups(
  region: RegionIndex,
  { name, link, ownNetwork: networkId, subnets, near }: OfNetwork,
  troubles: Unresolved[],
): NamedResources {
  const ids: string[] = [];
  const absent: string[] = [];
  let missing: Missing | undefined;
  let unread: Missing | undefined;
  for (const [index, by] of (link.securityGroups ?? []).entries()) {
    const path = `links.${name}.securityGroups[${index}]`;
    // Names of groups are unique in one network only, so a name means the one of the link's network.
    // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
    const fits = (group: { readonly networkId: string }): boolean =>
      networkId === undefined || group.networkId === networkId;
    const found =
      subnets?.unread !== undefined && networkId === undefined && typeof by !== 'string'
        ? {
            unresolved: unknownBecause(
              subnets.unread,
              path,
              `cannot determine which security group has ${lookUpText(by)}`,
            ),
          }
        : lookUp(region, 'securityGroups', by, path, { fits, near });
    if ('unresolved' in found) {
      const { unresolved } = found;
      troubles.push(unresolved);
      unread ??= unresolved.missing;
      if (typeof by !== 'string') missing ??= unresolved.missing;
      else (unresolved.missing === undefined ? absent : ids).push(by);
      continue;
    }

    const { id, networkId: own } = found.value;
    if (networkId !== undefined && own !== networkId) {
      troubles.push({
        verdict: 'fail',
        code: 'WRONG_NETWORK',
        path,
        message: `security group ${id} is in ${own}, but the subnets of link ${name} are in ${networkId}`,
        remedy: `Write a security group of ${networkId}.`,
        details: { securityGroup: id },
      });
    }
    ids.push(id);
  }
  return { ids, absent, missing, unread };
}

export function networkOf(region: RegionIndex, subnetIds: readonly string[]): string | undefined {
  for (const id of subnetIds) {
    const subnet = region.find('subnets', id);
    if (subnet.is === 'found') return subnet.value.networkId;
  }
  return undefined;
}

/** The spec may name the network as well; then it has to be the one that the subnets belong to. */
export function resolveNetwork(
  region: RegionIndex,
  name: string,
  link: LinkSpec,
  networkId: string,
  troubles: Unresolved[],
): void {
  if (link.network === undefined || link.network === networkId) return;

  const path = `links.${name}.network`;
  const found =
    typeof link.network === 'string' ? { value: { id: link.network } } : lookUp(region, 'networks', link.network, path);
  if ('unresolved' in found) troubles.push(found.unresolved);
  else if (found.value.id !== networkId) {
    troubles.push({
      verdict: 'fail',
      code: 'WRONG_NETWORK',
      path,
      message: `the subnets of the link are in ${networkId}, not in ${found.value.id}`,
      remedy: `Write ${networkId} as the network, or subnets of ${found.value.id}.`,
    });
  }
}

export function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
