import type { Cloud } from './kinds/cloud/cloud.js';
import type { CallContext } from '../ground/calls/call-context.js';
import type { Simulator } from '../ground/clocks/simulator-address.js';
import type { Allowlist, AllowEntry, BlockResources } from './model/allowlist.js';
import type { Egress, Link, LinkKind, LinkRequest, LinkStatus } from './model/link.js';
import type { CloudTypes } from './kinds/cloud/cloud-types.js';
import type { GatewaySpec, StageChange } from './model/gateway.js';
import type { QuotaDriver } from './kinds/quota.js';
import type { GatewayKind } from './model/gateway-kind.js';
import type { Claim, Owner } from './model/owner.js';
import type { GatewayRef, LinkRef, TestCall, TestCallAnswer } from './model/reference.js';
import type { Route, RouteRequest } from './model/route.js';
import type { LookUp } from './spec.js';
import type { Target, TargetRef } from './model/target.js';
import type { GroupRuleDriver } from './group-rules.js';
import type { MoveDriver } from './move-driver.js';
import type { RegionSnapshot } from './snapshot/snapshot.js';
import type { GatewayTraits, LinkTraits, Retirement } from './model/traits.js';

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
   * The project whose own resources are read: its links (in any state), its security groups (also those that
   * no link uses yet), its targets where they are resources, and the newest of its own marks on each stage
   * (`Stage.deployed`).
   */
  readonly project?: string | undefined;
  /**
   * With `project`: the identity of the spec, which distinguishes its deployments from those of other specs.
   */
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
 * The operations that core needs of a cloud. Links and gateways are named by kind and ID, because IDs of
 * different kinds look alike. A kind that the adapter does not serve is refused with `UNSUPPORTED`. Nothing
 * is guessed from an ID. `driverOf` builds a driver from what an adapter implements for each kind, and the
 * adapter only translates. Core does the parsing, defaults, pacing, retry, waiting and error wrapping. Every
 * `create` receives the owner of the resource and writes the mark in the same call where the cloud allows
 * that. Every `delete` of a resource that does not exist succeeds. Every function is safe to repeat after a
 * lost answer.
 */
export interface Driver<T extends CloudTypes = CloudTypes> {
  readonly provider: string;
  /** The product of the provider, where it has several. It must equal `RegionSnapshot.product`. */
  readonly product?: string | undefined;
  readonly region: string;
  /** Its cloud: how its kinds of link and gateway behave. It may come without its checks (`loadChecks`). */
  readonly cloud: Cloud<T>;
  readonly serves: Served;
  /** The traits of links of a kind. @throws `UNSUPPORTED` for a kind that the adapter does not serve. */
  readonly traits: (kind: LinkKind) => LinkTraits;
  /** How gateways of a kind behave. @throws as `traits`. */
  readonly gatewayTraits: (kind: GatewayKind) => GatewayTraits;
  /** The dates of the steps in which the cloud retires this product, in order. */
  readonly retirement?: readonly Retirement[] | undefined;

  /** The account of the credentials; read before all other calls. */
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  readonly observe: (scope: Scope, ctx: CallContext) => Promise<RegionSnapshot>;
  readonly links: LinkDriver;
  readonly targets: TargetDriver;
  readonly routes: RouteDriver;
  readonly allowlist: AllowlistDriver;
  readonly egress: (link: LinkRef, ctx: CallContext) => Promise<Egress>;
  readonly moves: MoveDriver;
  /** The simulated clouds that it calls. Waits follow their clock, and gateways are called there. */
  readonly simulator?: Simulator | undefined;
  /** Without it no rule of a security group is written. */
  readonly groupRules?: GroupRuleDriver | undefined;
  /** Without it quotas are raised elsewhere. */
  readonly quotas?: QuotaDriver | undefined;
}

