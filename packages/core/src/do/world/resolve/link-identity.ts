import { kindOfLink } from '../../kinds/cloud/link-kinds.js';
import { hashJson } from '../../../ground/hash.js';
import type { Link } from '../../model/link.js';
import { isMarkOf, mayChange } from '../../model/marks.js';
import type { Owner, Claim } from '../../model/owner.js';
import type { RegionSnapshot, Snapshot } from '../../snapshot/snapshot.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { LinkSpec, Spec } from '../../spec.js';
import type { Unresolved } from '../views.js';
import type { SecurityGroup } from '../../model/network.js';
import { findAllowlist } from '../link-facts.js';
import { formerNames } from '../../model/moves.js';
import type { Gateway } from '../../model/gateway.js';

/** What can never change about a link. */
export interface LinkShape {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly loadBalancerIds?: readonly string[] | undefined;
}

/**
 * The hash that is written to a link as `postern:spec`: of its owner and of the properties that cannot be
 * changed. It distinguishes the old link from the new one while a link is replaced, and shows that a mark was
 * copied to another link.
 */
export function linkHash(owner: Pick<Owner, 'project' | 'integration'>, shape: LinkShape): string {
  return hashJson({
    project: owner.project,
    integration: owner.integration,
    subnets: unique(shape.subnetIds),
    securityGroups: unique(shape.securityGroupIds),
    ...(shape.loadBalancerIds === undefined ? {} : { loadBalancers: unique(shape.loadBalancerIds) }),
  });
}

/** Whether the link's mark names `project` and its hash matches the link. */
export function isOurs(link: Link, project: string): boolean {
  const { owner } = link;
  return owner?.project === project && hasHashOf(owner, link);
}

/**
 * Whether Postern gave the link its name, or made the security group that holds its allowlist. Marks are tags, and their hash has
 * no secret: whoever may tag links can write them on any. The name of a link and the groups of its interfaces are outside of the
 * permission to tag. `names` are those that the spec gives the link beside the one in its mark.
 */
export function isNamedByPostern(
  region: Pick<RegionSnapshot, 'allowlists' | 'securityGroups'>,
  link: Link,
  names: readonly string[] = [],
): boolean {
  const { owner } = link;
  if (owner === undefined) return false;

  return (
    link.name === owner.integration || names.includes(link.name) || isMarkOf(listGroup(region, link)?.owner, owner)
  );
}

/**
 * Whether a mark is of the owner, and was not copied to another link: where the owner has a hash, the mark has the same, and it
 * is that of the link. A link that does not show its shape yet, because it is being created, is not compared with it.
 */
export function isMarkOfLink(mark: Owner | undefined, wanted: Owner, link: LinkShape): boolean {
  if (mark === undefined || !isMarkOf(mark, wanted)) return false;
  if (wanted.specHash === undefined) return true;

  const isShown = link.subnetIds.length + (link.loadBalancerIds?.length ?? 0) > 0;
  return mark.specHash === wanted.specHash && (!isShown || hasHashOf(mark, link));
}

function hasHashOf(mark: Owner, link: LinkShape): boolean {
  if (mark.specHash === undefined) return false;

  return (
    mark.specHash === linkHash(mark, link) ||
    // Where none was requested, a cloud may report the network's default group.
    mark.specHash === linkHash(mark, { ...link, securityGroupIds: [] })
  );
}

/** Whether two lists contain the same IDs, in any order. */
export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === b.length && a.every((id, index) => id === b[index])) return true; // as clouds and specs mostly have them

  return unique(a).join('\n') === unique(b).join('\n');
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].toSorted();
}

/** The network of a link, where the cloud does not report it: that of its subnets. */
export function networkOfLink(region: RegionSnapshot, link: Link): string | undefined {
  return link.networkId ?? region.subnets.find(({ id }) => link.subnetIds.includes(id))?.networkId;
}

/** IDs of links of different kinds look alike. A link of a kind that is never created counts as the declared one. */
export function otherKind(clouds: Clouds, name: string, link: LinkSpec, { id, kind }: Link): Unresolved | undefined {
  const declared = kindOfLink(clouds, link);
  if (kind === declared || clouds.link(kind).createdOn === undefined) return undefined;

  return {
    verdict: 'fail',
    code: 'WRONG_KIND',
    path: `links.${name}`,
    message: `link ${id} is of kind ${kind}, not ${declared}`,
    remedy: `Write kind: ${kind}, or the ID of a ${declared}.`,
  };
}

type Groups = Pick<RegionSnapshot, 'allowlists' | 'securityGroups'>;

/**
 * The owner of a link. Where its mark lost the spec, the security group of its allowlist names the spec: name
 * and description of that group cannot be changed after creation.
 */
export function linkOwner(region: Groups, link: Link): Owner | undefined {
  const { owner } = link;
  if (owner === undefined || owner.spec !== undefined) return owner;

  const spec = listGroup(region, link)?.owner?.spec;
  return spec === undefined ? owner : { ...owner, spec };
}

/**
 * Whether the link's mark lost its hash, and the security group of its allowlist still proves that the mark
 * is its own.
 */
export function lostHash(region: Groups, link: Link): boolean {
  return link.owner !== undefined && link.owner.specHash === undefined && listGroup(region, link) !== undefined;
}

/** The security group of Postern's that holds a link's allowlist. */
export function listGroup(region: Groups, { id }: Link): SecurityGroup | undefined {
  const list = findAllowlist(region, id);
  if (list?.owned !== true) return undefined;

  return region.securityGroups.find((group) => group.id === list.securityGroupId);
}

/** The names that the mark of a declared link may contain, in order of precedence: its own, then its former ones. */
export function markedNames(spec: Pick<Spec, 'moved'>, name: string): readonly string[] {
  return [name, ...formerNames(spec, 'link', name)];
}

/**
 * The snapshot with the marks of renamed integrations and targets as if they were written already: with the names
 * that the spec declares now. What the mark says is in `Claim.formerly`. So all that compares marks with names of
 * the spec needs to know nothing of former names. Links are not changed: their marks have a hash of the name.
 */
export function withMovedOwners(snapshot: Snapshot, spec: Spec): Snapshot {
  const moved = (spec.moved ?? []).filter(({ kind }) => kind !== 'link');
  if (moved.length === 0) return snapshot;

  const integrations = new Map(moved.flatMap(({ kind, from, to }) => (kind === 'integration' ? [[from, to]] : [])));
  const targets = new Map(
    moved.flatMap(({ kind, integration, from, to }) => (kind === 'target' ? [[`${integration}/${from}`, to]] : [])),
  );
  const rename = <T extends { readonly owner?: Owner | undefined }>(marked: T): T => {
    const { owner } = marked;
    if (owner === undefined || !mayChange(owner, spec)) return marked;

    const integration = integrations.get(owner.integration) ?? owner.integration;
    const name = owner.name && (targets.get(`${integration}/${owner.name}`) ?? owner.name);
    if (integration === owner.integration && name === owner.name) return marked;

    const formerly = integration === owner.integration ? undefined : [owner.integration];
    const claim: Claim = { ...owner, integration, name, formerly };
    return { ...marked, owner: claim };
  };
  const gateway = (one: Gateway): Gateway => ({
    ...one,
    routes: one.routes.map(rename),
    ...(one.integrations === undefined ? {} : { integrations: one.integrations.map(rename) }),
  });
  const region = (one: RegionSnapshot): RegionSnapshot => ({
    ...one,
    targets: one.targets.map(rename),
    gateways: one.gateways.map(gateway),
  });
  return { ...snapshot, regions: snapshot.regions.map(region) };
}
