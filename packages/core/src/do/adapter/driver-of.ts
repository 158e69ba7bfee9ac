import type { Clouds } from '../kinds/cloud/clouds.js';
import type { CloudTypes } from '../kinds/cloud/cloud-types.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import {
  ABILITIES,
  type AbilityName,
  type AllowlistDriver,
  type AllowlistGroups,
  type BlockUses,
  type LinkChanges,
  type RouteAdoption,
  type RouteListing,
  type RouteSweeping,
  type StageDriver,
  type StageSettingsDriver,
  type TargetResources,
  type TestCallDriver,
} from '../abilities.js';
import type { Driver, DriverWith, LinkDriver, RouteDriver, TargetDriver } from '../driver.js';
import type { MoveDriver, MoveTraits } from '../move-driver.js';
import { UnsupportedError } from '../../ground/errors.js';
import { abilitiesOf } from './abilities-of.js';
import { answered, observedRegion } from './observed-region.js';
import type { Egress, Link, LinkKind, LinkRequest, LinkStatus } from '../model/link.js';
import type { GatewayKind } from '../model/gateway-kind.js';
import type { Owner } from '../model/owner.js';
import type { GatewayRef, LinkRef, TestCall } from '../model/reference.js';
import type { RouteRequest } from '../model/route.js';
import type { LinkTraits, PlanTraits } from '../model/traits.js';

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

/** {@link RouteRequest}, for an adapter that implements known kinds. */
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

