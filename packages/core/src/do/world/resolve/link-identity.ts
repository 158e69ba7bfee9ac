import { kindOfLink } from '../../kinds/cloud/link-kinds.js';
import { hashJson } from '../../../ground/hash.js';
import type { Link } from '../../model/link.js';
import { isMarkOf } from '../../model/marks.js';
import type { Owner } from '../../model/owner.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { listGroup } from './lost-marks.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { LinkSpec } from '../../spec.js';
import type { Unresolved } from '../views.js';

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
