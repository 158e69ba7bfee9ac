import { kindOfLink, linkTraits } from '../../kinds/cloud/link-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { Link } from '../../model/link.js';
import type { Subnet } from '../../model/network.js';
import type { LinkSpec, Spec } from '../../spec.js';
import {
  isDeclared,
  marksOf,
  misspelledMove,
  namedLink,
  ownLink,
  type WantedLink,
  type NamedResources,
} from './own-link.js';
import { managedGroupOf } from '../planned-admission.js';
import type { LinkView, RegionIndex, Unresolved } from '../views.js';
import { unknownBecause, type LookedUp, type Nearness } from '../index/look-up.js';
import type { PlaceIndex } from '../index/region-index.js';
import { otherKind } from './link-identity.js';
import { resolveSubnets, networkOfSpec, resolveGroups, networkOf, resolveNetwork, distinct } from './link-network.js';
import { groupedPairs } from '../../../ground/grouped.js';
import { nearest } from '../../../ground/text/nearest.js';
import { isBalancerId } from '../../kinds/id-kinds.js';

/**
 * The links of a spec in a snapshot: each look-up resolved, for plans and checks, together with what could
 * not be resolved. Where a link's subnets are of several networks, `networkId` is undefined.
 * @throws {InvalidInputError} `INVALID_INPUT` where the snapshot does not contain a link's provider, region
 *   or account.
 */
