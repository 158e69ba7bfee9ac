import { UnsupportedError, InvalidInputError } from '../../ground/errors.js';
import type { DriverAbilities } from '../abilities.js';
import type { GatewayKind } from '../model/gateway-kind.js';
import type { LinkKind } from '../model/link.js';
import type { MoveTraits, MoveUnit } from '../move-driver.js';
import type { DriverMethods, LinkKindMethods, RouteMethods } from './methods-of-kinds.js';
import type { Target } from '../model/target.js';

/** What the abilities of a driver are made of. */
interface Adapter {
  readonly provider: string;
  readonly methods: () => Promise<DriverMethods>;
  readonly linksOf: (kind: LinkKind) => Promise<LinkKindMethods>;
  readonly routesOf: (kind: GatewayKind) => Promise<RouteMethods>;
  readonly moves: Readonly<Partial<Record<GatewayKind, MoveTraits>>>;
  /** The entry of a kind. @throws {UnsupportedError} where there is none */
  readonly chosen: <K extends string, T>(what: string, table: Readonly<Partial<Record<K, T>>>, kind: K) => T;
}

/** All abilities, each of what the adapter does for its kinds. A function that a kind lacks is refused with `UNSUPPORTED`. */
export function abilitiesOf({ provider, methods, linksOf, routesOf, moves, chosen }: Adapter): DriverAbilities {
  const needed = <T extends object, Name extends keyof T & string>(from: T, name: Name): NonNullable<T[Name]> => {
    const method = from[name];
    if (method === undefined || method === null) throw new UnsupportedError(`${provider}: the adapter has no ${name}`);

    return method;
  };
  const allowlistOf = async (kind: LinkKind) => needed(await linksOf(kind), 'allowlist');
  const targetsOf = async (kind: LinkKind) => needed(await linksOf(kind), 'targets');
  const movesOf = async ({ gateway }: MoveUnit) =>
    chosen('moves of gateways', (await methods()).moves ?? {}, gateway.kind);
  const quotasOf = async () => needed(await methods(), 'quotas');
  const rulesOf = async () => needed(await methods(), 'groupRules');
  return {
    linkChanges: {
      rename: async ({ kind, id }, ...rest) => needed((await linksOf(kind)).links, 'rename')(id, ...rest),
      tag: async ({ kind, id }, ...rest) => needed((await linksOf(kind)).links, 'tag')(id, ...rest),
      untag: async ({ kind, id }, ...rest) => needed((await linksOf(kind)).links, 'untag')(id, ...rest),
    },
    targetResources: {
      find: async ({ kind, id }, ...rest) => needed(await targetsOf(kind), 'find')(id, ...rest),
      create: async ({ kind, id }, ...rest) => needed(await targetsOf(kind), 'create')(id, ...rest),
      update: async ({ kind, id }, ...rest) => needed(await targetsOf(kind), 'update')(id, ...rest),
      delete: async ({ kind }, ...rest) => needed(await targetsOf(kind), 'delete')(...rest),
    },
    adoption: {
      adopt: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'adopt')(id, ...rest),
      forget: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'forget')(id, ...rest),
    },
    stages: {
      deploy: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'deploy')(id, ...rest),
      adoptStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'adoptStage')(id, ...rest),
      forgetStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'forgetStage')(id, ...rest),
      removeStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'removeStage')(id, ...rest),
    },
    stageSettings: {
      configureStage: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'configureStage')(id, ...rest),
      // A kind without caches has nothing to empty.
      flushCache: async ({ kind, id }, ...rest) => (await (await routesOf(kind)).flushCache?.(id, ...rest)) ?? [],
    },
    listing: { list: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'list')(id, ...rest) },
    sweeping: { sweep: async ({ kind, id }, ...rest) => needed(await routesOf(kind), 'sweep')(id, ...rest) },
    testCalls: {
      testCall: async ({ gateway, link, ...call }, ctx) =>
        needed(await routesOf(gateway.kind), 'testCall')({ ...call, gatewayId: gateway.id, linkId: link?.id }, ctx),
    },
    allowlist: {
      read: async ({ kind, id }, ctx) => (await allowlistOf(kind)).read(id, ctx),
      allow: async ({ kind, id }, ...rest) => (await allowlistOf(kind)).allow(id, ...rest),
      revoke: async ({ kind, id }, ...rest) => (await allowlistOf(kind)).revoke(id, ...rest),
    },
    allowlistGroups: {
      prepare: async (kind, ...rest) => needed(await allowlistOf(kind), 'prepare')(...rest),
      // A kind whose links hold the list themselves has nothing else that carries marks.
      mark: async ({ kind, id }, ...rest) => (await allowlistOf(kind)).mark?.(id, ...rest),
      release: async (kind, ...rest) => needed(await allowlistOf(kind), 'release')(...rest),
    },
    blockUses: {
      resources: async ({ kind, id }, ctx) => needed(await allowlistOf(kind), 'resources')(id, ctx),
    },
    egress: async ({ kind, id }, ctx) => needed(await linksOf(kind), 'egress')(id, ctx),
    moves: {
      kinds: Object.keys(moves) as GatewayKind[],
      traits: (kind) => chosen('moves of gateways', moves, kind),
      capture: async (unit, ctx) => (await movesOf(unit)).capture(unit, ctx),
      createTest: async (unit, ...rest) => needed(await movesOf(unit), 'createTest')(unit, ...rest),
      prepare: async (unit, ...rest) => (await movesOf(unit)).prepare(unit, ...rest),
      ready: async (unit, ...rest) => (await movesOf(unit)).ready?.(unit, ...rest),
      writer: async (unit, ctx) => (await movesOf(unit)).writer?.(unit, ctx),
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

/**
 * The target, unless it is in another network than the link. `driverOf` asks this of each target that an adapter resolves; an adapter asks
 * where it reads the network of the link itself. A target or a link without a network is accepted.
 * @throws {InvalidInputError} `WRONG_NETWORK`
 */
export function inNetwork(target: Target, networkId: string | undefined): Target {
  if (networkId === undefined || target.networkId === undefined || target.networkId === networkId) return target;

  const message = `${target.name ?? target.id} is in ${target.networkId}, but the link is in ${networkId}`;
  throw new InvalidInputError('WRONG_NETWORK', message, {
    remedy: `Use a link in ${target.networkId}, or a target in ${networkId}.`,
    details: { networkId: target.networkId, expected: networkId },
  });
}
