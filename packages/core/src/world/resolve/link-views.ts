import type { Allowlist } from '../model/allowlist.js';
import type { Link } from '../model/link.js';
import { mayChange } from '../model/marks.js';
import type { LinkSpec, LookUp, Spec } from '../model/spec.js';
import { isOurs, sameIds } from './resolve/link-identity.js';
import { byUse, withoutOwn } from './link-choice.js';
import { markedNames } from './resolve/marked-links.js';
import { lookUpText, narrowed, type Nearness } from './resolve/find-one.js';
import { ownLinks } from './resolve/resolve-link.js';
import { traitsOf } from '../kinds/traits.js';
import type { LinkView, Missing, RegionIndex, Unresolved } from './views.js';
import { lookUp, unanswered, unknownBecause } from './index/look-up.js';
import type { PlaceIndex } from './index/place-index.js';

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
  const existing = ownLinks(region.region, spec.project, name, link);
  const networkId = (): string | undefined => networkOfSpec(region, link);
  const ownSubnets = { networkId, own: new Set(existing.flatMap((one) => one.subnetIds)) };
  const subnets = link.subnets && resolveSubnets(region, link.subnets, ownSubnets, troubles);
  const [network, ...otherNetworks] = new Set(subnets?.networkIds);
  // A subnet that could not be read may be of another network.
  const isOne = otherNetworks.length === 0 && subnets?.unread === undefined;
  const ownNetwork = isOne ? network : undefined;
  const ownGroups = { networkId, own: new Set(existing.flatMap((one) => one.securityGroupIds)) };
  const groups =
    link.securityGroups && resolveGroups(region, { name, link, ownNetwork, subnets, near: ownGroups }, troubles);
  const {
    link: there,
    unseen,
    likely,
    replaced,
  } = findOwn({ spec, name, link, region, named, subnets, groups }, troubles);
  // Of a link that is adopted the spec says nothing: what it may list beside the id is not that link's.
  const declared = unseen === undefined || isDeclared(link);
  const subnetIds = there?.subnetIds ?? distinct(declared ? (subnets?.ids ?? []) : []);
  const standsIn =
    ownNetwork ?? there?.networkId ?? (subnets?.unread === undefined ? networkOf(region, subnetIds) : undefined);
  if (standsIn !== undefined) resolveNetwork(region, link, standsIn, troubles);
  return {
    name,
    spec: link,
    region,
    link: there,
    subnetIds,
    securityGroupIds: there?.securityGroupIds ?? distinct(declared ? (groups?.ids ?? []) : []),
    networkId: otherNetworks.length === 0 ? standsIn : undefined,
    unresolved: worst(troubles),
    troubles,
    unseen,
    likely,
    replaced,
    unread: there === undefined ? { subnets: subnets?.missing, securityGroups: groups?.unread } : undefined,
  };
}

/** A sure failure says more than an unknown; of equals the first. */
function worst(troubles: readonly Unresolved[]): Unresolved | undefined {
  return troubles.find(({ verdict }) => verdict === 'fail') ?? troubles[0];
}

/** What names of the spec came to. */
interface Named {
  /** What they mean; an id means itself, also where it cannot be determined whether it exists. */
  readonly ids: readonly string[];
  /** Ids that do not exist. A link may have them all the same: what it was made with never changes. */
  readonly absent: readonly string[];
  /** Why they mean others beside those. */
  readonly missing?: Missing | undefined;
  /** Why one of them, id or name, may not exist. */
  readonly unread?: Missing | undefined;
}

function resolveSubnets(
  region: RegionIndex,
  wanted: readonly LookUp[],
  near: Nearness,
  troubles: Unresolved[],
): Named & { readonly networkIds: readonly string[] } {
  const ids: string[] = [];
  const networkIds: string[] = [];
  const absent: string[] = [];
  let missing: Missing | undefined;
  let unread: Missing | undefined;
  for (const by of wanted) {
    const found = lookUp(region, 'subnets', by, undefined, (some) => narrowed(some, near));
    if ('value' in found) {
      ids.push(found.value.id);
      networkIds.push(found.value.networkId);
      continue;
    }
    troubles.push(found.unresolved);
    unread ??= found.missing;
    if (typeof by !== 'string') missing ??= found.missing;
    else (found.missing === undefined ? absent : ids).push(by);
  }
  return { ids, absent, networkIds, missing, unread };
}

/** The network in which groups are looked up: that of the subnets, where those could be read. */
interface OfNetwork {
  readonly name: string;
  readonly link: LinkSpec;
  readonly ownNetwork: string | undefined;
  readonly subnets: Named | undefined;
  readonly near: Nearness;
}

/** The network that the spec names for a link. */
function networkOfSpec(region: RegionIndex, { network }: LinkSpec): string | undefined {
  if (network === undefined || typeof network === 'string') return network;
  const found = lookUp(region, 'networks', network);
  return 'value' in found ? found.value.id : undefined;
}

