import type { Allowlist } from '../model/allowlist.js';
import type { Link } from '../model/link.js';
import type { LinkSpec, LookUp, Spec } from '../model/spec.js';
import type { Subnet } from '../model/network.js';
import { isOurs, sameIds } from '../plan/link-identity.js';
import { byUse, withoutOwn } from '../plan/link-steps.js';
import { traitsOf } from '../plan/traits.js';
import type { LinkView, RegionIndex, Unresolved } from './check.js';
import { lookUp, unknownBecause } from './look-up.js';
import type { PlaceIndex } from './place-index.js';

/**
 * The links of a spec as checks see them: each look-up answered as a plan answers it, with what could not be answered beside it.
 * That a link's subnets are of several networks is no such thing: a check of its own says it, and `networkId` is then undefined.
 * @throws {InvalidInputError} `INVALID_INPUT` where the snapshot does not show a link's provider, region or account.
 */
export function linkViews(spec: Spec, places: PlaceIndex): ReadonlyMap<string, LinkView> {
  const users = new Map<string, string[]>();
  for (const [name, { link }] of Object.entries(spec.integrations)) {
    const known = users.get(link);
    if (known === undefined) users.set(link, [name]);
    else known.push(name);
  }
  const named = new Set(Object.values(spec.links).flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
  return new Map(
    Object.entries(spec.links).map(([name, link]) => {
      const region = places.ofLink(name, link);
      return [name, { ...viewOf(spec, name, link, region, named), integrations: users.get(name) ?? [] }];
    }),
  );
}

function viewOf(
  spec: Spec,
  name: string,
  link: LinkSpec,
  region: RegionIndex,
  named: ReadonlySet<string>,
): Omit<LinkView, 'integrations'> {
  const troubles: Unresolved[] = [];
  const subnets = link.subnets && resolveSubnets(region, link.subnets, troubles);
  const [network, ...otherNetworks] = new Set(subnets?.map(({ networkId }) => networkId));
  const ownNetwork = otherNetworks.length === 0 ? network : undefined;
  const groups = link.securityGroups && resolveGroups(region, name, link.securityGroups, ownNetwork, troubles);
  const declared = { subnetIds: subnets?.map(({ id }) => id), securityGroupIds: groups };
  const there = resolveOwn(spec, name, link, region, named, declared, troubles);
  const subnetIds = there?.subnetIds ?? distinct(declared.subnetIds ?? []);
  const networkId = ownNetwork ?? there?.networkId ?? networkOf(region, subnetIds);
  if (networkId !== undefined) resolveNetwork(region, link, networkId, troubles);
  return {
    name,
    spec: link,
    region,
    link: there,
    subnetIds,
    securityGroupIds: there?.securityGroupIds ?? distinct(groups ?? []),
    networkId: otherNetworks.length === 0 ? networkId : undefined,
    unresolved: worst(troubles),
  };
}

/** A sure failure says more than an unknown; of equals the first. */
function worst(troubles: readonly Unresolved[]): Unresolved | undefined {
  return troubles.find(({ verdict }) => verdict === 'fail') ?? troubles[0];
}

function resolveSubnets(region: RegionIndex, wanted: readonly LookUp[], troubles: Unresolved[]): readonly Subnet[] {
  return wanted.flatMap((by) => {
    const found = lookUp(region, 'subnets', by);
    if ('value' in found) return [found.value];
    troubles.push(found.unresolved);
    return [];
  });
}

function resolveGroups(
  region: RegionIndex,
  name: string,
  wanted: readonly LookUp[],
  networkId: string | undefined,
  troubles: Unresolved[],
): readonly string[] {
  return wanted.flatMap((by) => {
    // Names of groups are unique in one network only, so a name means the one of the link's network.
    // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
    const here = (group: { readonly networkId: string }): boolean =>
      networkId === undefined || group.networkId === networkId;
    const found = lookUp(region, 'securityGroups', by, here);
    if ('unresolved' in found) {
      troubles.push(found.unresolved);
      return [];
    }
    const { id, networkId: own } = found.value;
    if (networkId !== undefined && own !== networkId) {
      troubles.push({
        verdict: 'fail',
        code: 'WRONG_NETWORK',
        message: `security group ${id} belongs to ${own}, the subnets of link ${name} to ${networkId}`,
        remedy: `Write a security group of ${networkId}.`,
      });
    }
    return [id];
  });
}

/** The link that exists: the one that is named, or the one with the project's mark that is as the spec wants it. */
function resolveOwn(
  spec: Spec,
  name: string,
  link: LinkSpec,
  region: RegionIndex,
  named: ReadonlySet<string>,
  declared: {
    readonly subnetIds?: readonly string[] | undefined;
    readonly securityGroupIds?: readonly string[] | undefined;
  },
  troubles: Unresolved[],
): Link | undefined {
  const by = link.id ?? (link.owner === 'external' ? { name: link.name ?? name } : undefined);
  if (by !== undefined) {
    const found = lookUp(region, 'links', by);
    if ('value' in found) return found.value;
    troubles.push(found.unresolved);
    return undefined;
  }
  const marked = region
    .group('links', 'mark', ({ owner }) => (owner === undefined ? [] : [markOf(owner.project, owner.integration)]))
    .get(markOf(spec.project, name));
  const fitting = (marked ?? []).filter(
    (one) =>
      one.state !== 'deleting' && !named.has(one.id) && isOurs(one, spec.project) && fits(region, link, declared, one),
  );
  const [current] = fitting.toSorted(byUse);
  if (current !== undefined) return current;
  const missing = region.missing('links');
  if (missing !== undefined) troubles.push(unknownBecause(missing, `nobody can say whether link ${name} exists yet`));
  return undefined;
}

/** Whether a link of ours is what the spec asks for in everything that can never change; otherwise a new one would be made. */
function fits(
  region: RegionIndex,
  link: LinkSpec,
  { subnetIds, securityGroupIds }: Parameters<typeof resolveOwn>[5],
  one: Link,
): boolean {
  const allowlist = allowlistOf(region, one.id);
  return (
    (subnetIds === undefined || sameIds(subnetIds, one.subnetIds)) &&
    (securityGroupIds === undefined || sameIds(securityGroupIds, withoutOwn(one, allowlist))) &&
    (link.allowlist === undefined || allowlist?.owned === true || !traitsOf(region.region).allowlistNeedsCreation)
  );
}

const allowlists = new WeakMap<RegionIndex, ReadonlyMap<string, Allowlist>>();

/** The allowlist of a link, by hash. */
export function allowlistOf(region: RegionIndex, linkId: string): Allowlist | undefined {
  const known = allowlists.get(region) ?? new Map(region.region.allowlists.map((list) => [list.linkId, list]));
  allowlists.set(region, known);
  return known.get(linkId);
}

function networkOf(region: RegionIndex, subnetIds: readonly string[]): string | undefined {
  for (const id of subnetIds) {
    const subnet = region.find('subnets', id);
    if (subnet.is === 'found') return subnet.value.networkId;
  }
  return undefined;
}

/** The spec may name the network as well; then it has to be the one that the subnets belong to. */
function resolveNetwork(region: RegionIndex, link: LinkSpec, networkId: string, troubles: Unresolved[]): void {
  if (link.network === undefined || link.network === networkId) return;
  const found =
    typeof link.network === 'string' ? { value: { id: link.network } } : lookUp(region, 'networks', link.network);
  if ('unresolved' in found) troubles.push(found.unresolved);
  else if (found.value.id !== networkId) {
    troubles.push({
      verdict: 'fail',
      code: 'WRONG_NETWORK',
      message: `the subnets of the link belong to ${networkId}, not to ${found.value.id}`,
      remedy: `Write ${networkId} as the network, or subnets of ${found.value.id}.`,
    });
  }
}

function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}

function markOf(project: string, integration: string): string {
  return `${project}/${integration}`;
}
