import type { Cloud } from '../kinds/cloud/cloud.js';
import type { CloudTypes } from '../kinds/cloud/cloud-types.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { AllowlistDriver, Driver, LinkDriver, RouteDriver, TargetDriver } from '../driver.js';
import type { MoveDriver, MoveTraits, MoveUnit } from '../move-driver.js';
import { UnsupportedError } from '../../ground/errors.js';
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

/** What an adapter does with links of one kind; see {@link LinkDriver}. */
export interface LinkMethods extends OfKind<Omit<LinkDriver, 'create' | 'find' | 'statuses'>> {
  readonly create: (request: LinkRequest, ctx: CallContext) => Promise<{ readonly id: string }>;
  readonly find: (
    by: { readonly id: string } | { readonly owner: Owner },
    ctx: CallContext,
  ) => Promise<Link | undefined>;
  readonly statuses: (ids: readonly string[], ctx: CallContext) => Promise<readonly Omit<LinkStatus, 'kind'>[]>;
}

/** The operations of an adapter on targets behind links of one kind; see {@link TargetDriver}. */
export interface TargetMethods extends OfKind<Omit<TargetDriver, 'resolve'>> {
  readonly resolve: (
    ref: Parameters<TargetDriver['resolve']>[0],
    within: { readonly networkId?: string | undefined; readonly linkId?: string | undefined },
    ctx: CallContext,
  ) => ReturnType<TargetDriver['resolve']>;
}

/** What an adapter does with allowlists of links of one kind; see {@link AllowlistDriver}. */
export interface AllowlistMethods extends OfKind<Omit<AllowlistDriver, 'prepare' | 'release' | 'mark'>> {
  /** Only where a separate resource holds the allowlist. */
  readonly mark?: OfKind<AllowlistDriver>['mark'] | undefined;
  readonly prepare: WithoutKind<AllowlistDriver['prepare']>;
  readonly release: WithoutKind<AllowlistDriver['release']>;
}
/** A method of a driver without its first argument, the kind of link. */
export type WithoutKind<T> = T extends (kind: LinkKind, ...args: infer Args) => infer Answer
  ? (...args: Args) => Answer
  : never;

/** What an adapter does with routes of gateways of one kind; see {@link RouteDriver}. */
export type RouteMethods = Omit<OfKind<RouteDriver>, KindRouteName> & Partial<Pick<OfKind<RouteDriver>, KindRouteName>>;
/** The functions that routes of some kinds do not have. */
export type KindRouteName = 'adopt' | 'adoptStage' | 'forget' | 'forgetStage' | 'removeStage';

/** What an adapter does to move units of gateways of one kind; see {@link MoveDriver}. */
export type MoveMethods = Omit<MoveDriver, 'kinds' | 'traits' | 'createTest'> & Partial<Pick<MoveDriver, 'createTest'>>;

/** What an adapter does for one kind of link. */
export interface LinkKindMethods {
  readonly links: LinkMethods;
  readonly targets: TargetMethods;
  readonly allowlist: AllowlistMethods;
  readonly egress: (linkId: string, ctx: CallContext) => Promise<Egress>;
}

/** What an adapter does: the operations of the region, and those of each kind. */
export interface DriverMethods extends Pick<Driver, 'identity' | 'observe' | 'groupRules' | 'quotas'> {
  readonly links: Readonly<Partial<Record<LinkKind, LinkKindMethods>>>;
  readonly gateways: Readonly<Partial<Record<GatewayKind, RouteMethods>>>;
  readonly moves: Readonly<Partial<Record<GatewayKind, MoveMethods>>>;
}

/** How an adapter and its cloud behave with links of one kind. The other traits of a kind are in the table of kinds. */
export type AdapterTraits = Omit<LinkTraits, keyof PlanTraits>;

/** What is known of an adapter before its first call, and what it does. */
export interface DriverParts<T extends CloudTypes = CloudTypes> extends Pick<
  Driver,
  'provider' | 'product' | 'region' | 'retirement' | 'simulator'
> {
  /** The first kind is the one that is created. */
  readonly links: Readonly<Partial<Record<LinkKind, AdapterTraits>>>;
  readonly gateways: readonly GatewayKind[];
  /** The kinds of gateways that can be moved to another link. */
  readonly moves: Readonly<Partial<Record<GatewayKind, MoveTraits>>>;
  /** Which of these every kind has. A caller looks for them before the first call, and acts otherwise where they are missing. */
  readonly optional?: readonly ('list' | 'sweep' | 'resources')[] | undefined;
  readonly cloud: Cloud<T>;
  /** What the adapter does. Called once, with the first call, so that importing the adapter and making a driver cost little. */
  readonly open: () => Promise<DriverMethods>;
}