function resolveGroups(
  region: RegionIndex,
  { name, link, ownNetwork: networkId, subnets, near }: OfNetwork,
  troubles: Unresolved[],
): Named {
  const ids: string[] = [];
  const absent: string[] = [];
  let missing: Missing | undefined;
  let unread: Missing | undefined;
  for (const by of link.securityGroups ?? []) {
    // Names of groups are unique in one network only, so a name means the one of the link's network.
    // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
    const here = (group: { readonly networkId: string }): boolean =>
      networkId === undefined || group.networkId === networkId;
    const found =
      subnets?.unread !== undefined && networkId === undefined && typeof by !== 'string'
        ? unanswered(subnets.unread, `nobody can say which security group ${lookUpText(by)} means`)
        : lookUp(region, 'securityGroups', by, here, (some) => narrowed(some, near));
    if ('unresolved' in found) {
      troubles.push(found.unresolved);
      unread ??= found.missing;
      if (typeof by !== 'string') missing ??= found.missing;
      else (found.missing === undefined ? absent : ids).push(by);
      continue;
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
    ids.push(id);
  }
  return { ids, absent, missing, unread };
}

interface Wanted {
  readonly spec: Spec;
  readonly name: string;
  readonly link: LinkSpec;
  readonly region: RegionIndex;
  /** The ids of links that the spec names. */
  readonly named: ReadonlySet<string>;
  readonly subnets?: Named | undefined;
  readonly groups?: Named | undefined;
}

/** Whether a plan would make the link where it is not there. */
function isDeclared({ id, owner }: LinkSpec): boolean {
  return id === undefined && owner !== 'external';
}

/**
 * The link that exists: the one that is named, or the one with the project's mark that is as the spec wants it; or why nobody can
 * say which one that is.
 */
function findOwn(wanted: Wanted, troubles: Unresolved[]): Pick<LinkView, 'link' | 'unseen' | 'likely' | 'replaced'> {
  const { spec, name, link, region, named: byId, subnets, groups } = wanted;
  if (!isDeclared(link)) {
    const found = lookUp(region, 'links', link.id ?? { name: link.name ?? name });
    if ('value' in found) return { link: found.value };
    troubles.push(found.unresolved);
    return { unseen: found.missing };
  }
  const marks = region.group('links', 'mark', ({ owner, state }) =>
    owner === undefined || state === 'deleting' ? [] : [markOf(owner.project, owner.integration)],
  );
  const [marked = []] = markedNames(name, link).flatMap((one) => {
    const found = marks.get(markOf(spec.project, one));
    return found === undefined ? [] : [found];
  });
  const ours = marked
    .filter((one) => !byId.has(one.id) && isOurs(one, spec.project) && mayChange(one.owner, spec))
    .toSorted(byUse);
  const [first, ...others] = ours.flatMap((one) => {
    const fit = fits(wanted, one);
    return fit === false ? [] : [{ one, fit }];
  });
  if (first?.fit === true) return { link: first.one };
  if (first !== undefined) {
    const { one, fit } = first;
    troubles.push(unknownBecause(fit, `nobody can say whether ${one.id} is as link ${name} is wanted`));
    // What names of the spec mean may be another link's, and another link with our mark may be the one.
    const isOnly = subnets?.missing === undefined && groups?.missing === undefined && others.length === 0;
    return { unseen: fit, likely: isOnly ? one : undefined };
  }
  // A list that is not whole holds the project's own, too; but one that holds nothing may not have been asked for.
  const missing =
    region.missing('links') ?? (region.region.links.length === 0 ? region.all('links').missing : undefined);
  if (missing !== undefined) troubles.push(unknownBecause(missing, `nobody can say whether link ${name} exists yet`));
  return { unseen: missing, replaced: missing === undefined ? ours[0] : undefined };
}

/**
 * Whether a link of ours is what the spec asks for in everything that can never change; otherwise a new one would be made. Where that
 * rests on a fact that is missing, the fact.
 */
function fits({ link, region, subnets, groups }: Wanted, one: Link): boolean | Missing {
  const allowlist = allowlistOf(region, one.id);
  const unlisted = allowlist === undefined ? region.missing('allowlists', one.id) : undefined;
  if (subnets !== undefined && !mayBe(subnets, one.subnetIds)) return false;
  const own = withoutOwn(one, allowlist);
  if (groups !== undefined && !mayBe(groups, own)) {
    // One of its groups may be the one that holds its allowlist, which the spec does not name.
    const wanted = idsOf(groups);
    const others = own.filter((id) => !wanted.includes(id));
    if (unlisted === undefined || (groups.missing === undefined && others.length !== 1)) return false;
    if (!wanted.every((id) => own.includes(id))) return false;
    return unlisted;
  }
  const open = subnets?.missing ?? groups?.missing;
  if (open !== undefined) return open;
  if (link.allowlist === undefined || !traitsOf(region.region).allowlistNeedsCreation) return true;
  return allowlist?.owned === true || (unlisted ?? false);
}

/** Whether names may mean just those things. */
function mayBe(named: Named, those: readonly string[]): boolean {
  const ids = idsOf(named);
  return named.missing === undefined ? sameIds(ids, those) : ids.every((id) => those.includes(id));
}

/** Everything by which a link is known: whether an id exists changes nothing about which link was made with it. */
function idsOf({ ids, absent }: Named): readonly string[] {
  return [...ids, ...absent];
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
