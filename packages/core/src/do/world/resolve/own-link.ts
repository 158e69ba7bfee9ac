import { kindOfLink, linkTraits } from '../../kinds/cloud/link-kinds.js';
import type { Link } from '../../model/link.js';
import { mayChange } from '../../model/marks.js';
import { ownershipOf } from '../../model/ownership.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { LinkSpec, Spec } from '../../spec.js';
import { nearest } from '../../../ground/text/nearest.js';
import { allowlistOf, byAge, byUse, withoutOwn } from '../link-facts.js';
import { lookUp, unknownBecause, type LookedUp } from '../index/look-up.js';
import type { LinkView, MarkedLinks, Missing, RegionIndex, Unresolved } from '../views.js';
import { isOurs, sameIds, linkOwner, lostHash, markedNames } from './link-identity.js';

/** What names of the spec came to. */
export interface NamedResources {
  /** The IDs that the names refer to. An ID refers to itself, also where it cannot be determined whether it exists. */
  readonly ids: readonly string[];
  /** IDs that do not exist. A link may still have them: its creation parameters never change. */
  readonly absent: readonly string[];
  /** Why the names may refer to further IDs. */
  readonly missing?: Missing | undefined;
  /** Why one of them, id or name, may not exist. */
  readonly unread?: Missing | undefined;
}

/** A link of the spec, with the resources that its names refer to. */
export interface WantedLink {
  readonly spec: Spec;
  readonly name: string;
  readonly link: LinkSpec;
  readonly region: RegionIndex;
  /** The ids of links that the spec names. */
  readonly named: ReadonlySet<string>;
  /** Whether the snapshot was to show all there is. */
  readonly isAll: boolean;
  readonly subnets?: NamedResources | undefined;
  readonly groups?: NamedResources | undefined;
  readonly balancer?: NamedResources | undefined;
}

/** Whether a plan would create the link where it does not exist. */
export function isDeclared({ id, owner }: LinkSpec): boolean {
  return id === undefined && owner !== 'external';
}

/** The link that a spec names by id, or an external one by its name; undefined where it declares one with subnets. */
export function namedLink(region: RegionIndex, name: string, link: LinkSpec): LookedUp<Link> | undefined {
  if (isDeclared(link)) return undefined;

  const path = link.id === undefined ? `links.${name}` : `links.${name}.id`;
  // Links of different kinds may have one name.
  const fits = (one: Link): boolean => link.kind === undefined || one.kind === link.kind;
  return lookUp(region, 'links', link.id ?? { name: link.name ?? name }, path, { fits });
}

/** Whether another link with the mark, in an unread part of the list, might be chosen in place of this one. */
function isDoubtful({ name, spec }: WantedLink, link: Link): boolean {
  const isWell = link.state === 'ready' || link.state === 'inactive' || link.state === 'pending';
  return !isWell || link.owner?.integration !== name || !isOurs(link, spec.project);
}

/**
 * The existing declared link: the one with the project's mark that matches the spec; or why it cannot be
 * determined which one that is.
 */
export function ownLink(
  wanted: WantedLink,
  { own }: MarkedLinks,
  troubles: Unresolved[],
): Pick<LinkView, 'link' | 'unseen' | 'likely' | 'replaced'> {
  const { spec, name, region, subnets, groups, isAll } = wanted;
  const gap = region.missing('links');
  // Of several that runs created at once, the same one as they choose themselves.
  const [first, ...others] = own.toSorted(byAge).flatMap((one) => {
    const fit = fits(wanted, one);
    return fit === false ? [] : [{ one, fit }];
  });
  if (first?.fit === true) {
    if (gap === undefined || !isDoubtful(wanted, first.one)) return { link: first.one };

    troubles.push(
      unknownBecause(gap, `links.${name}`, `cannot determine whether ${first.one.id} is the only link ${name}`),
    );
    return { unseen: gap, likely: first.one };
  }
  if (first !== undefined) {
    const { one, fit } = first;
    const about = `cannot determine whether ${one.id} matches link ${name} of the spec`;
    troubles.push(unknownBecause(fit, `links.${name}`, about));
    // The resources that the spec's names refer to may belong to another link, and another link with
    // Postern's mark may be the right one.
    const isOnly = subnets?.missing === undefined && groups?.missing === undefined && others.length === 0;
    return { unseen: fit, likely: isOnly ? one : undefined };
  }

  // An incomplete list contains the project's own links as well; but an empty list may not have been read.
  const { links, asked } = region.region;
  const isUnasked = links.length === 0 && !isAll && asked?.project !== spec.project;
  const missing = gap ?? (isUnasked ? region.all('links').missing : undefined);
  if (missing === undefined) return { replaced: own[0] };

  troubles.push(unknownBecause(missing, `links.${name}`, `cannot determine whether link ${name} exists`));
  return { unseen: missing };
}

