import type { CallContext } from './calls/call-context.js';
import type { Allowlist, AllowEntry, BlockResources } from './model/allowlist.js';
import type { Egress } from './model/egress.js';
import type { GatewayKind, GatewaySpec } from './model/gateway.js';
import type { Link, LinkKind, LinkRequest, LinkStatus } from './model/link.js';
import type { Owner } from './model/owner.js';
import type { GatewayRef, LinkRef } from './model/reference.js';
import type { Route, RouteRequest } from './model/route.js';
import type { LookUp } from './model/spec.js';
import type { Target, TargetRef } from './model/target.js';
import type { RegionSnapshot } from './snapshot/snapshot.js';
import type { GatewayTraits, LinkTraits, Retirement } from './model/traits.js';

/** Who the credentials belong to. */
export interface Identity {
  readonly account: string;
  /** The caller, in the cloud's own notation. */
  readonly arn?: string | undefined;
}

/**
 * What a snapshot is wanted for. Only this is read; `all` reads everything there is. What could not be read is a gap,
 * never an empty list.
 */
export interface Scope {
  readonly all?: boolean | undefined;
  /**
   * The project whose own resources are looked for: its links (in whatever state), its security groups (also those that
   * no link uses yet), its targets where they are resources, and the newest of its own marks on each stage (`Stage.deployed`).
   */
  readonly project?: string | undefined;
  /** With `project`: the identity of the spec whose deployments are told from others. */
  readonly spec?: string | undefined;
  readonly links?: readonly LookUp[] | undefined;
  /** The names of links that the project declares with subnets: one that is not there yet would be created. */
  readonly declared?: readonly string[] | undefined;
  /** Gateways with their stages and all their routes. */
  readonly gateways?: readonly GatewaySpec[] | undefined;
  /** Reads every gateway, as `all` does, and nothing else beside: before something is narrowed or deleted that any may use. */
  readonly allGateways?: boolean | undefined;
  /**
   * Each that exists is one of `RegionSnapshot.targets`: a listener's or service's `id` is the text of the reference, or it
   * has the load balancer (id or name) as `resourceId` and the `port`. One that can never be meant
   * is missing; see `LinkKindRules.targetRefusals`. So is a plain address that a link calls as it is; see `LinkKindRules.plainTarget`.
   */
  readonly targets?: readonly TargetRef[] | undefined;
  /** Networks that the spec names by name or tag. */
  readonly networks?: readonly LookUp[] | undefined;
  readonly subnets?: readonly LookUp[] | undefined;
  readonly securityGroups?: readonly LookUp[] | undefined;
  /** Whether network interfaces are read, for egress. */
  readonly egress?: boolean | undefined;
  /**
   * Reads everything that checks look at (with `all`, too): each list of `RegionSnapshot` that the cloud has. Networks, subnets,
   * groups, route tables, ACLs, interfaces, prefix lists in use, peerings, transit and virtual gateways, zones and links as whole
   * lists of the region (`RegionSnapshot.whole`); load balancers, listeners, target groups with the health of their targets, certificates,
   * discovery services and instances of the targets in scope, and of all where `all` is set.
   */
  readonly checks?: boolean | undefined;
  /**
   * Reads, of the gateways in scope, all that leads to a backend (`Gateway.uses`): drafts and each stage, shared backends, plug-ins. With `all`
   * and `checks` together it is read anyway.
   */
  readonly uses?: boolean | undefined;
}

/** The kinds that an adapter serves; the first of each is the one that it creates, and what an ID without a kind means. */
export interface Served {
  readonly links: readonly LinkKind[];
  readonly gateways: readonly GatewayKind[];
}

/**
 * What core asks of a cloud. Links and gateways are named by kind and ID: IDs of different kinds look alike. A kind that the adapter does
 * not serve is refused with `UNSUPPORTED`; nothing is guessed from an ID. `driverOf` makes a driver of what an adapter implements for each
 * kind: translation only. Parsing, defaults, pacing, retry, waiting and error wrapping are core's.
 * Every `create` is told whose the resource is and writes the mark in the same call where the cloud lets it; every
 * `delete` of what is gone succeeds; every function is safe to repeat after a lost answer.
 */
