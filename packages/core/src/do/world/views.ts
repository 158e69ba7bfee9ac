import type { Clouds } from '../kinds/cloud/clouds.js';
import type { Gateway } from '../model/gateway.js';
import type { LinkKind as LinkKindOfCloud } from '../kinds/cloud/cloud.js';
import type { Link, LinkKind } from '../model/link.js';
import type { IntegrationSpec, LinkSpec, Spec, TargetSpec } from '../spec.js';
import type { Target } from '../model/target.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { Derived } from './derived.js';
import type { IndexedList } from '../snapshot/resources/resources.js';
import type { Gap, RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';

export type { IndexedList } from '../snapshot/resources/resources.js';

/** The input of checks. */
export interface CheckInput {
  readonly snapshot: Snapshot;
  readonly spec: Spec;
  /** The clouds of the call. */
  readonly clouds: Clouds;
  /**
   * The time for comparisons with dates, in milliseconds since 1970: that of the snapshot, unless the caller
   * gives another.
   */
  readonly now: number;
  /** Every link of the spec. */
  readonly links: readonly LinkView[];
  /** Every integration of the spec. */
  readonly integrations: readonly IntegrationView[];
  /** Records that a verdict depends on a fact that the spec supplied; repeated ones count once. */
  readonly assumed: (path: string, text: string) => void;
  /**
   * Whether passes are needed in full. If not, passes are only counted: a check still returns an outcome for
   * each, but need not write its message and evidence.
   */
  readonly passes: boolean;
  /** Whether walks continue after a stop, so that all causes are reported at once; by default only the first is. */
  readonly throughout?: true | undefined;
  /** Whether rules or routes are those of after a plan: what the cloud shows at work is older than they are. */
  readonly planned?: true | undefined;
  /**
   * The index of an account and region that is not a link's own, where the snapshot contains it: the far side
   * of a peering.
   */
  readonly regionOf: (place: {
    readonly provider: string;
    readonly region: string;
    readonly account: string;
  }) => RegionIndex | undefined;
  /** What several checks compute from the input: once, by the function that computes it. */
  readonly derived: Derived<CheckInput>;
}

export type ItemOf<L extends IndexedList> = NonNullable<RegionSnapshot[L]>[number];

/** A fact that is missing, and what would supply it. */
export interface Missing {
  /** `the route tables of eu-west-1`, `security group sg-1 of account 1111`. */
  readonly what: string;
  /** One sentence: `Allow ec2:DescribeRouteTables for these credentials, then take the snapshot again.` */
  readonly remedy: string;
  /** The permission, where one would do. */
  readonly permission?: string | undefined;
  /** Every permission that would fill a gap. */
  readonly permissions?: readonly string[] | undefined;
  /** Set where a call failed: a gap of the snapshot. Otherwise the list was not read, or not as a whole. */
  readonly failed?: true | undefined;
  /** The first gap, where calls failed. */
  readonly gap?: Gap | undefined;
}

/** Whether a resource exists. `absent` only where the list is known to be whole. */
export type Found<T> =
  | { readonly is: 'found'; readonly value: T }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown'; readonly missing: Missing };

/** One account and region, indexed. Built once; looking up costs a hash. */
export interface RegionIndex {
  readonly region: RegionSnapshot;
  /** The clouds whose kinds the region may show. */
  readonly clouds: Clouds;
  /** By id. */
  readonly find: <L extends IndexedList>(list: L, id: string) => Found<ItemOf<L>>;
  /** All items of a list, and what is missing from it: `undefined` where it holds all there is in the region. */
  readonly all: <L extends IndexedList>(
    list: L,
  ) => { readonly items: readonly ItemOf<L>[]; readonly missing: Missing | undefined };
  /**
   * Why an absence from any list (`quotas`, `privateDomains` and similar included) would prove nothing; with the ID of
   * an item of the list: why its data may be incomplete. Undefined: a resource missing from the list does not exist.
   */
  readonly missing: (list: NonNullable<RegionSnapshot['whole']>[number], id?: string) => Missing | undefined;
  /**
   * Items by a key, computed once for each `name` (so one name must always be used with one `keys`): subnets
   * of a network, interfaces of a subnet, listeners of a load balancer.
   */
  readonly group: <L extends IndexedList>(
    list: L,
    name: string,
    keys: (item: ItemOf<L>) => readonly (string | undefined)[],
  ) => ReadonlyMap<string, readonly ItemOf<L>[]>;
  /** What several callers compute from the region: once, by the function that computes it. */
  readonly derived: Derived<RegionIndex>;
}

/** Why a name of the spec could not be answered from the snapshot. A plan throws it; see `troubleError`. */
export interface Unresolved {
  /** `fail`: the snapshot shows that it is not so; `unknown`: something could not be read. */
  readonly verdict: 'fail' | 'unknown';
  /** `NOT_FOUND`, `AMBIGUOUS`, `WRONG_NETWORK`, …; where the verdict is `unknown`, the code of the gap: `PERMISSION_DENIED`, …. */
  readonly code: ErrorCode;
  /** The member of the spec: `links.eu.subnets[0]`. */
  readonly path: string;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** Plain facts for programs, such as the candidates of an ambiguous name. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** Where the verdict is `unknown`: the fact that is missing. */
  readonly missing?: Missing | undefined;
}

/** A link of the spec, whether it exists or not. */
export interface LinkView {
  /** Its name in the spec. */
  readonly name: string;
  readonly spec: LinkSpec;
  readonly region: RegionIndex;
  /** What the link is, or will be. */
  readonly kind: LinkKind;
  /** How its calls leave it, and what decides where they may go. */
  readonly traits: LinkKindOfCloud;
  /** The link itself: the one that `id` names, or the one that carries the project's mark. Undefined: it would be created. */
  readonly link?: Link | undefined;
  /** Of the link, or as the spec declares them; empty where neither has any. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Of the link, or as the spec declares it, where its kind is made for a load balancer and it is known. */
  readonly loadBalancerIds?: readonly string[] | undefined;
  readonly networkId?: string | undefined;
  /** Set where the spec's names could not be answered: the worst of `troubles`. The other members hold what could. */
  readonly unresolved?: Unresolved | undefined;
  /** Every name of the spec that could not be answered. */
  readonly troubles: readonly Unresolved[];
  /** What else prevents a plan; separate checks report it. */
  readonly obstacles: readonly Unresolved[];
  /** The resources that the spec's names refer to, each once; undefined where the spec names none. */
  readonly declared: {
    readonly subnetIds?: readonly string[] | undefined;
    readonly securityGroupIds?: readonly string[] | undefined;
    readonly loadBalancerId?: string | undefined;
  };
  /**
   * Why it cannot be determined whether the link exists, or which one it is; undefined where it was found, or
   * certainly does not exist.
   */
  readonly unseen?: Missing | undefined;
  /**
   * Where it is `unseen` because it is undecided whether the one link with Postern's mark matches the spec: that link.
   */
  readonly likely?: Link | undefined;
  /**
   * Where the link must be created to replace one with Postern's mark: that one, which carries the calls until then.
   */
  readonly replaced?: Link | undefined;
  /**
   * For a link that was not found: why it may have further subnets or groups, since names of the spec could
   * not be resolved.
   */
  readonly unread?:
    { readonly subnets?: Missing | undefined; readonly securityGroups?: Missing | undefined } | undefined;
  /** Where the spec declares it with subnets: the links with its mark. */
  readonly marked: MarkedLinks;
  /** The integrations that use it. */
  readonly integrations: readonly string[];
}

/** The links that carry the mark of a link of the spec. */
export interface MarkedLinks {
  /** Those that the spec may change, best first; the view's `link` is one of them. */
  readonly own: readonly Link[];
  /** Those that another spec of the project owns. */
  readonly others: readonly Link[];
  /** Those whose mark differs from the written one. */
  readonly unlike: readonly Link[];
}

export interface TargetView {
  /** Its name in the spec. */
  readonly name: string;
  readonly spec: TargetSpec;
  /** Undefined where it is created on demand and does not exist yet (an authorization), or `unresolved`. */
  readonly target?: Target | undefined;
  readonly unresolved?: Unresolved | undefined;
  /**
   * Why it can never be used as declared, in any state of the cloud: a plan reports this instead of
   * `unresolved`.
   */
  readonly refused?: Unresolved | undefined;
  /** The routes of the spec with this target. */
  readonly routeKeys: readonly string[];
  /** The hosts that its calls name, in lower case, where the spec assumes some. */
  readonly hosts?: readonly string[] | undefined;
}

export interface IntegrationView {
  readonly name: string;
  readonly spec: IntegrationSpec;
  readonly link: LinkView;
  readonly targets: readonly TargetView[];
  readonly gateway?: Gateway | undefined;
  /** Why the gateway could not be found. */
  readonly unresolved?: Unresolved | undefined;
  /** What else prevents a plan; separate checks report it. */
  readonly obstacles: readonly Unresolved[];
}
