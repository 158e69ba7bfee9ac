import type { GatewayKindTraits } from '../gateway/gateway-traits.js';
import type { PosternError } from '../../../ground/errors.js';
import type { Link, LinkKind, LinkPrice, LinkRequest } from '../../model/link.js';
import type { CheckedUse, Target, TargetRef } from '../../model/target.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';

/** The lists of a snapshot that decide whether a link can be created. */
export type RequestFacts = Pick<
  RegionSnapshot,
  'region' | 'account' | 'links' | 'loadBalancers' | 'subnets' | 'securityGroups' | 'networks' | 'zones' | 'quotas'
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
  /** Its link, where it exists. */
  readonly link?: Link | undefined;
  /** The network of its link. */
  readonly networkId?: string | undefined;
  /** How routes of the project would use it; undefined where the routes are owned by another project or unmanaged. */
  readonly use?: CheckedUse | undefined;
  /** The load balancers that its link leads to, where its kind is made for some and they are known. */
  readonly loadBalancerIds?: readonly string[] | undefined;
  /** The kind of gateway whose routes use it. */
  readonly gateway?: GatewayKindTraits | undefined;
}

/**
 * The properties and limits of a kind of link: data, and rules that evaluate a snapshot only. A rule returns what the
 * cloud would refuse, or would accept although it never works. A missing fact never causes a refusal.
 */
export interface LinkKindRules {
  readonly kind: LinkKind;
  readonly provider: string;
  /**
   * Why a link cannot be created with this request: a zone that serves no links, an exhausted quota, a shared
   * subnet without a security group.
   */
  readonly requestRefusals: (request: LinkRequest, region: RequestFacts) => readonly PosternError[];
  /**
   * Why a reference can never be meant: no ARN, an ARN of another kind (naming the listeners that the load balancer has), of another
   * region or account; and, with `use`, why routes of the project could not use it so: a listener for HTTPS without `tls`.
   */
  readonly targetRefusals: (ref: TargetRef, place: TargetPlace, region: RegionSnapshot) => readonly PosternError[];
  /** The target of a reference that needs no resource: a private address that a link calls directly. */
  readonly plainTarget?: ((ref: TargetRef) => Target | undefined) | undefined;
  /**
   * The endpoints (`10.0.1.7:8080`) that a target of its own kind has for a reference, where `LinkKindTraits.ownTargets` names one: the
   * target is found by them. `addressOf` a machine or a load balancer is undefined where it was not read.
   */
  readonly endpointsOf?:
    ((ref: TargetRef, addressOf: (id: string) => string | undefined) => readonly string[]) | undefined;
  /** Whether a target of its own kind, which is `registered`, is the service of a registry that a reference means. */
  readonly isRegistered?: ((target: Target, ref: TargetRef, link: Link) => boolean) | undefined;
  /** Why a spec cannot name a target of its own kind, with its ID, and what to do; a clause about a route. */
  readonly unwritten?: ((target: Target) => string) | undefined;
  /** Why blocks can never be reached, each with the block as `details.cidrBlock`. */
  readonly blockRefusals?:
    ((cidrBlocks: readonly string[], place: BlockPlace, region: RegionSnapshot) => readonly PosternError[]) | undefined;
  /** What creating a link costs, and on which terms; where `PlanTraits.linksCostMoney`. */
  readonly price?: ((request: Pick<LinkRequest, 'native'>) => LinkPrice) | undefined;
}