/** What an adapter does with targets behind links of one kind: {@link TargetDriver}, and what it has of {@link TargetResources}. */
export interface TargetMethods extends Partial<OfKind<TargetResources>> {
  readonly resolve: (
    ref: Parameters<TargetDriver['resolve']>[0],
    within: { readonly networkId?: string | undefined; readonly linkId?: string | undefined },
    ctx: CallContext,
  ) => ReturnType<TargetDriver['resolve']>;
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

/** What an adapter does to move units of gateways of one kind; see {@link MoveDriver}. */
export type MoveMethods = Omit<MoveDriver, 'kinds' | 'traits' | 'createTest'> & Partial<Pick<MoveDriver, 'createTest'>>;

/** What an adapter does for one kind of link. */
export interface LinkKindMethods {
  readonly links: LinkMethods;
  readonly targets: TargetMethods;
  readonly allowlist?: AllowlistMethods | undefined;
  readonly egress?: ((linkId: string, ctx: CallContext) => Promise<Egress>) | undefined;
}

/** What an adapter does: the operations of the region, and those of each kind. */
export interface DriverMethods extends Pick<Driver, 'identity' | 'observe' | 'groupRules' | 'quotas'> {
  readonly links: Readonly<Partial<Record<LinkKind, LinkKindMethods>>>;
  readonly gateways: Readonly<Partial<Record<GatewayKind, RouteMethods>>>;
  readonly moves?: Readonly<Partial<Record<GatewayKind, MoveMethods>>> | undefined;
}

/** How an adapter and its cloud behave with links of one kind. The other traits of a kind are in the table of kinds. */
export type AdapterTraits = Omit<LinkTraits, keyof PlanTraits>;

/** What is known of an adapter before its first call, and what it does. */
export interface DriverParts<T extends CloudTypes = CloudTypes, A extends AbilityName = AbilityName> extends Pick<
  Driver,
  'provider' | 'product' | 'region' | 'retirement' | 'simulator'
> {
  /** The first kind is the one that is created. */
  readonly links: Readonly<Partial<Record<LinkKind, Partial<AdapterTraits>>>>;
  readonly gateways: readonly GatewayKind[];
  /** With the ability `moves`: the kinds of gateways that can be moved to another link. */
  readonly moves?: Readonly<Partial<Record<GatewayKind, MoveTraits>>> | undefined;
  /** What the adapter does beside its must. Callers look before the first call. A kind that lacks a function of one refuses it. */
  readonly abilities?: readonly A[] | undefined;
  /** The set with the adapter's cloud. */
  readonly clouds: Clouds<T>;
  /** What the adapter does. Called once, with the first call, so that importing the adapter and making a driver cost little. */
  readonly open: () => Promise<DriverMethods>;
}

/** How long lists, waits and polls take where an adapter does not say. A longer `stalenessMs` costs time, a shorter one doubles resources. */
const TRAITS: AdapterTraits = { stalenessMs: 60_000, pollMs: 5_000, linkTimeoutMs: 600_000 };

/**
 * Builds a driver from what an adapter does for each kind. A reference of a kind that it does not serve, a route of a gateway
 * through an unsupported kind of link, and a function that a kind does not have are refused with `UNSUPPORTED`.
 * @throws {TypeError} for a name in `abilities` that no ability has
 */
export function driverOf<T extends CloudTypes, const A extends AbilityName = never>({
  links,
  gateways,
  moves = {},
  abilities = [],
  open,
  clouds,
  ...place
}: DriverParts<T, A>): DriverWith<A, T> {
  const { provider } = place;
  const unknown = abilities.find((name) => !ABILITIES.includes(name));
  if (unknown !== undefined) throw new TypeError(`${provider}: no ability of a driver is named ${unknown}`);

  let opened: Promise<DriverMethods> | undefined;
  const methods = (): Promise<DriverMethods> => (opened ??= open());
  const chosen = <K extends string, T>(what: string, table: Readonly<Partial<Record<K, T>>>, kind: K): T => {
    const found = Object.hasOwn(table, kind) ? table[kind] : undefined;
    if (found !== undefined) return found;
    throw new UnsupportedError(`${provider}: the adapter does not serve ${what} of kind ${kind}`, {
      remedy: `It serves ${Object.keys(table).join(', ') || 'none'}.`,
    });
  };
  const linksOf = async (kind: LinkKind) => chosen('links', (await methods()).links, kind);
  const routesOf = async (kind: GatewayKind) => chosen('gateways', (await methods()).gateways, kind);
  const callOf = ({ gateway, link, ...request }: RouteRequest): RouteCall => {
    chosen('links', links, link.kind);
    if (!clouds.gateway(gateway.kind).links.includes(link.kind)) {
      throw new UnsupportedError(`no route of ${gateway.kind} ${gateway.id} can lead through ${link.kind} ${link.id}`);
    }
    return { ...request, gatewayId: gateway.id, linkId: link.id, linkKind: link.kind };
  };
  const linkKinds = Object.keys(links) as LinkKind[];
  const all = abilitiesOf({ provider, methods, chosen, linksOf, routesOf, moves });
  const driver: Driver<T> = {
    ...place,
    clouds,
    serves: { links: linkKinds, gateways },
    traits: (kind) => ({ ...clouds.link(kind).plans, ...TRAITS, ...chosen('links', links, kind) }),
    identity: (ctx) => answered(provider, 'identity', ctx, async () => (await methods()).identity(ctx)),
    observe: (scope, ctx) =>
      answered(provider, 'observe', ctx, async () =>
        observedRegion(provider, await (await methods()).observe(scope, ctx)),
      ),
    links: {
      create: async (kind, request, ctx) => ({ kind, id: (await (await linksOf(kind)).links.create(request, ctx)).id }),
      find: async (by, ctx) => (await linksOf(by.kind)).links.find(by, ctx),
      statuses: async (refs, ctx) => {
        const kinds = [...new Set(refs.map(({ kind }) => kind))];
        const lists = kinds.map(async (kind) => {
          const ids = refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
          return (await (await linksOf(kind)).links.statuses(ids, ctx)).map((status): LinkStatus => ({
            ...status,
            kind,
          }));
        });
        return (await Promise.all(lists)).flat();
      },
      delete: async ({ kind, id }, ctx) => (await linksOf(kind)).links.delete(id, ctx),
    },
    targets: {
      resolve: async (ref, { link, networkId }, ctx) => {
        const kind = link?.kind ?? linkKinds[0];
        if (kind === undefined) throw new UnsupportedError('the adapter serves no kind of link');
        return (await linksOf(kind)).targets.resolve(ref, { networkId, linkId: link?.id }, ctx);
      },
    },
    routes: {
      create: async (request, ctx) => (await routesOf(request.gateway.kind)).create(callOf(request), ctx),
      find: async ({ kind, id }, ...rest) => (await routesOf(kind)).find(id, ...rest),
      update: async (route, request, ctx) => (await routesOf(request.gateway.kind)).update(route, callOf(request), ctx),
      delete: async ({ kind, id }, ...rest) => (await routesOf(kind)).delete(id, ...rest),
    },
    ...Object.fromEntries(abilities.map((name) => [name, all[name]])),
  };
  return driver as DriverWith<A, T>;
}
