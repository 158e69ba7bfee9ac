import type { CallContext } from '../../ground/calls/call-context.js';
import type {
  AllowlistDriver,
  AllowlistGroups,
  BlockUses,
  LinkChanges,
  RouteAdoption,
  RouteListing,
  RouteSweeping,
  StageDriver,
  StageSettingsDriver,
  TargetResources,
  TestCallDriver,
} from '../abilities.js';
import type { Driver, LinkDriver, RouteDriver } from '../driver.js';
import type { Egress, Link, LinkKind, LinkRequest, LinkStatus } from '../model/link.js';
import type { GatewayKind } from '../model/gateway-kind.js';
import type { Owner } from '../model/owner.js';
import type { GatewayRef, LinkRef, TestCall } from '../model/reference.js';
import type { RouteRequest } from '../model/route.js';
import type { Target, TargetRef } from '../model/target.js';
import type { MoveDriver } from '../move-driver.js';

/** A part of `Driver` whose references are the IDs of one kind. */
export type OfKind<T> = {
  readonly [Name in keyof T]: T[Name] extends ((...args: infer Args) => infer Answer) | undefined
    ? ((...args: { [At in keyof Args]: IdOf<Args[At]> }) => Answer) | Extract<T[Name], undefined>
    : T[Name];
};
/** The arguments of a method with IDs in place of references: the adapter serves one kind. */
export type IdOf<T> = T extends LinkRef | GatewayRef
  ? string
  : T extends RouteRequest
    ? RouteCall
    : T extends TestCall
      ? RouteTest
      : T;

/** `RouteRequest`, for an adapter that implements known kinds. */
export interface RouteCall extends Omit<RouteRequest, 'gateway' | 'link'> {
  readonly gatewayId: string;
  readonly linkId: string;
  /** For gateways whose routes can use links of several kinds. */
  readonly linkKind: LinkKind;
}

/** {@link TestCall}, for an adapter that implements known kinds. */
export interface RouteTest extends Omit<TestCall, 'gateway' | 'link'> {
  readonly gatewayId: string;
  readonly linkId?: string | undefined;
}

/** What an adapter does with links of one kind: {@link LinkDriver}, and what it has of {@link LinkChanges}. */
export interface LinkMethods
  extends OfKind<Omit<LinkDriver, 'create' | 'find' | 'statuses'>>, Partial<OfKind<LinkChanges>> {
  readonly create: (request: LinkRequest, ctx: CallContext) => Promise<{ readonly id: string }>;
  readonly find: (
    by: { readonly id: string } | { readonly owner: Owner },
    ctx: CallContext,
  ) => Promise<Link | undefined>;
  readonly statuses: (ids: readonly string[], ctx: CallContext) => Promise<readonly Omit<LinkStatus, 'kind'>[]>;
}

/** What an adapter does with targets behind links of one kind: `TargetDriver`, and what it has of {@link TargetResources}. */
export interface TargetMethods extends Partial<OfKind<Omit<TargetResources, 'delete'>>> {
  readonly delete?: ((id: string, ctx: CallContext) => Promise<void>) | undefined;
  /** Undefined: the target does not exist. */
  readonly resolve: (
    ref: TargetRef,
    within: { readonly networkId?: string | undefined; readonly linkId?: string | undefined },
    ctx: CallContext,
  ) => Promise<Target | undefined>;
}

/** What an adapter does with allowlists of links of one kind: {@link AllowlistDriver}, and what it has of the abilities beside it. */
export interface AllowlistMethods extends OfKind<AllowlistDriver>, Partial<OfKind<BlockUses>> {
  readonly mark?: OfKind<AllowlistGroups>['mark'] | undefined;
  readonly prepare?: WithoutKind<AllowlistGroups['prepare']> | undefined;
  readonly release?: WithoutKind<AllowlistGroups['release']> | undefined;
}
/** A method of a driver without its first argument, the kind of link. */
export type WithoutKind<T> = T extends (kind: LinkKind, ...args: infer Args) => infer Answer
  ? (...args: Args) => Answer
  : never;

/** The abilities of a driver that are about routes and stages. */
type RouteAbilities = RouteAdoption & StageDriver & StageSettingsDriver & RouteListing & RouteSweeping & TestCallDriver;

/** What an adapter does with gateways of one kind: {@link RouteDriver}, and what the kind has of the abilities of a driver. */
export type RouteMethods = OfKind<RouteDriver> & Partial<OfKind<RouteAbilities>>;

/** What an adapter does to move units of gateways of one kind: the methods of `Driver.moves`. */
export type MoveMethods = Omit<MoveDriver, 'kinds' | 'traits' | 'createTest'> & Partial<Pick<MoveDriver, 'createTest'>>;

/** What an adapter does for one kind of link. */
export interface LinkKindMethods {
  readonly links: LinkMethods;
  /** Undefined: a target is what `LinkKindRules.plainTarget` makes of its reference, and no call reads one. */
  readonly targets?: TargetMethods | undefined;
  readonly allowlist?: AllowlistMethods | undefined;
  readonly egress?: ((linkId: string, ctx: CallContext) => Promise<Egress>) | undefined;
}

/** What an adapter does: the operations of the region, and those of each kind. */
export interface DriverMethods extends Pick<Driver, 'identity' | 'observe' | 'groupRules' | 'quotas'> {
  readonly links: Readonly<Partial<Record<LinkKind, LinkKindMethods>>>;
  readonly gateways: Readonly<Partial<Record<GatewayKind, RouteMethods>>>;
  readonly moves?: Readonly<Partial<Record<GatewayKind, MoveMethods>>> | undefined;
}