export interface Driver {
  readonly provider: string;
  /** The product of the provider, where it has several; see `RegionSnapshot.product`, which has to be the same. */
  readonly product?: string | undefined;
  readonly region: string;
  readonly serves: Served;
  /** How links of a kind behave. @throws `UNSUPPORTED` for a kind that the adapter does not serve. */
  readonly traits: (kind: LinkKind) => LinkTraits;
  /** How gateways of a kind behave. @throws as `traits`. */
  readonly gatewayTraits: (kind: GatewayKind) => GatewayTraits;
  /** The days on which the cloud takes this product back step by step, in order. */
  readonly retirement?: readonly Retirement[] | undefined;

  /** Who the credentials belong to; asked before anything else. */
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  readonly observe: (scope: Scope, ctx: CallContext) => Promise<RegionSnapshot>;
  readonly links: LinkDriver;
  readonly targets: TargetDriver;
  readonly routes: RouteDriver;
  readonly allowlist: AllowlistDriver;
  readonly egress: (link: LinkRef, ctx: CallContext) => Promise<Egress>;
  readonly moves: MoveDriver;
}

/** What an adapter does with links. */
export interface LinkDriver {
  /** Creates, marked as `request.owner`'s; does not look first and does not wait. */
  readonly create: (kind: LinkKind, request: LinkRequest, ctx: CallContext) => Promise<LinkRef>;
  /**
   * By reference, or by kind and mark: project and integration, and `specHash` where the owner has one (while a link is replaced, two
   * links carry the same project and integration). Links that are failed or being deleted are found, too; of several the
   * most usable one: ready, inactive, pending, unknown, failed, deleting; then the oldest.
   */
  readonly find: (
    by: LinkRef | { readonly kind: LinkKind; readonly owner: Owner },
    ctx: CallContext,
  ) => Promise<Link | undefined>;
  /** The states of many links with as few calls as the cloud allows. A link that is gone is missing from the answer. */
  readonly statuses: (links: readonly LinkRef[], ctx: CallContext) => Promise<readonly LinkStatus[]>;
  readonly rename: (link: LinkRef, name: string, ctx: CallContext) => Promise<void>;
  /** Sets tags, marks included; tags that are not named stay. */
  readonly tag: (link: LinkRef, tags: Readonly<Record<string, string>>, ctx: CallContext) => Promise<void>;
  /** Removes tags; keys that are not there are no error. Without it a link cannot be given up. */
  readonly untag?: ((link: LinkRef, keys: readonly string[], ctx: CallContext) => Promise<void>) | undefined;
  readonly delete: (link: LinkRef, ctx: CallContext) => Promise<void>;
}

/** What an adapter does with targets. */
export interface TargetDriver {
  /** Finds out what a reference means, and refuses what a link to `networkId` cannot reach. */
  readonly resolve: (
    ref: TargetRef,
    within: { readonly networkId?: string | undefined; readonly link?: LinkRef | undefined },
    ctx: CallContext,
  ) => Promise<Target>;
  readonly create: (link: LinkRef, ref: TargetRef, owner: Owner, ctx: CallContext) => Promise<Target>;
  readonly find: (link: LinkRef, ref: TargetRef, ctx: CallContext) => Promise<Target | undefined>;
  readonly update: (link: LinkRef, id: string, ref: TargetRef, ctx: CallContext) => Promise<Target>;
  /** The link's ID is empty where none is known to lead there. */
  readonly delete: (link: LinkRef, id: string, ctx: CallContext) => Promise<void>;
}

