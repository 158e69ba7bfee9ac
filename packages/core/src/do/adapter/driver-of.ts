import type { CallContext } from '../../ground/calls/call-context.js';
import type { AllowlistDriver, Driver, LinkDriver, RouteDriver, TargetDriver } from '../driver.js';
import type { MoveDriver, MoveTraits } from '../move-driver.js';
import { UnsupportedError } from '../../ground/errors.js';
import { GATEWAY_KINDS } from '../kinds/gateway/gateway-table.js';
import { LINK_TRAITS } from '../kinds/link/link-table.js';
import type { Egress } from '../model/egress.js';
import type { GatewayKind } from '../model/gateway-kind.js';
import type { Link, LinkKind, LinkRequest, LinkStatus } from '../model/link.js';
import type { Claim, Owner } from '../model/owner.js';
import type { GatewayRef, LinkRef } from '../model/reference.js';
import type { RouteRequest } from '../model/route.js';
import type { TestCall } from '../model/test-call.js';
import type { LinkTraits, PlanTraits } from '../model/traits.js';

/** A part of `Driver` whose references are the IDs of one kind. */
type OfKind<T> = {
  readonly [Name in keyof T]: T[Name] extends ((...args: infer Args) => infer Answer) | undefined
    ? ((...args: { [At in keyof Args]: IdOf<Args[At]> }) => Answer) | Extract<T[Name], undefined>
    : T[Name];
};
type IdOf<T> = T extends LinkRef | GatewayRef
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
export interface AllowlistMethods extends OfKind<Omit<AllowlistDriver, 'prepare' | 'release'>> {
  readonly prepare: WithoutKind<AllowlistDriver['prepare']>;
  readonly release: WithoutKind<AllowlistDriver['release']>;
}
type WithoutKind<T> = T extends (kind: LinkKind, ...args: infer Args) => infer Answer
  ? (...args: Args) => Answer
  : never;

/** What an adapter does with routes of gateways of one kind; see {@link RouteDriver}. */
export type RouteMethods = OfKind<RouteDriver>;

/** What an adapter implements for one kind of link. */
export interface LinkKindDriver {
  /** How this adapter and its cloud behave. The other traits of a kind are in the table of kinds. */
  readonly traits: Omit<LinkTraits, keyof PlanTraits>;
  readonly links: LinkMethods;
  readonly targets: TargetMethods;
  readonly allowlist: AllowlistMethods;
  readonly egress: (linkId: string, ctx: CallContext) => Promise<Egress>;
}

/** What an adapter does to move units of gateways of one kind; see {@link MoveDriver}. */
export type MoveMethods = Omit<MoveDriver, 'kinds' | 'traits' | 'createTest'> & Partial<Pick<MoveDriver, 'createTest'>>;

/** What an adapter implements for moves of one kind of gateway. */
export interface MoveKindDriver {
  readonly traits: MoveTraits;
  readonly methods: MoveMethods;
}

/** What an adapter implements: the operations of the region, and those of each kind. */
export interface DriverParts extends Omit<
  Driver,
  'serves' | 'traits' | 'gatewayTraits' | 'links' | 'targets' | 'allowlist' | 'egress' | 'routes' | 'moves'
> {
  /** The first kind is the one that is created. */
  readonly links: Readonly<Partial<Record<LinkKind, LinkKindDriver>>>;
  readonly gateways: Readonly<Partial<Record<GatewayKind, RouteMethods>>>;
  /** The kinds of gateways that can be moved to another link. */
  readonly moves: Readonly<Partial<Record<GatewayKind, MoveKindDriver>>>;
}

/**
 * Builds a driver from what an adapter implements for each kind. A reference of a kind that it does not
 * implement, and a route of a gateway through an unsupported kind of link, are refused with `UNSUPPORTED`. An
 * optional function exists if all kinds implement it.
 */
