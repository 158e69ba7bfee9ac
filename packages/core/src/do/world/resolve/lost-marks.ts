import type { Link } from '../../model/link.js';
import type { SecurityGroup } from '../../model/network.js';
import type { Owner } from '../../model/owner.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { findAllowlist } from '../link-facts.js';
import { formerNames } from '../../model/moves.js';
import type { Spec } from '../../spec.js';

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
