import type { Cloud } from './kinds/cloud/cloud.js';
import type { CallContext } from '../ground/calls/call-context.js';
import type { Simulator } from '../ground/clocks/simulator-address.js';
import type { DriverAbilities } from './abilities.js';
import type { Link, LinkKind, LinkRequest, LinkStatus } from './model/link.js';
import type { CloudTypes } from './kinds/cloud/cloud-types.js';
import type { GatewaySpec } from './model/gateway.js';
import type { GatewayKind } from './model/gateway-kind.js';
import type { Owner } from './model/owner.js';
import type { GatewayRef, LinkRef } from './model/reference.js';
import type { Route, RouteRequest } from './model/route.js';
import type { LookUp } from './spec.js';
import type { Target, TargetRef } from './model/target.js';
import type { RegionSnapshot } from './snapshot/snapshot.js';
import type { LinkTraits, Retirement } from './model/traits.js';

/** Who the credentials belong to. */
export interface Identity {
  readonly account: string;
  /** The caller, in the cloud's own notation. */
  readonly arn?: string | undefined;
}

/**
 * What to read into a snapshot. Only this is read; `all` reads all resources. A failed read becomes a gap,
 * never an empty list.
 */
export interface Scope {
  readonly all?: boolean | undefined;
  /**
   * The project whose own resources are read: its links (in any state), its security groups (also those that no link
   * uses yet), its targets where they are resources, and the newest of its own marks on each stage (`Stage.deployed`).
   */
  readonly project?: string | undefined;
  /** With `project`: the identity of the spec, which distinguishes its deployments from those of other specs. */
  readonly spec?: string | undefined;
  readonly links?: readonly LookUp[] | undefined;
  /** The kinds of link that are read. Undefined: with `all` each kind that the adapter serves, else the first. */
  readonly linkKinds?: readonly LinkKind[] | undefined;
  /** Load balancers that links are made for, each by its name or ARN. Each existing one is in `RegionSnapshot.loadBalancers`. */
  readonly loadBalancers?: readonly string[] | undefined;
  /** The names of links that the project declares without an ID: one that does not exist yet would be created. */
  readonly declared?: readonly string[] | undefined;
  /** Gateways with their stages and all their routes. */
  readonly gateways?: readonly GatewaySpec[] | undefined;
  /**
   * Those of `gateways` whose deployments are read (`Stage.served`): of the stage that one names, of those that `project`
   * deployed to, and of each stage where none can be named. With `checks`, those of all stages of `gateways` are read.
   */
  readonly served?: readonly GatewaySpec[] | undefined;
  /**
   * Reads every gateway, as `all` does, and nothing else in addition: used before something that any gateway
   * may use is narrowed or deleted.
   */
  readonly allGateways?: boolean | undefined;
  /**
   * Also reads so many of the gateways that are not named; the others are in `RegionSnapshot.otherGateways`. A list that cannot be read is
   * a gap.
   */
  readonly unnamedGateways?: number | undefined;
  /**
   * Each existing one is in `RegionSnapshot.targets`: a listener's or service's `id` is the text of the
   * reference, or it has the load balancer (ID or name) as `resourceId` and the `port`. A reference that can
   * never be valid is missing; see `LinkKindRules.targetRefusals`. So is a plain address that a link calls
   * directly; see `LinkKindRules.plainTarget`.
   */
  readonly targets?: readonly TargetRef[] | undefined;
  /** Networks that the spec names by name or tag. */
  readonly networks?: readonly LookUp[] | undefined;
  /** Undefined: no link that exists is replaced, so that nothing is read for that. */
  readonly subnets?: readonly LookUp[] | undefined;
  readonly securityGroups?: readonly LookUp[] | undefined;
  /** Whether network interfaces are read, for egress. Undefined: with `all`. Always read with `checks`. */
  readonly egress?: boolean | undefined;
  /**
   * Reads everything that checks use (with `all` as well): each list of `RegionSnapshot` that the cloud has.
   * Networks, subnets, groups, route tables, ACLs, interfaces, prefix lists in use, peerings, transit and
   * virtual gateways, zones and links are read as whole lists of the region (`RegionSnapshot.whole`). Load
   * balancers, listeners, target groups with the health of their targets, certificates, discovery services
   * and instances are read for the targets in scope, and completely where `all` is set.
   */
  readonly checks?: boolean | undefined;
  /**
   * With `checks`: also reads what the interfaces of links sent and was refused in the last hour, from flow logs
   * (`NetworkInterface.flows`). An adapter whose cloud keeps them elsewhere ignores it.
   */
  readonly flowLogs?: boolean | undefined;
  /** Reads the custom domains that lead to gateways (`RegionSnapshot.customDomains`). Always read with `checks`. */
  readonly domains?: boolean | undefined;
  /**
   * Reads all backend references of the gateways in scope (`Gateway.uses`): drafts and each stage, shared
   * backends, plug-ins. With `all` and `checks` together they are always read.
   */
  readonly uses?: boolean | undefined;
}

/**
 * The kinds that an adapter serves. The first of each is the one that it creates, and the kind of an ID
 * without a kind.
 */
export interface Served {
  readonly links: readonly LinkKind[];
  readonly gateways: readonly GatewayKind[];
}

/**
 * What every driver has. Links and gateways are named by kind and ID, because IDs of different kinds look alike; nothing is guessed from an
 * ID, and a kind that the adapter does not serve is refused with `UNSUPPORTED`. `driverOf` builds a driver from what an adapter implements
 * for each kind, and the adapter only translates. Core does the parsing, defaults, pacing, retry, waiting and error wrapping.
 *
 * For every function: a `create` writes the mark of the owner in the same call where the cloud allows that, and does not look first. A
 * `delete` of a resource that does not exist succeeds. All are safe to repeat after a lost answer, which is an error with
 * `outcomeUnknown`: core looks before it calls again.
 */