export function driverOf({ links, gateways, moves, ...parts }: DriverParts): Driver {
  const { provider } = parts;
  const of = chooser(provider, 'links', links);
  const routesOf = chooser(provider, 'gateways', gateways);
  const all = Object.values(links);
  const allRoutes = Object.values(gateways);
  const callOf = ({ gateway, link, ...request }: RouteRequest): RouteCall => {
    of(link.kind);
    if (!GATEWAY_KINDS[gateway.kind].links.includes(link.kind)) {
      throw new UnsupportedError(`no route of ${gateway.kind} ${gateway.id} can lead through ${link.kind} ${link.id}`);
    }
    return { ...request, gatewayId: gateway.id, linkId: link.id, linkKind: link.kind };
  };
  return {
    ...parts,
    serves: { links: Object.keys(links) as LinkKind[], gateways: Object.keys(gateways) as GatewayKind[] },
    traits: (kind) => ({ ...LINK_TRAITS[kind].plans, ...of(kind).traits }),
    gatewayTraits: (kind) => {
      routesOf(kind);
      return { routesNeedDeployment: GATEWAY_KINDS[kind].routesNeedDeployment };
    },
    links: {
      create: async (kind, request, ctx) => ({ kind, id: (await of(kind).links.create(request, ctx)).id }),
      find: async (by, ctx) => of(by.kind).links.find(by, ctx),
      statuses: async (refs, ctx) => {
        const kinds = [...new Set(refs.map(({ kind }) => kind))];
        const lists = kinds.map(async (kind) => {
          const ids = refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
          return (await of(kind).links.statuses(ids, ctx)).map((status): LinkStatus => ({ ...status, kind }));
        });
        return (await Promise.all(lists)).flat();
      },
      rename: async ({ kind, id }, name, ctx) => of(kind).links.rename(id, name, ctx),
      tag: async ({ kind, id }, tags, ctx) => of(kind).links.tag(id, tags, ctx),
      ...(all.every((one) => one.links.untag) && {
        untag: async ({ kind, id }: LinkRef, keys: readonly string[], ctx: CallContext) =>
          of(kind).links.untag?.(id, keys, ctx),
      }),
      delete: async ({ kind, id }, ctx) => of(kind).links.delete(id, ctx),
    },
    targets: {
      resolve: async (ref, { link, networkId }, ctx) =>
        (link === undefined ? first(links) : of(link.kind)).targets.resolve(ref, { networkId, linkId: link?.id }, ctx),
      create: async ({ kind, id }, ref, owner, ctx) => of(kind).targets.create(id, ref, owner, ctx),
      find: async ({ kind, id }, ref, ctx) => of(kind).targets.find(id, ref, ctx),
      update: async ({ kind, id }, target, ref, ctx) => of(kind).targets.update(id, target, ref, ctx),
      delete: async ({ kind, id }, target, ctx) => of(kind).targets.delete(id, target, ctx),
    },
    routes: {
      create: async (request, ctx) => routesOf(request.gateway.kind).create(callOf(request), ctx),
      find: async ({ kind, id }, key, ctx, by) => routesOf(kind).find(id, key, ctx, by),
      update: async (route, request, ctx) => routesOf(request.gateway.kind).update(route, callOf(request), ctx),
      ...(allRoutes.every(({ list }) => list) && {
        list: async ({ kind, id }: GatewayRef, ctx: CallContext) => (await routesOf(kind).list?.(id, ctx)) ?? [],
      }),
      delete: async ({ kind, id }, key, owner, ctx, by) => routesOf(kind).delete(id, key, owner, ctx, by),
      ...(allRoutes.every(({ sweep }) => sweep) && {
        sweep: async (
          { kind, id }: GatewayRef,
          ...rest: [string, CallContext, string?, { readonly unbound?: boolean | undefined }?]
        ) => routesOf(kind).sweep?.(id, ...rest),
      }),
      ...(allRoutes.some(({ removeStage }) => removeStage) && {
        removeStage: async (
          { kind, id }: GatewayRef,
          ...rest: [string, Pick<Owner, 'project' | 'spec'>, CallContext]
        ) => routesOf(kind).removeStage?.(id, ...rest),
      }),
      ...(allRoutes.every(({ adopt }) => adopt) && {
        adopt: async ({ kind, id }: GatewayRef, ...rest: [string, Claim, CallContext]) =>
          routesOf(kind).adopt?.(id, ...rest),
      }),
      ...(allRoutes.some(({ adoptStage }) => adoptStage) && {
        adoptStage: async ({ kind, id }: GatewayRef, ...rest: [string, string, CallContext]) =>
          routesOf(kind).adoptStage?.(id, ...rest),
      }),
      ...(allRoutes.every(({ forget }) => forget) && {
        forget: async ({ kind, id }: GatewayRef, ...rest: [string, Claim, CallContext]) =>
          routesOf(kind).forget?.(id, ...rest),
      }),
      ...(allRoutes.some(({ forgetStage }) => forgetStage) && {
        forgetStage: async (
          { kind, id }: GatewayRef,
          ...rest: [string, Pick<Owner, 'project' | 'spec'>, CallContext]
        ) => routesOf(kind).forgetStage?.(id, ...rest),
      }),
      ...(allRoutes.some(({ testCall }) => testCall) && {
        testCall: async ({ gateway, link, ...call }: TestCall, ctx: CallContext) => {
          const { testCall } = routesOf(gateway.kind);
          if (testCall === undefined) throw new UnsupportedError(`${provider} has no test call for ${gateway.kind}`);
          return testCall({ ...call, gatewayId: gateway.id, linkId: link?.id }, ctx);
        },
      }),
      deploy: async ({ kind, id }, stage, mark, ctx, replaces) => routesOf(kind).deploy(id, stage, mark, ctx, replaces),
    },
    allowlist: {
      prepare: async (kind, request, ctx) => of(kind).allowlist.prepare(request, ctx),
      ...(all.every(({ allowlist }) => allowlist.resources) && {
        resources: async ({ kind, id }: LinkRef, ctx: CallContext) =>
          (await of(kind).allowlist.resources?.(id, ctx)) ?? [],
      }),
      read: async ({ kind, id }, ctx) => of(kind).allowlist.read(id, ctx),
      allow: async ({ kind, id }, entries, ctx) => of(kind).allowlist.allow(id, entries, ctx),
      revoke: async ({ kind, id }, entries, ctx, options) => of(kind).allowlist.revoke(id, entries, ctx, options),
      ...(all.every(({ allowlist }) => allowlist.mark) && {
        mark: async ({ kind, id }: LinkRef, owner: Owner | undefined, ctx: CallContext) =>
          of(kind).allowlist.mark?.(id, owner, ctx),
      }),
      release: async (kind, owner, ctx, within) => of(kind).allowlist.release(owner, ctx, within),
    },
    egress: async ({ kind, id }, ctx) => of(kind).egress(id, ctx),
    moves: movesOf(provider, moves),
  };
}