/** `TargetUse.target` may come out of a plan: `raw` is then null, and nothing may depend on it. */
export interface RouteDriver {
  readonly create: (request: RouteRequest, ctx: CallContext) => Promise<Route>;
  /** Where routes are published one by one, with the `stages` that show it as it is: a change is done when these are the declared ones. */
  readonly find: (gateway: GatewayRef, key: string, ctx: CallContext) => Promise<Route | undefined>;
  readonly update: (route: { readonly id: string }, request: RouteRequest, ctx: CallContext) => Promise<Route>;
  /**
   * All routes of a gateway, with one list of each kind of resource. Where it is given, and routes are not published one by one, a run
   * reads back with it what it created and changed: once for each integration of the spec, after its last route.
   */
  readonly list?: ((gateway: GatewayRef, ctx: CallContext) => Promise<readonly Route[]>) | undefined;
  /** Deletes the route and whatever of ours only it used. */
  readonly delete: (gateway: GatewayRef, key: string, owner: Owner, ctx: CallContext) => Promise<void>;
  /**
   * Deletes what carries the mark of the project, with the identity `spec` or without any, and no route uses: what a run left behind that ended between two calls of
   * `create`. Asked for when the snapshot shows such things (`Gateway.integrations`). What is `Owner.unbound` stays, unless that
   * is asked for, too.
   */
  readonly sweep?:
    | ((
        gateway: GatewayRef,
        project: string,
        ctx: CallContext,
        spec?: string,
        options?: { readonly unbound?: boolean | undefined },
      ) => Promise<void>)
    | undefined;
  /** Brings the gateway's routes to a stage that does not deploy by itself, and writes `mark` on the deployment. */
  readonly deploy: (
    gateway: GatewayRef,
    stage: string,
    mark: string,
    ctx: CallContext,
  ) => Promise<{ readonly deploymentId: string }>;
}

/** What an adapter does with what a link may reach. */
export interface AllowlistDriver {
  /** What must exist before a link with an allowlist can be created: on AWS a security group of ours. Looks first. */
  readonly prepare: (
    kind: LinkKind,
    request: {
      readonly networkId: string;
      readonly owner: Owner;
      readonly name: string;
      readonly entries: readonly AllowEntry[];
      readonly tags: Readonly<Record<string, string>>;
    },
    ctx: CallContext,
  ) => Promise<{ readonly securityGroupIds: readonly string[] }>;
  /** What stands inside each block of the list, where that can be told. */
  readonly resources?: ((link: LinkRef, ctx: CallContext) => Promise<readonly BlockResources[]>) | undefined;
  readonly read: (link: LinkRef, ctx: CallContext) => Promise<Allowlist>;
  readonly allow: (link: LinkRef, entries: readonly AllowEntry[], ctx: CallContext) => Promise<void>;
  /**
   * Takes entries off the list; what is not there is no error. Where the cloud's own backends show what still needs a block, that
   * is refused (`STILL_REFERENCED`) unless `force`.
   */
  readonly revoke: (
    link: LinkRef,
    entries: readonly AllowEntry[],
    ctx: CallContext,
    options?: { readonly force?: boolean | undefined },
  ) => Promise<void>;
  /**
   * Writes the marks of another owner on what holds the allowlist of a link, where that is a resource of its own; `undefined` removes
   * them. Until the link carries the new marks, too, `Allowlist.owned` stays true. A link without a list of ours is left as it is.
   */
  readonly mark?: ((link: LinkRef, owner: Owner | undefined, ctx: CallContext) => Promise<void>) | undefined;
  /**
   * Removes what `prepare` made, once the link is gone: the owner's group (project and integration), where `within` is
   * given only the one of that network.
   */
  readonly release: (
    kind: LinkKind,
    owner: Owner,
    ctx: CallContext,
    within?: { readonly networkId?: string | undefined },
  ) => Promise<void>;
}

/** One of the smallest parts of a gateway that can change link: an integration, a whole API group. */
export interface MoveUnit {
  readonly id: string;
  readonly gateway: GatewayRef;
  readonly from: LinkRef;
  readonly to: LinkRef;
}

/** How an adapter moves a gateway from one link to another: in its smallest parts, each moved and looked at by itself. */
export interface MoveDriver {
  readonly units: (gateway: GatewayRef, from: LinkRef, to: LinkRef, ctx: CallContext) => Promise<readonly MoveUnit[]>;
  readonly move: (unit: MoveUnit, ctx: CallContext) => Promise<void>;
  readonly verify: (unit: MoveUnit, ctx: CallContext) => Promise<void>;
}