export interface RequiredDriver<T extends CloudTypes = CloudTypes> {
  readonly provider: string;
  readonly region: string;
  /** Its cloud: how its kinds of link and gateway behave. It may come without its checks (`loadChecks`). */
  readonly cloud: Cloud<T>;
  readonly serves: Served;
  /** The traits of links of a kind. @throws `UNSUPPORTED` for a kind that the adapter does not serve. */
  readonly traits: (kind: LinkKind) => LinkTraits;
  /** Must: return the account of the credentials. Called before all other calls. */
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  /** Must: read what the scope names. Guaranteed: a failed read is a gap and never an empty list; nothing is changed. */
  readonly observe: (scope: Scope, ctx: CallContext) => Promise<RegionSnapshot>;
  readonly links: LinkDriver;
  readonly targets: TargetDriver;
  readonly routes: RouteDriver;
}

/** What is known of a driver before its first call, where it is so. */
export interface DriverFacts {
  /** The product of the provider, where it has several. It must equal `RegionSnapshot.product`. */
  readonly product?: string | undefined;
  /** The dates of the steps in which the cloud retires this product, in order. */
  readonly retirement?: readonly Retirement[] | undefined;
  /** The simulated clouds that it calls. Waits follow their clock, and gateways are called there. */
  readonly simulator?: Simulator | undefined;
}

/** A driver: its must, and the abilities that its cloud has. Those are asked for by `abilityOf`. */
export type Driver<T extends CloudTypes = CloudTypes> = RequiredDriver<T> &
  DriverFacts & { readonly [Name in keyof DriverAbilities]?: DriverAbilities[Name] | undefined };

/** A driver that has some abilities for certain. */
export type DriverWith<Names extends keyof DriverAbilities, T extends CloudTypes = CloudTypes> = Driver<T> &
  Pick<DriverAbilities, Names>;

/** What every adapter does with links. */
export interface LinkDriver {
  /** Must: create with the mark of `request.owner`, without looking first and without waiting. Guaranteed: a lost answer is `outcomeUnknown`. */
  readonly create: (kind: LinkKind, request: LinkRequest, ctx: CallContext) => Promise<LinkRef>;
  /**
   * Must: find a link by reference, or by kind and mark: project and integration, and `specHash` where the owner
   * has one (while a link is replaced, two links carry the same project and integration; a mark that was copied to
   * another link is not found: `isMarkOfLink`). Links that are failed or being deleted are found as well.
   * Guaranteed: of several the most usable one: ready, inactive, pending, unknown, failed, deleting; then the oldest.
   */
  readonly find: (
    by: LinkRef | { readonly kind: LinkKind; readonly owner: Owner },
    ctx: CallContext,
  ) => Promise<Link | undefined>;
  /** Must: return the states of many links with as few calls as the cloud allows. Guaranteed: no entry for a link that does not exist. */
  readonly statuses: (links: readonly LinkRef[], ctx: CallContext) => Promise<readonly LinkStatus[]>;
  /** Must: begin the deletion, without waiting. @throws {CloudError} `STILL_REFERENCED` while routes use it, where the cloud says so */
  readonly delete: (link: LinkRef, ctx: CallContext) => Promise<void>;
}

/** What every adapter does with targets. */
export interface TargetDriver {
  /**
   * Must: find out what a reference means, and refuse what a link to `networkId` cannot reach. Guaranteed: nothing is changed.
   * @throws {CloudError} `NOT_FOUND`; `WRONG_NETWORK`
   */
  readonly resolve: (
    ref: TargetRef,
    within: { readonly networkId?: string | undefined; readonly link?: LinkRef | undefined },
    ctx: CallContext,
  ) => Promise<Target>;
}

/** What every adapter does with routes. `TargetUse.target` may come from a plan: `raw` is then null, and nothing may depend on it. */
export interface RouteDriver {
  /** Must: create with the mark. @throws {CloudError} `ALREADY_EXISTS` where the gateway has a route with the key: a run does not look before it creates. */
  readonly create: (request: RouteRequest, ctx: CallContext) => Promise<Route>;
  /**
   * Must: return the route of the key, or undefined. Where routes are published one by one, with the `stages` that show its current
   * version: a change is complete when these are the declared ones. May: read it by the ID of `by`, so that it costs as many calls on a
   * gateway with many routes as on one with few.
   */
  readonly find: (
    gateway: GatewayRef,
    key: string,
    ctx: CallContext,
    by?: { readonly id: string },
  ) => Promise<Route | undefined>;
  /** Must: lead the route to what the request names, and keep what it does not name. Guaranteed: calls are answered meanwhile. */
  readonly update: (route: { readonly id: string }, request: RouteRequest, ctx: CallContext) => Promise<Route>;
  /**
   * Must: delete the route, and the resources of this project that only this route used. `by`: as that of `find`; `batch`: the keys of
   * the routes that a run deletes one after the other, in order, this one among them. What they share may be left with the last of them.
   * @throws {CloudError} `NOT_OURS` for a route with another mark
   */
  readonly delete: (
    gateway: GatewayRef,
    key: string,
    owner: Owner,
    ctx: CallContext,
    by?: { readonly id: string; readonly batch?: readonly string[] | undefined },
  ) => Promise<void>;
}
