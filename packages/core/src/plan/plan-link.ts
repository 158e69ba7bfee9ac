import { InvalidInputError } from '../errors.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { Link } from '../model/link.js';
import { mayChange } from '../model/marks.js';
import type { LookUp, Spec } from '../model/spec.js';
import { allowEntries, blocksWithoutPorts, portRanges } from '../allowlist/allow-entries.js';
import { nearest } from '../text/nearest.js';
import { foreignLink, otherSpecsLink, unlikeSpec, unownedList } from '../world/resolve/adoption.js';
import { requireComplete } from '../world/resolve/gaps.js';
import { isOurs, sameIds } from '../world/resolve/link-identity.js';
import { keepLink, makeLink, type LinkPlan } from './link-steps.js';
import { byUse, stateText, withoutOwn } from '../world/link-choice.js';
import { linkOwner, lostHash } from './lost-marks.js';
import { markedLinks, markedNames } from '../world/resolve/marked-links.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { ownershipOf } from '../model/ownership.js';
import type { PlanOptions } from './plan.js';
import { placeOf } from '../model/place.js';
import type { ResolvedLink } from '../world/resolve/resolve-link.js';
import { traitsOf } from '../kinds/traits.js';
import { ineffective, widerRules } from '../allowlist/wider.js';

/**
 * Compares a link of the spec with what is there. `entries` is what its allowlist must hold; undefined: not managed.
 * `takenAt` is the moment of the snapshot.
 * @throws {InvalidInputError} `NOT_FOUND`, `NOT_OURS`, `ALLOWLIST_INEFFECTIVE`, and what the adapter refuses a creation for
 * @throws {UnsupportedError} for a change of a link that was adopted by id.
 */
export function planLink(
  spec: Spec,
  resolved: ResolvedLink,
  entries: readonly AllowEntry[] | undefined,
  options: PlanOptions,
  takenAt: string,
): LinkPlan {
  if (resolved.spec.owner === 'external') return external(spec, resolved);
  if (resolved.given !== undefined) return adoptById(spec, resolved, resolved.given, entries, options);
  return ours(spec, resolved, entries, options, takenAt);
}

function external(spec: Spec, resolved: ResolvedLink): LinkPlan {
  const { given, name } = resolved;
  if (given === undefined) throw new InvalidInputError('NOT_FOUND', `external link ${name} does not exist`, {});
  checkNotGoing(spec, resolved, given);
  const well = given.state === 'ready' || given.state === 'inactive';
  const notes = well ? [] : [`link ${name} (${given.id}) is not ours and is ${stateText(given)}`];
  return { resolved, current: given, steps: [], extra: [], replaced: [], notes, unchanged: 1 };
}

function adoptById(
  spec: Spec,
  resolved: ResolvedLink,
  link: Link,
  entries: readonly AllowEntry[] | undefined,
  options: PlanOptions,
): LinkPlan {
  const { name, subnetIds, securityGroupIds, region } = resolved;
  const path = `links.${name}`;
  checkNotGoing(spec, resolved, link);
  const place = (member: string) => placeOf(spec, `${path}.${member}`);
  const foreign = foreignLink(spec, link, place);
  if (foreign !== undefined) throw foreign;
  if (entries !== undefined || securityGroupIds !== undefined) requireAllowlists(spec, resolved);
  const allowlist = region.allowlists.find(({ linkId }) => linkId === link.id);
  const unlike = unlikeSpec(link, allowlist, { subnetIds, securityGroupIds }, place);
  if (unlike !== undefined) throw unlike;
  if (entries !== undefined && allowlist?.owned !== true) {
    throw unownedList(link.id, placeOf(spec, `${path}.allowlist`));
  }
  checkWider(spec, resolved, entries, link, options);
  return keepLink(spec, resolved, link, entries, [], options);
}

function ours(
  spec: Spec,
  resolved: ResolvedLink,
  entries: readonly AllowEntry[] | undefined,
  options: PlanOptions,
  takenAt: string,
): LinkPlan {
  const { name, region, subnetIds } = resolved;
  requireComplete(region, 'links', { place: placeOf(spec, `links.${name}`) });
  // A link that the spec names by id is what it says there, whatever its mark says.
  const byId = new Set(Object.values(spec.links).map(({ id }) => id));
  const marked = markedLinks(region.links, spec.project, name, resolved.spec).filter(({ id }) => !byId.has(id));
  if (marked.length === 0) checkMovedFrom(spec, resolved, byId);
  const believed = believedLinks(region, marked, spec.project);
  const mine = believed.filter((link) => mayChange(linkOwner(region, link), spec));
  const others = believed.filter((link) => !mine.includes(link));
  const [taken] = others;
  const owner = taken && linkOwner(region, taken);
  if (taken !== undefined && owner !== undefined && mine.length === 0) {
    throw otherSpecsLink(spec, taken, owner, placeOf(spec, `links.${name}`));
  }
  const notes = marked
    .filter((link) => !mine.includes(link) && !others.includes(link))
    .map((link) => `link ${link.id} carries the mark of ${name}, but not as it was written: it is left alone`);
  if (mine.length > 0 && (entries !== undefined || resolved.securityGroupIds !== undefined)) {
    requireAllowlists(spec, resolved);
  }
  const fitting = mine.filter(
    (link) => fits(resolved, link, entries) && !(options.replaceFailed === true && link.state === 'failed'),
  );
  const [current] = fitting.toSorted(byUse);
  const replaced = mine.filter((link) => link !== current);
  checkWider(spec, resolved, entries, current, options);
  if (current !== undefined) {
    const plan = keepLink(spec, resolved, current, entries, replaced, options);
    return { ...plan, notes: [...notes, ...plan.notes] };
  }
  if (subnetIds === undefined) {
    throw new InvalidInputError('INVALID_SPEC', `link ${name} has neither an id nor subnets`, {
      place: placeOf(spec, `links.${name}`),
      remedy: 'Write the id of the link, or the subnets to make it in.',
    });
  }
  const lookAlike =
    replaced.length > 0
      ? undefined
      : region.links.find((link) => link.owner === undefined && link.name === (resolved.spec.name ?? name));
  if (lookAlike !== undefined) {
    notes.push(
      `link ${lookAlike.id} has the name ${lookAlike.name} but no mark of ours: it is left alone; write its id to adopt it`,
    );
  }
  return { ...makeLink(spec, resolved, subnetIds, entries, replaced, takenAt), notes };
}

