import { InvalidInputError, UnsupportedError, type PosternError, type SourcePlace } from '../../../ground/errors.js';
import type { Allowlist } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import { PROJECT_TAG } from '../../model/marks.js';
import type { Owner } from '../../model/owner.js';
import { collisionRemedy, ownershipOf, ownerText, type Claimant } from '../../model/ownership.js';
import { sameIds } from './link-identity.js';
import { fewText } from '../../../ground/text/quantities.js';
import { withoutOwn } from '../link-facts.js';

/** The position of a member of the link's spec, where there is a file. */
type PlaceOf = (member: 'id' | 'subnets' | 'securityGroups' | 'loadBalancer') => SourcePlace | undefined;

/**
 * Why the project may not adopt a link that the spec names by ID: it carries the mark of another project, or
 * of another spec.
 */
export function foreignLink(by: Claimant, link: Link, placeOf: PlaceOf): PosternError | undefined {
  const { owner } = link;
  if (owner !== undefined && ownershipOf(owner, by) === 'other-spec')
    return otherSpecsLink(by, link, owner, placeOf('id'));

  const own = owner?.project ?? link.tags[PROJECT_TAG];
  if (own === undefined || own === by.project) return undefined;

  return new InvalidInputError('NOT_OURS', `link ${link.id} belongs to project ${own}`, {
    place: placeOf('id'),
    remedy: `First run \`postern forget\` with the spec of ${own}: removing the link from that spec without it deletes the link. Or write \`owner: external\` to use the link without changing it.`,
    details: { project: own },
  });
}

/** Why a declared link cannot be this spec's: another spec of the project owns it. */
export function otherSpecsLink(
  by: Claimant,
  link: Link,
  owner: Owner,
  place: SourcePlace | undefined,
): InvalidInputError {
  return new InvalidInputError('NOT_OURS', `link ${link.id} is ${ownerText(owner, by)}; this spec is ${by.spec}`, {
    place,
    remedy: collisionRemedy(owner, 'link'),
    details: { project: owner.project, spec: owner.spec },
  });
}

/**
 * Why a link that the spec names by ID cannot match the other keys: subnets, groups and the load balancer of
 * a link cannot be changed.
 */
export function unlikeSpec(
  link: Link,
  allowlist: Allowlist | undefined,
  wanted: {
    readonly subnetIds?: readonly string[] | undefined;
    readonly securityGroupIds?: readonly string[] | undefined;
    readonly loadBalancerId?: string | undefined;
  },
  placeOf: PlaceOf,
): PosternError | undefined {
  const { subnetIds, securityGroupIds, loadBalancerId } = wanted;
  const differs =
    subnetIds !== undefined && !sameIds(subnetIds, link.subnetIds)
      ? 'subnets'
      : securityGroupIds !== undefined && !sameIds(securityGroupIds, withoutOwn(link, allowlist))
        ? 'securityGroups'
        : loadBalancerId !== undefined && link.loadBalancerIds?.includes(loadBalancerId) === false
          ? 'loadBalancer'
          : undefined;
  if (differs === undefined) return undefined;

  const differ = differs === 'loadBalancer' ? 'differs' : 'differ';
  return new UnsupportedError(`${differs} of link ${link.id} ${differ} from the spec and cannot be changed`, {
    place: placeOf(differs),
    remedy: `Remove ${differs} to keep the link as it is, or remove the ID to create a new link.`,
  });
}

/** Why an adopted link cannot have an allowlist: its groups never change, and rules of groups are those of others. */
export function unownedList({ id, securityGroupIds }: Link, place?: SourcePlace): UnsupportedError {
  const groups = fewText(securityGroupIds);
  return new UnsupportedError(`link ${id} has no allowlist of this project, and none can be added`, {
    place,
    remedy:
      groups === ''
        ? 'Remove the allowlist, or remove the ID to create a new link with an allowlist.'
        : `Remove the allowlist: the outbound rules of ${groups} decide, which Postern does not change. Or remove the ID to create a new link with an allowlist.`,
  });
}

/** What is wrong where two names of the spec are one link. */
export function oneLinkTwice(a: string, b: string, id: string): { readonly message: string; readonly remedy: string } {
  return {
    message: `links ${a} and ${b} are the same link, ${id}`,
    remedy: 'Keep one of them, and use it in the integrations of both.',
  };
}