function movesOf(provider: string, table: DriverParts['moves']): MoveDriver {
  const of = chooser(provider, 'moves of gateways', table);
  return {
    kinds: Object.keys(table) as GatewayKind[],
    traits: (kind) => of(kind).traits,
    capture: async (unit, ctx) => of(unit.gateway.kind).methods.capture(unit, ctx),
    createTest: async (unit, ...rest) => {
      const { createTest } = of(unit.gateway.kind).methods;
      if (createTest === undefined)
        throw new UnsupportedError(`${provider} has no test of a move of ${unit.gateway.kind}`);
      return createTest(unit, ...rest);
    },
    prepare: async (unit, ...rest) => of(unit.gateway.kind).methods.prepare(unit, ...rest),
    shift: async (unit, ...rest) => of(unit.gateway.kind).methods.shift(unit, ...rest),
    where: async (unit, ...rest) => of(unit.gateway.kind).methods.where(unit, ...rest),
    findPrepared: async (unit, ...rest) => of(unit.gateway.kind).methods.findPrepared(unit, ...rest),
    settle: async (unit, ...rest) => of(unit.gateway.kind).methods.settle(unit, ...rest),
    verify: async (unit, ...rest) => of(unit.gateway.kind).methods.verify(unit, ...rest),
    back: async (unit, ...rest) => of(unit.gateway.kind).methods.back(unit, ...rest),
    release: async (unit, ...rest) => of(unit.gateway.kind).methods.release(unit, ...rest),
  };
}

function chooser<K extends string, T>(
  provider: string,
  what: 'links' | 'gateways' | 'moves of gateways',
  table: Readonly<Partial<Record<K, T>>>,
): (kind: K) => T {
  return (kind) => {
    const found = Object.hasOwn(table, kind) ? table[kind] : undefined;
    if (found !== undefined) return found;
    throw new UnsupportedError(`${provider}: the adapter does not serve ${what} of kind ${kind}`, {
      remedy: `It serves ${Object.keys(table).join(', ') || 'none'}.`,
    });
  };
}

function first<T>(table: Readonly<Partial<Record<string, T>>>): T {
  const [one] = Object.values(table);
  if (one === undefined) throw new UnsupportedError('the adapter serves no kind of link');
  return one;
}