/**
 * Where no link carries either name, `movedFrom` may be misspelled: then the link that is meant would be deleted as not declared.
 * @throws {InvalidInputError} `NOT_FOUND` where the spec owns a link under a name that it does not declare.
 */
function checkMovedFrom(
  spec: Spec,
  { name, region, spec: { movedFrom } }: ResolvedLink,
  byId: ReadonlySet<LookUp | undefined>,
): void {
  if (movedFrom === undefined) return;
  const declared = new Set(Object.entries(spec.links).flatMap(([one, link]) => markedNames(one, link)));
  const going = region.links.filter((link) => {
    const owner = linkOwner(region, link);
    const isOwn = isOurs(link, spec.project) && ownershipOf(owner, spec) === 'own';
    return isOwn && link.state !== 'deleting' && !byId.has(link.id) && !declared.has(link.owner?.integration ?? '');
  });
  if (going.length === 0) return;
  const names = [...new Set(going.flatMap(({ owner }) => owner?.integration ?? []))].toSorted();
  const meant = nearest(movedFrom, names);
  throw new InvalidInputError('NOT_FOUND', `no link of this spec has the name ${movedFrom} or ${name} in its mark`, {
    place: placeOf(spec, `links.${name}.movedFrom`),
    remedy: `${meant === undefined ? `Write one of ${names.join(', ')}` : `Write ${meant}`}, or remove movedFrom to have another link created.`,
    details: { names },
  });
}

/** The links whose mark is their own. One that lost its hash is believed only where no other one carries the mark. */
function believedLinks(region: RegionSnapshot, marked: readonly Link[], project: string): readonly Link[] {
  const whole = marked.filter((link) => isOurs(link, project));
  const lost = marked.filter((link) => lostHash(region, link));
  return whole.length === 0 && lost.length === 1 ? lost : whole;
}

/** Whether the link is what the spec asks for in everything that can never change. */
function fits(resolved: ResolvedLink, link: Link, entries: readonly AllowEntry[] | undefined): boolean {
  const { subnetIds, securityGroupIds, region } = resolved;
  const allowlist = region.allowlists.find(({ linkId }) => linkId === link.id);
  return (
    (subnetIds === undefined || sameIds(subnetIds, link.subnetIds)) &&
    (securityGroupIds === undefined || sameIds(securityGroupIds, withoutOwn(link, allowlist))) &&
    (entries === undefined || allowlist?.owned === true || !traitsOf(region).allowlistNeedsCreation)
  );
}

/** Without the groups nobody knows which of them is ours, and a link would seem to have other groups than declared. */
function requireAllowlists(spec: Spec, { name, region }: ResolvedLink): void {
  const place = placeOf(spec, `links.${name}`);
  requireComplete(region, 'allowlists', { place });
  requireComplete(region, 'securityGroups', { place });
}

/** Outgoing rules of the link's other groups must not allow more than the list: `link` is undefined where it is to be made. */
function checkWider(
  spec: Spec,
  resolved: ResolvedLink,
  entries: readonly AllowEntry[] | undefined,
  link: Link | undefined,
  options: PlanOptions,
): void {
  const { name, region } = resolved;
  // Where the list is no security group, groups cannot widen it.
  if (entries === undefined || !traitsOf(region).allowlistNeedsCreation) return;
  const place = placeOf(spec, `links.${name}.allowlist`);
  const allowlist = region.allowlists.find(({ linkId }) => linkId === link?.id);
  const ids = resolved.securityGroupIds ?? (link === undefined ? [] : withoutOwn(link, allowlist));
  if (ids.length > 0) requireComplete(region, 'securityGroups', { place });
  const groups = region.securityGroups.filter(({ id }) => ids.includes(id));
  // What the adapter saw counts where a group was not read whole.
  const listed = groups.length < ids.length ? (allowlist?.wider ?? []) : [];
  // A block whose ports are not known yet may come to have any.
  const portless = allowEntries(blocksWithoutPorts(spec, resolved, options), portRanges([]));
  const error = ineffective(name, widerRules(groups, [...entries, ...portless]), listed, place);
  if (error !== undefined) throw error;
}

function checkNotGoing(spec: Spec, { name }: ResolvedLink, link: Link): void {
  if (link.state !== 'deleting') return;
  throw new InvalidInputError('NOT_FOUND', `link ${link.id} is being deleted`, {
    place: placeOf(spec, `links.${name}`),
    remedy: 'Remove its id, or write that of another link.',
  });
}
