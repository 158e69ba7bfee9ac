import { hashJson } from '../../hash.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';

/** What can never change about a link. */
export interface LinkShape {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/**
 * The hash that is written on a link as `postern:spec`: of whose it is and of what can never change about it. So it tells
 * the old link from the new one while a link is replaced, and a mark that was copied to another link is not believed.
 */
export function linkHash(owner: Pick<Owner, 'project' | 'integration'>, shape: LinkShape): string {
  return hashJson({
    project: owner.project,
    integration: owner.integration,
    subnets: unique(shape.subnetIds),
    securityGroups: unique(shape.securityGroupIds),
  });
}

/** Whether the link's mark names `project` and its hash fits the link that carries it. */
export function isOurs(link: Link, project: string): boolean {
  const { owner } = link;
  if (owner?.project !== project || owner.specHash === undefined) return false;
  return (
    owner.specHash === linkHash(owner, link) ||
    // Where none was asked for, a cloud may name the network's default group.
    owner.specHash === linkHash(owner, { subnetIds: link.subnetIds, securityGroupIds: [] })
  );
}

/** Whether two lists hold the same ids, in whatever order. */
export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return unique(a).join('\n') === unique(b).join('\n');
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].toSorted();
}