/** What a function of routes takes after the gateway. */
type Rest<Name extends keyof RouteDriver> =
  Parameters<NonNullable<RouteDriver[Name]>> extends [unknown, ...infer Others] ? Others : never;

/**
 * Builds a driver from what an adapter does for each kind. A reference of a kind that it does not serve, a route of a gateway
 * through an unsupported kind of link, and a function that a kind does not have are refused with `UNSUPPORTED`.
 */
export function driverOf<T extends CloudTypes>({
  links,
  gateways,
  moves,
  optional = [],
  open,
  cloud,
  ...place
}: DriverParts<T>): Driver<T> {
  const { provider } = place;
  let opened: Promise<DriverMethods> | undefined;
  const methods = (): Promise<DriverMethods> => (opened ??= open());
  const chosen = <K extends string, T>(what: string, table: Readonly<Partial<Record<K, T>>>, kind: K): T => {
    const found = Object.hasOwn(table, kind) ? table[kind] : undefined;
    if (found !== undefined) return found;
    throw new UnsupportedError(`${provider}: the adapter does not serve ${what} of kind ${kind}`, {
      remedy: `It serves ${Object.keys(table).join(', ') || 'none'}.`,
    });
  };
  const known = <K>(what: string, kinds: Readonly<Record<string, K>>, kind: string): K =>
    chosen<string, K>(what, kinds, kind);
  const needed = <T extends object, Name extends keyof T & string>(from: T, name: Name): NonNullable<T[Name]> => {
    const method = from[name];
    if (method === undefined || method === null) throw new UnsupportedError(`${provider}: the adapter has no ${name}`);
    return method;
  };
  const linksOf = async (kind: LinkKind) => chosen('links', (await methods()).links, kind);
  const routesOf = async (kind: GatewayKind) => chosen('gateways', (await methods()).gateways, kind);
  const movesOf = async ({ gateway }: MoveUnit) => chosen('moves of gateways', (await methods()).moves, gateway.kind);
  const quotasOf = async () => needed(await methods(), 'quotas');
  const rulesOf = async () => needed(await methods(), 'groupRules');
  const callOf = ({ gateway, link, ...request }: RouteRequest): RouteCall => {
    chosen('links', links, link.kind);
    if (!known('gateways', cloud.gateways, gateway.kind).links.includes(link.kind)) {
      throw new UnsupportedError(`no route of ${gateway.kind} ${gateway.id} can lead through ${link.kind} ${link.id}`);
    }
    return { ...request, gatewayId: gateway.id, linkId: link.id, linkKind: link.kind };
  };
  const linkKinds = Object.keys(links) as LinkKind[];
  return {
    ...place,
    cloud,
    serves: { links: linkKinds, gateways },
    traits: (kind) => ({ ...known('links', cloud.links, kind).plans, ...chosen('links', links, kind) }),
    gatewayTraits: (kind) => {
      chosen('gateways', Object.fromEntries(gateways.map((one) => [one, one])), kind);
      return { routesNeedDeployment: known('gateways', cloud.gateways, kind).routesNeedDeployment };
    },
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
      rename: async ({ kind, id }, ...rest) => (await linksOf(kind)).links.rename(id, ...rest),
      tag: async ({ kind, id }, ...rest) => (await linksOf(kind)).links.tag(id, ...rest),
      untag: async ({ kind, id }, ...rest) => (await linksOf(kind)).links.untag(id, ...rest),
      delete: async ({ kind, id }, ctx) => (await linksOf(kind)).links.delete(id, ctx),
    },
    targets: {
      resolve: async (ref, { link, networkId }, ctx) => {
        const kind = link?.kind ?? linkKinds[0];
        if (kind === undefined) throw new UnsupportedError('the adapter serves no kind of link');
        return (await linksOf(kind)).targets.resolve(ref, { networkId, linkId: link?.id }, ctx);
      },
      create: async ({ kind, id }, ...rest) => (await linksOf(kind)).targets.create(id, ...rest),
      find: async ({ kind, id }, ...rest) => (await linksOf(kind)).targets.find(id, ...rest),
      update: async ({ kind, id }, ...rest) => (await linksOf(kind)).targets.update(id, ...rest),
      delete: async ({ kind, id }, ...rest) => (await linksOf(kind)).targets.delete(id, ...rest),
    },
    routes: {
      create: async (request, ctx) => (await routesOf(request.gateway.kind)).create(callOf(request), ctx),
      find: async ({ kind, id }, ...rest) => (await routesOf(kind)).find(id, ...rest),
      update: async (route, request, ctx) => (await routesOf(request.gateway.kind)).update(route, callOf(request), ctx),
      ...(optional.includes('list') && {
        list: async ({ kind, id }: GatewayRef, ctx: CallContext) => needed(await routesOf(kind), 'list')(id, ctx),
      }),
      delete: async ({ kind, id }, ...rest) => (await routesOf(kind)).delete(id, ...rest),
      ...(optional.includes('sweep') && {
        sweep: async ({ kind, id }: GatewayRef, ...rest: Rest<'sweep'>) =>
          needed(await routesOf(kind), 'sweep')(id, ...rest),
      }),
      removeStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'removeStage')(id, ...rest),
      flushCache: async ({ kind, id }, ...rest) => (await (await routesOf(kind)).flushCache?.(id, ...rest)) ?? [],
      configureStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'configureStage')(id, ...rest),
      adopt: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'adopt')(id, ...rest),
      adoptStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'adoptStage')(id, ...rest),
      forget: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'forget')(id, ...rest),
      forgetStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'forgetStage')(id, ...rest),
      testCall: async ({ gateway, link, ...call }, ctx) =>
        needed(await routesOf(gateway.kind), 'testCall')({ ...call, gatewayId: gateway.id, linkId: link?.id }, ctx),
      deploy: async ({ kind, id }, ...rest) => (await routesOf(kind)).deploy(id, ...rest),
    },
    allowlist: {
      prepare: async (kind, ...rest) => (await linksOf(kind)).allowlist.prepare(...rest),
      ...(optional.includes('resources') && {
        resources: async ({ kind, id }: LinkRef, ctx: CallContext) =>
          needed((await linksOf(kind)).allowlist, 'resources')(id, ctx),
      }),
      read: async ({ kind, id }, ctx) => (await linksOf(kind)).allowlist.read(id, ctx),
      allow: async ({ kind, id }, ...rest) => (await linksOf(kind)).allowlist.allow(id, ...rest),
      revoke: async ({ kind, id }, ...rest) => (await linksOf(kind)).allowlist.revoke(id, ...rest),
      mark: async ({ kind, id }, ...rest) => (await linksOf(kind)).allowlist.mark?.(id, ...rest),
      release: async (kind, ...rest) => (await linksOf(kind)).allowlist.release(...rest),
    },
    egress: async ({ kind, id }, ctx) => (await linksOf(kind)).egress(id, ctx),
    moves: {
      kinds: Object.keys(moves) as GatewayKind[],
      traits: (kind) => chosen('moves of gateways', moves, kind),
      capture: async (unit, ctx) => (await movesOf(unit)).capture(unit, ctx),
      createTest: async (unit, ...rest) => needed(await movesOf(unit), 'createTest')(unit, ...rest),
      prepare: async (unit, ...rest) => (await movesOf(unit)).prepare(unit, ...rest),
      ready: async (unit, ...rest) => (await movesOf(unit)).ready?.(unit, ...rest),
      wayBack: {
        prepare: async (unit, ...rest) => (await movesOf(unit)).wayBack?.prepare(unit, ...rest),
        ready: async (unit, ...rest) => (await movesOf(unit)).wayBack?.ready(unit, ...rest),
      },
      shift: async (unit, ...rest) => (await movesOf(unit)).shift(unit, ...rest),
      where: async (unit, ...rest) => (await movesOf(unit)).where(unit, ...rest),
      findPrepared: async (unit, ...rest) => (await movesOf(unit)).findPrepared(unit, ...rest),
      settle: async (unit, ...rest) => (await movesOf(unit)).settle(unit, ...rest),
      verify: async (unit, ...rest) => (await movesOf(unit)).verify(unit, ...rest),
      back: async (unit, ...rest) => (await movesOf(unit)).back(unit, ...rest),
      release: async (unit, ...rest) => (await movesOf(unit)).release(unit, ...rest),
    },
    groupRules: {
      has: async (...given) => (await rulesOf()).has(...given),
      allow: async (...given) => (await rulesOf()).allow(...given),
      revoke: async (...given) => (await rulesOf()).revoke(...given),
    },
    quotas: {
      requests: async (...given) => (await quotasOf()).requests(...given),
      request: async (...given) => (await quotasOf()).request(...given),
    },
  };
}
