import type { Successor, PlanTraits } from '../../model/traits.js';
import type { LoadBalancer } from '../../model/load-balancer.js';
import type { Target } from '../../model/target.js';
import type { Quota } from '../quota.js';

/** A key of a spec for what only some kinds of link are created from: one of `Cloud.keys.link`. */
export type NativeKey = string;

/** Gateways that move together from one link to another, and what texts of such a move call them. */
export interface WholeMove {
  /** What a link is called: `instance`. */
  readonly link: string;
  /** What one of its gateways is called: `group`. */
  readonly gateway: string;
  /** The operation that lists gateways: a gap of it hides all of them. Undefined: a gap of any that names none of them does. */
  readonly listedBy?: string | undefined;
}

/** Links of a cloud that are in no account: no call describes one, and gateways may be on it. */
export interface SharedLinks {
  /** What their IDs begin with. */
  readonly idPrefix: string;
  /** `a shared instance`. */
  readonly title: string;
  /** What to name instead of one as the end of a move, and why: a sentence. */
  readonly remedy: string;
}

/** How calls leave a kind of link, and what decides where they may go. */
export interface LinkKindTraits {
  /** The cloud on which Postern creates links of this kind; undefined where it creates none. Of several kinds of one cloud, the first is the one that a spec means where it names none. */
  readonly createdOn?: string | undefined;
  /** The readable name of the kind: `a VPC link V2`. By default texts name the kind. */
  readonly title?: string | undefined;
  /** What a link of this kind is created from. */
  readonly createdFrom: 'subnets' | 'loadBalancer';
  /** What the planner needs of it. Default: those of its members. */
  readonly plans: PlanTraits;
  /**
   * The source of calls: the link's interfaces in `subnets` of the user, the interfaces of the link's `load
   * balancer` (PrivateLink), or the cloud's own `blocks`.
   */
  readonly callsFrom: 'subnets' | 'load balancer' | 'blocks';
  /**
   * What the allowlist of a link is: rules of a security group, the accessible blocks of an instance, or the security
   * groups of backends that admit the link.
   */
  readonly allowlist?: 'security group' | 'accessible blocks' | 'backend groups' | undefined;
  /** Whether its interfaces have no security groups: plans name none. */
  readonly hasNoGroups?: true | undefined;
  /** Whether the cloud creates the security group of its interfaces: none can be given. */
  readonly groupIsManaged?: true | undefined;
  /** The product that succeeds its own, where the cloud retires that. */
  readonly successor?: Successor | undefined;
  /** Whether it is of the product that succeeds its cloud's first one: the dates on which that ends do not concern it. */
  readonly succeeds?: true | undefined;
  /** The kind of target that only routes through links of this kind lead to; no other targets are theirs. */
  readonly ownTargets?: Target['kind'] | undefined;
  /** What its IDs begin with, where they do: `gw`. */
  readonly idPrefix?: string | undefined;
  /** Whether it reaches addresses of the internet by the routes of its subnets. */
  readonly reachesInternet?: true | undefined;
  /** The kind of load balancer that it leads to, where it is created for one. */
  readonly balancerKind?: LoadBalancer['kind'] | undefined;
  /** How another backend becomes one that it can call: a remedy. By default the keys of its targets. */
  readonly targetAdvice?: string | undefined;
  /** The references to targets that its routes can have. */
  readonly targets: readonly string[];
  /**
   * The keys of a spec for a link that is to be created, besides subnets and security groups: members of
   * `native`. Default: none.
   */
  readonly settings: readonly NativeKey[];
  /** How many an account may have in a region, where that is a quota which can be read. */
  readonly quota?: Quota | undefined;
  /** Whether it has one subnet in a zone, and its interface there one security group, which may be another one in each zone. Default: `false`. */
  readonly groupPerZone: boolean;
  /** How much one link may have of something, and how many tags. */
  readonly quotas?: Readonly<Partial<Record<'subnets' | 'groups' | 'tags', Quota>>> | undefined;
  /** The service-linked role by which the service uses the account's network. */
  readonly serviceRole?: string | undefined;
  /** Whether one without calls loses its interfaces, and gets others with the next call. */
  readonly fallsInactive?: true | undefined;
  /** Whether one in subnets of another account needs a security group of its own account. */
  readonly sharedSubnetsNeedGroup?: true | undefined;
  /** Whether encryption controls of its network may refuse it, or its calls. */
  readonly obeysEncryptionControls?: true | undefined;
  /** What texts call the source of calls that come from no address of the user: `API Gateway (PrivateLink)`. */
  readonly callers?: string | undefined;
  /** Set where all gateways on one can be moved to another one by a request that names the two links alone. */
  readonly movesWhole?: WholeMove | undefined;
  /** Links that behave like those of this kind and are in no account. */
  readonly shared?: SharedLinks | undefined;
  /** Whether one may be paid for in advance, and then ends at a date. */
  readonly mayEnd?: true | undefined;
}