/** What an adapter does with links. */
export interface LinkDriver {
  /** Creates, marked as `request.owner`'s; does not look first and does not wait. */
  readonly create: (kind: LinkKind, request: LinkRequest, ctx: CallContext) => Promise<LinkRef>;
  /**
   * Finds a link by reference, or by kind and mark: project and integration, and `specHash` where the owner
   * has one (while a link is replaced, two links carry the same project and integration; a mark that was copied to
   * another link is not found: `isMarkOfLink`). Links that are
   * failed or being deleted are found as well. Of several, it returns the most usable one: ready, inactive,
   * pending, unknown, failed, deleting; then the oldest.
   */
  readonly find: (
    by: LinkRef | { readonly kind: LinkKind; readonly owner: Owner },
    ctx: CallContext,
  ) => Promise<Link | undefined>;
  /**
   * The states of many links with as few calls as the cloud allows. The result does not contain links that do
   * not exist.
   */
  readonly statuses: (links: readonly LinkRef[], ctx: CallContext) => Promise<readonly LinkStatus[]>;
  readonly rename: (link: LinkRef, name: string, ctx: CallContext) => Promise<void>;
  /** Sets tags, including marks. Tags that are not named are kept. */
  readonly tag: (link: LinkRef, tags: Readonly<Record<string, string>>, ctx: CallContext) => Promise<void>;
  /**
   * Removes tags. A key that does not exist does not cause an error.
   */
  readonly untag: (link: LinkRef, keys: readonly string[], ctx: CallContext) => Promise<void>;
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
  /** The link's ID is empty where no link to the target is known. */
  readonly delete: (link: LinkRef, id: string, ctx: CallContext) => Promise<void>;
}

/** `TargetUse.target` may come from a plan: `raw` is then null, and nothing may depend on it. */
export interface RouteDriver {
  /** @throws {CloudError} `ALREADY_EXISTS` where the gateway has a route with the key: a run does not look before it creates. */
  readonly create: (request: RouteRequest, ctx: CallContext) => Promise<Route>;
  /**
   * Where routes are published one by one, with the `stages` that show its current version: a change is
   * complete when these are the declared ones. With `by` it is read by its ID where the cloud can do that, so that
   * it costs as many calls on a gateway with many routes as on one with few.
   */
  readonly find: (
    gateway: GatewayRef,
    key: string,
    ctx: CallContext,
    by?: { readonly id: string },
  ) => Promise<Route | undefined>;
  readonly update: (route: { readonly id: string }, request: RouteRequest, ctx: CallContext) => Promise<Route>;
  /**
   * All routes of a gateway, with one list of each kind of resource. Where it exists, and routes are not
   * published one by one, a run uses it to read back its changes: once for each integration of the spec,
   * after its last route, or once for several that end at the same time.
   */
  readonly list?: ((gateway: GatewayRef, ctx: CallContext) => Promise<readonly Route[]>) | undefined;
  /**
   * Deletes the route and the resources managed by this project that only this route used. `by`: as that of `find`; `batch`: the keys of
   * the routes that a run deletes one after the other, in order, this one among them. What they share may be left with the last of them.
   */
  readonly delete: (
    gateway: GatewayRef,
    key: string,
    owner: Owner,
    ctx: CallContext,
    by?: { readonly id: string; readonly batch?: readonly string[] | undefined },
  ) => Promise<void>;
  /**
   * Writes the mark of `owner` on a route that exists without a mark, and changes nothing else: it serves calls as
   * before. The text that the mark is written into is kept, and `forget` restores it. A route that carries the mark
   * already is not an error.
   * @throws {CloudError} `NOT_OURS` for a route with another mark; `NOT_FOUND`. {UnsupportedError} where the mark does not fit
   */
  readonly adopt: (gateway: GatewayRef, key: string, owner: Claim, ctx: CallContext) => Promise<void>;
  /**
   * Writes `mark` on what a stage serves now, and deploys nothing. Only for gateways whose routes are deployed as a whole.
   * @throws {CloudError} `NOT_FOUND` where the stage or its deployment does not exist
   */
  readonly adoptStage: (gateway: GatewayRef, stage: string, mark: string, ctx: CallContext) => Promise<void>;
  /**
   * Removes the mark of a route, and changes nothing else: it serves calls as before. A route without a mark, or
   * that does not exist, is not an error.
   * @throws {CloudError} `NOT_OURS`
   */
  readonly forget: (gateway: GatewayRef, key: string, owner: Claim, ctx: CallContext) => Promise<void>;
  /**
   * Removes what `deploy` of `by` wrote on a stage and its deployments. Only for gateways whose routes are deployed
   * as a whole.
   */
  readonly forgetStage: (
    gateway: GatewayRef,
    stage: string,
    by: Pick<Owner, 'project' | 'spec'>,
    ctx: CallContext,
  ) => Promise<void>;
  /**
   * Deletes resources that carry the mark of the project, with the identity `spec` or without any, and that
   * no route uses: left behind by a run that ended between two calls of `create`. Called when the snapshot
   * shows such resources (`Gateway.integrations`). A resource that is `Owner.unbound` is kept, unless its
   * deletion is requested as well.
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
  /**
   * Deploys the gateway's routes to a stage that does not deploy automatically, and writes `mark` on the
   * deployment. A stage that a spec names (`GatewayKindTraits.stageIsNamed`) is created where it does not exist. One that has
   * a deployment with the mark is not deployed again, unless that is the deployment `replaces`: it has the mark, or followed
   * one that has, and serves other routes.
   * @throws {CloudError} `CANARY_ACTIVE` where the stage has a canary: it is never overwritten.
   */
  readonly deploy: (
    gateway: GatewayRef,
    stage: string,
    mark: string,
    ctx: CallContext,
    replaces?: string,
  ) => Promise<{ readonly deploymentId: string }>;
  /**
   * Changes settings of a stage that act at once. What the change does not name stays. A route that a throttle is removed from need
   * not exist. Only for gateways whose kind has `stageSettings`.
   * @throws {CloudError} `NOT_FOUND` where the stage, or a route that gets a throttle, does not exist
   */
  readonly configureStage?:
    ((gateway: GatewayRef, stage: string, change: StageChange, ctx: CallContext) => Promise<void>) | undefined;
  /**
   * Empties the cache of a stage, where it has one: what it keeps is of the backends that routes had before. A failure is a sentence
   * and no error, since the answers expire. Only for gateways whose stages can have a cache.
   */
  readonly flushCache?:
    ((gateway: GatewayRef, stage: string, ctx: CallContext) => Promise<readonly string[]>) | undefined;
  /**
   * Deletes a stage that a deployment of `by` created. One that does not exist, or that others created, is left as it
   * is. Only for gateways whose stages are created by a deployment.
   */
  readonly removeStage: (
    gateway: GatewayRef,
    stage: string,
    by: Pick<Owner, 'project' | 'spec'>,
    ctx: CallContext,
  ) => Promise<void>;
  /**
   * Has the cloud itself call a route's backend, where it has an operation for that (`GatewayKindTraits.testCall`).
   * A backend that is not reached is an answer, not an error.
   * @throws {UnsupportedError} for gateways of a kind without such an operation. {CloudError} `NOT_FOUND` for a
   *   route, a link or a target that does not exist.
   */
  readonly testCall?: ((call: TestCall, ctx: CallContext) => Promise<TestCallAnswer>) | undefined;
}

