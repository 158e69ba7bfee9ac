import type { PosternError } from '../../errors.js';
import type { LinkKind, LinkPrice, LinkRequest } from '../../model/link.js';
import type { CheckedUse } from '../../model/target-use.js';
import type { Target, TargetRef } from '../../model/target.js';
import type { PlanTraits } from '../../model/traits.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';

/** The lists of a snapshot that decide whether a link can be created. */
export type RequestFacts = Pick<
  RegionSnapshot,
  'region' | 'account' | 'links' | 'subnets' | 'securityGroups' | 'networks' | 'zones' | 'quotas'
>;

/** Where blocks of an allowlist are judged: on a link that exists, or one that is to be created. */
export interface BlockPlace {
  /** The link, where it exists. */
  readonly linkId?: string | undefined;
  readonly networkId?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly native?: LinkRequest['native'];
}

/** Where a target is judged. */
export interface TargetPlace {
  /** What the reference means, where it was found. */
  readonly target?: Target | undefined;
  /** The network that its link leads into. */
  readonly networkId?: string | undefined;
  /** How routes of the project would use it; undefined where they are somebody else's. */
  readonly use?: CheckedUse | undefined;
}

/**
 * What a kind of link is and allows: data, and rules that look at a snapshot alone. A rule answers with what the cloud would refuse, or
 * accept and never get to work. A fact that the snapshot lacks refuses nothing.
 */
export interface LinkKindRules {
  readonly kind: LinkKind;
  readonly provider: string;
  readonly traits: PlanTraits;
  /** Why a link cannot be created so: a zone that serves no links, a used up quota, a shared subnet without a security group. */
  readonly requestRefusals: (request: LinkRequest, region: RequestFacts) => readonly PosternError[];
  /**
   * Why a reference can never be meant: no ARN, an ARN of another kind (naming the listeners that the load balancer has), of another
   * region or account; and, with `use`, why routes of the project could not use it so: a listener for HTTPS without `tls`.
   */
  readonly targetRefusals: (ref: TargetRef, place: TargetPlace, region: RegionSnapshot) => readonly PosternError[];
  /** The target that a reference means by itself, although nothing was made of it: a private address that a link calls as it is. */
  readonly plainTarget?: ((ref: TargetRef) => Target | undefined) | undefined;
  /** Why blocks can never be reached, each with the block as `details.cidrBlock`. */
  readonly blockRefusals?:
    ((cidrBlocks: readonly string[], place: BlockPlace, region: RegionSnapshot) => readonly PosternError[]) | undefined;
  /** What creating a link costs, and on which terms; where `traits.linksCostMoney`. */
  readonly price?: ((request: Pick<LinkRequest, 'native'>) => LinkPrice) | undefined;
}
