import type { CloudTypes } from '../kinds/cloud/cloud-types.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { Egress, Link } from '../model/link.js';
import type { RouteSettings } from '../model/route.js';
import type { Step } from '../plan/plan.js';
import type {
  EnsureLinkInSubnets,
  EnsureLinkOfLoadBalancer,
  LinkOrId,
  LinkTarget,
  TargetRequestBase,
} from './requests.js';

/** A link of {@link EnsureRequest}: what `ensureLink` takes besides the name, or a link that is there, by its ID. */
type WantedLink<T extends CloudTypes> =
  Omit<EnsureLinkInSubnets<T['native']>, 'name'> | (Omit<EnsureLinkOfLoadBalancer, 'name'> & T['balancer']) | LinkOrId;

/** Blocks of {@link EnsureRequest}: on the ports of the targets of the link, or on these. */
type WantedBlocks =
  readonly string[] | { readonly cidrBlocks: readonly string[]; readonly ports: readonly number[] | 'all' };

/**
 * Links, targets, routes and allowlists that belong together, by names of the program's own: an argument of `ensure`. `LinkName` and
 * `TargetName` are inferred, so that the compiler refuses a target on a link, or a route to a target, that is not named.
 */
export interface EnsureRequest<
  T extends CloudTypes = CloudTypes,
  LinkName extends string = string,
  TargetName extends string = string,
> {
  /** By name: what `ensureLink` takes. A link that is there, given by its ID, is used and not changed. */
  readonly links: Readonly<Record<LinkName, WantedLink<T>>>;
  /** By name: what `ensureTarget` takes, and the name of a link. Each needs a route. */
  readonly targets?:
    | Readonly<
        Record<TargetName, Omit<TargetRequestBase, 'name'> & { readonly link: NoInfer<LinkName> } & T['targetRequest']>
      >
    | undefined;
  /** What `ensureRoute` takes, with the name of a target. */
  readonly routes?:
    | readonly {
        readonly gateway: string | T['gateway'];
        readonly key: string;
        readonly target: NoInfer<TargetName>;
        readonly settings?: RouteSettings | undefined;
      }[]
    | undefined;
  /** By the name of a link: canonical CIDR blocks, which are added to its allowlist before the first call. */
  readonly allow?: { readonly [Name in NoInfer<LinkName>]?: WantedBlocks | undefined } | undefined;
}

/** What exists after `ensure`, and what it changed. Plain JSON. */
export interface Ensured<LinkName extends string = string, TargetName extends string = string> {
  /** By name, each with the source of its calls: what to put on the backend's own allowlist. */
  readonly links: Readonly<Record<LinkName, Link & { readonly egress: Egress }>>;
  /** By name: arguments of `ensureRoute`. */
  readonly targets: Readonly<Record<TargetName, LinkTarget>>;
  readonly routes: readonly { readonly gateway: GatewaySpec; readonly key: string; readonly target: TargetName }[];
  /** What was done, in order. Empty where everything was there. */
  readonly changes: readonly Omit<Step, 'input'>[];
  /** What was found and is not changed, a sentence each. */
  readonly notes: readonly string[];
}

/** What `release` removed, and what it kept. Plain JSON. */
export interface Released {
  /** What was done, in order. Empty where nothing was left. */
  readonly changes: readonly Omit<Step, 'input'>[];
  /** What is kept, and why, a sentence each. */
  readonly notes: readonly string[];
}