/** What an adapter does with what a link may reach. */
export interface AllowlistDriver {
  /**
   * Creates what must exist before a link with an allowlist: on AWS a security group managed by this project.
   * Looks first.
   */
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
  /** The resources inside each block of the list, where they can be determined. */
  readonly resources?: ((link: LinkRef, ctx: CallContext) => Promise<readonly BlockResources[]>) | undefined;
  readonly read: (link: LinkRef, ctx: CallContext) => Promise<Allowlist>;
  readonly allow: (link: LinkRef, entries: readonly AllowEntry[], ctx: CallContext) => Promise<void>;
  /**
   * Removes entries from the list. An entry that is not on the list does not cause an error. Where the
   * cloud's own backends show that a block is still needed, the removal is refused (`STILL_REFERENCED`)
   * unless `force`.
   */
  readonly revoke: (
    link: LinkRef,
    entries: readonly AllowEntry[],
    ctx: CallContext,
    options?: { readonly force?: boolean | undefined },
  ) => Promise<void>;
  /**
   * Writes the marks of another owner on the resource that holds the allowlist of a link, where that is a
   * separate resource. `undefined` removes the marks. `Allowlist.owned` stays true until the link carries the
   * new marks as well. A link without an allowlist managed by this project is not changed.
   */
  readonly mark: (link: LinkRef, owner: Owner | undefined, ctx: CallContext) => Promise<void>;
  /**
   * Removes what `prepare` created, after the link was deleted: the owner's group (project and integration).
   * Where `within` is given: only the group of that network.
   */
  readonly release: (
    kind: LinkKind,
    owner: Owner,
    ctx: CallContext,
    within?: { readonly networkId?: string | undefined },
  ) => Promise<void>;
}