const NONE: MarkedLinks = { own: [], others: [], unlike: [] };

/** The links with the mark of a name of the spec: its own, or the one that it had before. */
export function marksOf({
  spec,
  name,
  link,
  region,
  named,
}: Omit<WantedLink, 'subnets' | 'groups' | 'balancer'>): MarkedLinks {
  if (!isDeclared(link)) return NONE;

  const marks = region.group('links', 'mark', ({ owner, state }) =>
    owner === undefined || state === 'deleting' ? [] : [markOf(owner.project, owner.integration)],
  );
  const [all = []] = markedNames(spec, name).flatMap((one) => {
    const found = marks.get(markOf(spec.project, one));
    return found === undefined ? [] : [found];
  });
  // A link that the spec names by ID is that one, whatever its mark.
  const marked = all.filter(({ id }) => !named.has(id));
  const believed = believedLinks(region.region, marked, spec.project);
  const own = believed.filter((one) => mayChange(linkOwner(region.region, one), spec)).toSorted(byUse);
  return {
    own,
    others: believed.filter((one) => !own.includes(one)),
    unlike: marked.filter((one) => !believed.includes(one)),
  };
}

/**
 * Of the links with one mark, those whose mark is their own. A mark that lost its hash counts only where no other link carries it.
 */
export function believedLinks(region: RegionSnapshot, marked: readonly Link[], project: string): readonly Link[] {
  const whole = marked.filter((link) => isOurs(link, project));
  const lost = marked.filter((link) => lostHash(region, link));
  return whole.length === 0 && lost.length === 1 ? lost : whole;
}

/**
 * Where no link carries either name, `from` of a move may be misspelled: then the intended link would be deleted
 * as undeclared. `NOT_FOUND` where the spec owns a link under a name that it does not declare.
 */
export function misspelledMove(
  { spec, name, link, region, named }: WantedLink,
  marked: MarkedLinks,
): readonly Unresolved[] {
  const move = spec.moved?.find(({ kind, to }) => kind === 'link' && to === name);
  if (move === undefined || !isDeclared(link)) return [];
  if (marked.own.length + marked.others.length + marked.unlike.length > 0) return [];

  const declared = new Set(Object.keys(spec.links).flatMap((one) => markedNames(spec, one)));
  const going = region.region.links.filter((one) => {
    const isOwn = isOurs(one, spec.project) && ownershipOf(linkOwner(region.region, one), spec) === 'own';
    return isOwn && one.state !== 'deleting' && !named.has(one.id) && !declared.has(one.owner?.integration ?? '');
  });
  if (going.length === 0) return [];

  const names = [...new Set(going.flatMap(({ owner }) => owner?.integration ?? []))].toSorted();
  const similar = nearest(move.from, names);
  return [
    {
      verdict: 'fail',
      code: 'NOT_FOUND',
      path: `${move.path}.from`,
      message: `no link of this spec has the name ${move.from} or ${name} in its mark`,
      remedy: `${similar === undefined ? `Write one of ${names.map((one) => `links.${one}`).join(', ')}` : `Write links.${similar}`}, or remove the entry to create another link.`,
      details: { names },
    },
  ];
}

/**
 * Whether a managed link matches the spec in everything that cannot be changed; otherwise a new one would be
 * created. Where that depends on a missing fact: the fact.
 */
function fits({ link, region, subnets, groups, balancer }: WantedLink, one: Link): boolean | Missing {
  if (one.kind !== kindOfLink(region.clouds, link)) return false;
  if (balancer !== undefined && !mayBe(balancer, one.loadBalancerIds ?? [])) return false;

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

  const open = subnets?.missing ?? groups?.missing ?? balancer?.missing;
  if (open !== undefined) return open;
  if (link.allowlist === undefined || !linkTraits(region.clouds, link).plans.allowlistNeedsCreation) return true;

  return allowlist?.owned === true || (unlisted ?? false);
}

/** Whether names may refer to exactly those resources. */
function mayBe(named: NamedResources, otherIds: readonly string[]): boolean {
  const ids = idsOf(named);
  return named.missing === undefined ? sameIds(ids, otherIds) : ids.every((id) => otherIds.includes(id));
}

/** All IDs that identify a link: whether an ID exists does not affect which link was created with it. */
function idsOf({ ids, absent }: NamedResources): readonly string[] {
  return [...ids, ...absent];
}

function markOf(project: string, integration: string): string {
  return `${project}/${integration}`;
}
