import { hashJson } from '../../hash.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';

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
  if (owner?.project !== project || owner.specHash === undefined) return false;
  return (
    owner.specHash === linkHash(owner, link) ||
    // Where none was requested, a cloud may report the network's default group.
    owner.specHash === linkHash(owner, { ...link, securityGroupIds: [] })
  );
}

/** Whether two lists contain the same IDs, in any order. */
export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return unique(a).join('\n') === unique(b).join('\n');
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].toSorted();
}