export function linkViews(spec: Spec, places: PlaceIndex): ReadonlyMap<string, LinkView> {
  const users = groupedPairs(Object.entries(spec.integrations).map(([name, { link }]) => [link, name] as const));
  const named = new Set(Object.values(spec.links).flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
  return new Map(
    Object.entries(spec.links).map(([name, link]) => {
      const region = places.ofLink(name, link);
      const integrations = users.get(name) ?? [];
      return [name, viewOf({ spec, name, link, region, named, isAll: places.isAll }, integrations)];
    }),
  );
}

function viewOf(of: Omit<WantedLink, 'subnets' | 'groups'>, integrations: readonly string[]): LinkView {
  const { name, link, region } = of;
  const troubles: Unresolved[] = [];
  const given = namedLink(region, name, link);
  const marked = marksOf(of);
  // Of several subnets or groups with one name, those of the existing link are chosen.
  const existing = given !== undefined && 'value' in given ? [given.value] : marked.own;
  const near = (idsOf: (one: Link) => readonly string[]): Nearness => ({
    networkId: () => networkOfSpec(region, link),
    own: new Set(existing.flatMap(idsOf)),
  });
  const subnets =
    link.subnets &&
    resolveSubnets(
      region,
      name,
      link.subnets,
      near(({ subnetIds }) => subnetIds),
      troubles,
    );
  const [network, ...otherNetworks] = new Set(subnets?.found.map(({ networkId }) => networkId));
  // A subnet that could not be read may be of another network.
  const isOne = otherNetworks.length === 0 && subnets?.unread === undefined;
  const ownNetwork = isOne ? network : undefined;
  const ofNetwork = { name, link, ownNetwork, subnets, near: near(({ securityGroupIds }) => securityGroupIds) };
  const groups = link.securityGroups && resolveGroups(region, ofNetwork, troubles);
  const balancer =
    link.loadBalancer === undefined ? undefined : resolveBalancer(region, name, link.loadBalancer, troubles);
  const wanted = { subnets, groups, balancer, ...of };
  const own = given === undefined ? ownLink(wanted, marked, troubles) : foundLink(of, given, troubles);
  const { link: current, unseen, likely, replaced } = own;
  troubles.push(...misspelledMove(wanted, marked));
  // The spec does not describe a link that is adopted: other keys besides the ID do not apply to that link.
  const declared = unseen === undefined || isDeclared(link);
  const subnetIds = current?.subnetIds ?? distinct(declared ? (subnets?.ids ?? []) : []);
  const loadBalancerIds = current?.loadBalancerIds ?? (declared ? balancer?.ids : undefined);
  const standsIn =
    ownNetwork ??
    balancerNetwork(region, loadBalancerIds) ??
    current?.networkId ??
    (subnets?.unread === undefined ? networkOf(region, subnetIds) : undefined);
  if (standsIn !== undefined) resolveNetwork(region, name, link, standsIn, troubles);
  const kind = current?.kind ?? kindOfLink(region.clouds, link);
  return {
    name,
    spec: link,
    region,
    kind,
    traits: region.clouds.link(kind),
    link: current,
    subnetIds,
    securityGroupIds:
      current?.securityGroupIds ??
      plannedGroups(region.clouds, name, link) ??
      distinct(declared ? (groups?.ids ?? []) : []),
    loadBalancerIds,
    networkId: otherNetworks.length === 0 ? standsIn : undefined,
    unresolved: worst(troubles),
    troubles,
    obstacles: [
      ...(otherNetworks.length > 0 ? [severalNetworks(name, subnets?.found ?? [])] : []),
      ...unreadAllowlist(region, name, link, current ?? marked.own[0]),
      ...isGoing(name, link, current),
    ],
    marked,
    declared: {
      subnetIds: subnets && distinct(subnets.ids),
      securityGroupIds: groups && distinct(groups.ids),
      loadBalancerId: balancer?.ids[0],
    },
    unseen,
    likely,
    replaced,
    unread: current === undefined ? { subnets: subnets?.missing, securityGroups: groups?.unread } : undefined,
    integrations,
  };
}

/** The group that the cloud creates with a new link, where none can be given. */
function plannedGroups(clouds: Clouds, name: string, link: LinkSpec): readonly string[] | undefined {
  const isCreated = isDeclared(link) && linkTraits(clouds, link).groupIsManaged === true;
  return isCreated ? [managedGroupOf(name)] : undefined;
}

function foundLink(
  { name, link, region }: Pick<WantedLink, 'name' | 'link' | 'region'>,
  given: LookedUp<Link>,
  troubles: Unresolved[],
): Pick<LinkView, 'link' | 'unseen' | 'likely' | 'replaced'> {
  if ('value' in given) {
    const other = otherKind(region.clouds, name, link, given.value);
    if (other !== undefined) troubles.push(other);
    return { link: given.value };
  }

  troubles.push(given.unresolved);
  return { unseen: given.unresolved.missing };
}

function severalNetworks(name: string, found: readonly Pick<Subnet, 'id' | 'networkId'>[]): Unresolved {
  const networks = distinct(found.map(({ networkId }) => networkId));
  const list = found.map(({ id, networkId }) => `${id} of ${networkId}`).join(', ');
  return {
    verdict: 'fail',
    code: 'SUBNETS_OF_SEVERAL_NETWORKS',
    path: `links.${name}.subnets`,
    message: `link ${name} has subnets of several networks: ${list}`,
    remedy: `Keep the subnets of one network: ${networks.join(' or ')}.`,
    details: { networkIds: networks },
  };
}

/**
 * Without the groups it is unknown which of them holds the allowlist, which entries are missing or extra, and
 * whether other groups allow more.
 */
function unreadAllowlist(
  region: RegionIndex,
  name: string,
  spec: LinkSpec,
  current: Link | undefined,
): readonly Unresolved[] {
  const { owner, allowlist, securityGroups } = spec;
  if (owner === 'external' || (allowlist === undefined && securityGroups === undefined)) return [];

  const isWidened = allowlist !== undefined && (securityGroups ?? []).length > 0;
  if (current === undefined && !(isWidened && linkTraits(region.clouds, spec).plans.allowlistNeedsCreation)) return [];

  for (const list of ['allowlists', 'securityGroups'] as const) {
    const missing = current === undefined && list === 'allowlists' ? undefined : region.missing(list);
    if (missing?.failed !== true) continue;

    const about =
      current === undefined ? `the security groups of link ${name} allow` : `the allowlist of ${current.id} holds`;
    return [unknownBecause(missing, `links.${name}`, `cannot determine what ${about}`)];
  }
  return [];
}

/** A link that the spec names and that is being deleted counts as deleted. */
function isGoing(name: string, link: LinkSpec, current: Link | undefined): readonly Unresolved[] {
  if (current === undefined || isDeclared(link) || current.state !== 'deleting') return [];

  return [
    {
      verdict: 'fail',
      code: 'NOT_FOUND',
      path: `links.${name}`,
      message: `link ${current.id} is being deleted`,
      remedy: 'Remove its ID, or write the ID of another link.',
    },
  ];
}

/** A certain failure takes precedence over an unknown; of equals the first. */
function worst(troubles: readonly Unresolved[]): Unresolved | undefined {
  return troubles.find(({ verdict }) => verdict === 'fail') ?? troubles[0];
}

/** The load balancer that a link is made for, by its ID or name. */
function resolveBalancer(region: RegionIndex, name: string, wanted: string, troubles: Unresolved[]): NamedResources {
  const path = `links.${name}.loadBalancer`;
  const named = region.group('loadBalancers', 'id or name', ({ id, name: own }) => [id, own]).get(wanted) ?? [];
  const [found] = named;
  if (found !== undefined) return { ids: [found.id], absent: [] };

  const missing = region.missing('loadBalancers');
  const isId = isBalancerId(region.clouds, region.region.provider, wanted);
  if (missing?.failed === true) {
    troubles.push(unknownBecause(missing, path, `cannot determine whether load balancer ${wanted} exists`));
    return { ids: isId ? [wanted] : [], absent: [], unread: missing, missing: isId ? undefined : missing };
  }

  const similar = nearest(
    wanted,
    region.all('loadBalancers').items.map((one) => one.name),
  );
  troubles.push({
    verdict: 'fail',
    code: 'NOT_FOUND',
    path,
    message: `load balancer ${wanted} does not exist in ${region.region.region}`,
    remedy:
      similar === undefined
        ? 'Create it first, or correct the name or ID. Postern never creates load balancers.'
        : `Did you mean ${similar}?`,
  });
  return { ids: [], absent: isId ? [wanted] : [] };
}

/** The network of the first of some load balancers that is known. */
function balancerNetwork(region: RegionIndex, ids: readonly string[] = []): string | undefined {
  for (const id of ids) {
    const balancer = region.find('loadBalancers', id);
    if (balancer.is === 'found') return balancer.value.networkId;
  }
  return undefined;
}
