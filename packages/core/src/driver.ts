import type { CallContext } from './calls/call-context.js';
import type { Allowlist, AllowEntry } from './model/allowlist.js';
import type { Egress } from './model/egress.js';
import type { GatewayRef } from './model/gateway.js';
import type { Link, LinkRequest, LinkStatus } from './model/link.js';
import type { Owner } from './model/owner.js';
import type { Route, RouteRequest } from './model/route.js';
import type { LookUp } from './model/spec.js';
import type { Target, TargetRef } from './model/target.js';
import type { RegionSnapshot } from './snapshot/snapshot.js';

/** Who the credentials belong to. */
export interface Identity {
  readonly account: string;
  /** The caller, in the cloud's own notation. */
  readonly arn?: string | undefined;
}

/** What a snapshot is wanted for. Only this is read; `all` reads everything there is. */
export interface Scope {
  readonly all?: boolean | undefined;
  /** The project whose own resources are looked for. */
  readonly project?: string | undefined;
  readonly links?: readonly LookUp[] | undefined;
  readonly gateways?: readonly GatewayRef[] | undefined;
  readonly targets?: readonly TargetRef[] | undefined;
  readonly subnets?: readonly LookUp[] | undefined;
  readonly securityGroups?: readonly LookUp[] | undefined;
  /** Whether network interfaces are read, for egress. */
  readonly egress?: boolean | undefined;
}

/** Differences between clouds that a caller can see, each with the fact behind it. */
export interface DriverTraits {
  /** `links` can be created by this driver (and cost nothing by themselves). */
  readonly createsLinks: boolean;
  readonly deletesLinks: boolean;
  /** Creating a link costs money, so it needs an explicit permission. */
  readonly linksCostMoney: boolean;
  /** Subnets and security groups of a link can never change: a change is a replacement. */
  readonly linksAreImmutable: boolean;
  /** A target is a resource of its own on this cloud (Alibaba Cloud's authorization), not just an ARN. */
  readonly targetsAreResources: boolean;
  /** The allowlist must be decided when the link is created (AWS: a security group of ours). */
  readonly allowlistNeedsCreation: boolean;
  /** Entries of the allowlist carry ports. */
  readonly allowlistHasPorts: boolean;
  /** Stages without automatic deployment need a deployment after a change. */
  readonly routesNeedDeployment: boolean;
  /** Longest time for which a list may not yet show what was created, in milliseconds. */
  readonly stalenessMs: number;
  /** How often a pending link is looked at, in milliseconds. */
  readonly pollMs: number;
  /** How long a link may take until it is ready, or gone, in milliseconds. */
  readonly linkTimeoutMs: number;
}

/**
 * What an adapter implements: translation only. Parsing, defaults, pacing, retry, waiting and error wrapping are core's.
 * Every `create` is told whose the resource is and writes the mark in the same call where the cloud lets it; every
 * `delete` of what is gone succeeds; every function is safe to repeat after a lost answer.
 */
export interface Driver {
  readonly provider: string;
  readonly region: string;
  readonly traits: DriverTraits;

  /** Who the credentials belong to; asked before anything else. */
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  readonly observe: (scope: Scope, ctx: CallContext) => Promise<RegionSnapshot>;
  readonly links: LinkDriver;
  readonly targets: TargetDriver;
  readonly routes: RouteDriver;
  readonly allowlist: AllowlistDriver;
  readonly egress: (linkId: string, ctx: CallContext) => Promise<Egress>;
  readonly moves: MoveDriver;
}

export interface LinkDriver {
  /** Creates, marked as `request.owner`'s; does not look first and does not wait. */
  readonly create: (request: LinkRequest, ctx: CallContext) => Promise<{ readonly id: string }>;
  /** By id, or by mark (project and integration). Links that are failed or being deleted are found, too. */
  readonly find: (
    by: { readonly id: string } | { readonly owner: Owner },
    ctx: CallContext,
  ) => Promise<Link | undefined>;
  /** The states of many links with as few calls as the cloud allows. A link that is gone is missing from the answer. */
  readonly statuses: (ids: readonly string[], ctx: CallContext) => Promise<readonly LinkStatus[]>;
  readonly rename: (id: string, name: string, ctx: CallContext) => Promise<void>;
  /** Sets tags, marks included; tags that are not named stay. */
  readonly tag: (id: string, tags: Readonly<Record<string, string>>, ctx: CallContext) => Promise<void>;
  readonly delete: (id: string, ctx: CallContext) => Promise<void>;
}

export interface TargetDriver {
  /** Finds out what a reference means, and refuses what a link to `networkId` cannot reach. */
  readonly resolve: (
    ref: TargetRef,
    within: { readonly networkId?: string | undefined; readonly linkId?: string | undefined },
    ctx: CallContext,
  ) => Promise<Target>;
  readonly create: (linkId: string, ref: TargetRef, owner: Owner, ctx: CallContext) => Promise<Target>;
  readonly find: (linkId: string, ref: TargetRef, ctx: CallContext) => Promise<Target | undefined>;
  readonly update: (linkId: string, id: string, ref: TargetRef, ctx: CallContext) => Promise<Target>;
  readonly delete: (linkId: string, id: string, ctx: CallContext) => Promise<void>;
}

export interface RouteDriver {
  readonly create: (request: RouteRequest, ctx: CallContext) => Promise<Route>;
  readonly find: (gatewayId: string, key: string, ctx: CallContext) => Promise<Route | undefined>;
  readonly update: (route: { readonly id: string }, request: RouteRequest, ctx: CallContext) => Promise<Route>;
  /** Deletes the route and whatever of ours only it used. */
  readonly delete: (gatewayId: string, key: string, owner: Owner, ctx: CallContext) => Promise<void>;
  /** Brings the gateway's routes to a stage that does not deploy by itself, and writes `mark` on the deployment. */
  readonly deploy: (
    gatewayId: string,
    stage: string,
    mark: string,
    ctx: CallContext,
  ) => Promise<{ readonly deploymentId: string }>;
}

export interface AllowlistDriver {
  /** What must exist before a link with an allowlist can be created: on AWS a security group of ours. Looks first. */
  readonly prepare: (
    request: {
      readonly networkId: string;
      readonly owner: Owner;
      readonly name: string;
      readonly entries: readonly AllowEntry[];
      readonly tags: Readonly<Record<string, string>>;
    },
    ctx: CallContext,
  ) => Promise<{ readonly securityGroupIds: readonly string[] }>;
  readonly read: (linkId: string, ctx: CallContext) => Promise<Allowlist>;
  readonly allow: (linkId: string, entries: readonly AllowEntry[], ctx: CallContext) => Promise<void>;
  readonly revoke: (linkId: string, entries: readonly AllowEntry[], ctx: CallContext) => Promise<void>;
  /** Removes what `prepare` made, once the link is gone. */
  readonly release: (owner: Owner, ctx: CallContext) => Promise<void>;
}

/** One of the smallest parts of a gateway that can change link: an integration, a whole API group. */
export interface MoveUnit {
  readonly id: string;
  readonly gatewayId: string;
  readonly from: string;
  readonly to: string;
}

export interface MoveDriver {
  readonly units: (gatewayId: string, from: string, to: string, ctx: CallContext) => Promise<readonly MoveUnit[]>;
  readonly move: (unit: MoveUnit, ctx: CallContext) => Promise<void>;
  readonly verify: (unit: MoveUnit, ctx: CallContext) => Promise<void>;
}
