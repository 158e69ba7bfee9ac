import { entryOf } from '../../ground/json.js';
import type { Cloud } from '../kinds/cloud/cloud.js';
import type { CloudTypes } from '../kinds/cloud/cloud-types.js';
import { ABILITIES, type AbilityName } from '../abilities.js';
import type { Driver, DriverWith } from '../driver.js';
import type { MoveTraits } from '../move-driver.js';
import { CloudError, UnsupportedError, isPosternError, PosternError, thrownText } from '../../ground/errors.js';
import { abilitiesOf, inNetwork } from './abilities-of.js';
import type { DriverMethods, RouteCall } from './methods-of-kinds.js';
import type { LinkKind, LinkStatus } from '../model/link.js';
import type { GatewayKind } from '../model/gateway-kind.js';
import type { RouteRequest } from '../model/route.js';
import type { LinkTraits, PlanTraits } from '../model/traits.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { AlwaysIn, RESOURCES } from '../snapshot/resources/resources.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** The lists that every answer of `observe` has. The table of all lists is loaded later, with the first call. */
const NEEDED = Object.keys({
  links: true,
  gateways: true,
  targets: true,
  allowlists: true,
  egress: true,
  networks: true,
  subnets: true,
  securityGroups: true,
  loadBalancers: true,
  listeners: true,
  interfaces: true,
  gaps: true,
} satisfies Readonly<Record<AlwaysIn<typeof RESOURCES> | 'gaps', true>>);

/**
 * What the driver of a cloud answered to `observe`. Its place and the lists that every region has are looked at: a program
 * without types may lack any of them, and each function of core would fail at another point. The form of a resource is that of a snapshot.
 * @throws {PosternError} `BAD_DRIVER` with the provider and the list
 */
function observedRegion(provider: string, answer: RegionSnapshot): RegionSnapshot {
  const fault = faultIn(answer);
  if (fault === undefined) return answer;

  throw new PosternError('BAD_DRIVER', `the driver of ${provider} answered \`observe\` with no ${fault.is}`, {
    remedy: `Correct the driver: ${fault.due}.`,
    details: { provider, list: fault.list },
  });
}

/**
 * What a function of a driver answers. An exception that Postern does not define shows a defect of the driver.
 * @throws {PosternError} `BAD_DRIVER` with the provider and the function, and the exception as its cause
 */
async function answered<T>(provider: string, name: string, { signal }: CallContext, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (isPosternError(cause) || signal?.aborted === true) throw cause;

    const message = thrownText(cause);
    throw new PosternError('BAD_DRIVER', `the driver of ${provider} failed in \`${name}\`: ${message}`, {
      cause,
      details: { provider, function: name },
    });
  }
}

interface Fault {
  readonly list: string;
  readonly is: string;
  readonly due: string;
}

function faultIn(answer: unknown): Fault | undefined {
  const place = 'its answer is a RegionSnapshot, which emptyRegion of @postern/core/adapter begins';
  if (typeof answer !== 'object' || answer === null) return { list: 'region', is: 'region', due: place };

  const region = answer as Readonly<Record<string, unknown>>;
  for (const key of ['provider', 'region', 'account'])
    if (typeof region[key] !== 'string') return { list: key, is: key, due: `${key} is a text` };

  const list = NEEDED.find((key) => !Array.isArray(region[key]));
  return list === undefined
    ? undefined
    : { list, is: `list ${list}`, due: `${list} is a list, empty where there is nothing` };
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
  readonly cloud: Cloud<T>;
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
  cloud,
  ...place
}: DriverParts<T, A>): DriverWith<A, T> {
  const { provider } = place;
  const unknown = abilities.find((name) => !ABILITIES.includes(name));
  if (unknown !== undefined) throw new TypeError(`${provider}: no ability of a driver is named ${unknown}`);

  let opened: Promise<DriverMethods> | undefined;
  const methods = (): Promise<DriverMethods> => (opened ??= open());
  const chosen = <K extends string, T>(what: string, table: Readonly<Partial<Record<K, T>>>, kind: K): T => {
    const found = entryOf<T | undefined>(table, kind);
    if (found !== undefined) return found;

    throw new UnsupportedError(`${provider}: the adapter does not serve ${what} of kind ${kind}`, {
      remedy: `It serves ${Object.keys(table).join(', ') || 'none'}.`,
    });
  };
  const known = <K>(what: string, kinds: Readonly<Record<string, K>>, kind: string): K =>
    chosen<string, K>(what, kinds, kind);
  const linksOf = async (kind: LinkKind) => chosen('links', (await methods()).links, kind);
  const routesOf = async (kind: GatewayKind) => chosen('gateways', (await methods()).gateways, kind);
  const callOf = ({ gateway, link, ...request }: RouteRequest): RouteCall => {
    chosen('links', links, link.kind);
    if (!known('gateways', cloud.gateways, gateway.kind).links.includes(link.kind)) {
      throw new UnsupportedError(`no route of ${gateway.kind} ${gateway.id} can lead through ${link.kind} ${link.id}`);
    }

    return { ...request, gatewayId: gateway.id, linkId: link.id, linkKind: link.kind };
  };
  const linkKinds = Object.keys(links) as LinkKind[];
  const all = abilitiesOf({ provider, methods, chosen, linksOf, routesOf, moves });
  const driver: Driver<T> = {
    ...place,
    cloud,
    serves: { links: linkKinds, gateways },
    traits: (kind) => ({ ...known('links', cloud.links, kind).plans, ...TRAITS, ...chosen('links', links, kind) }),
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

        const { targets } = await linksOf(kind);
        const found = await targets?.resolve(ref, { networkId, linkId: link?.id }, ctx);
        if (found !== undefined) return inNetwork(found, networkId);

        const plain = targets === undefined && known('links', cloud.links, kind).rules.plainTarget?.(ref);
        if (plain) return { ...plain, networkId };

        throw new CloudError('NOT_FOUND', `${JSON.stringify(ref)} does not exist`, { operation: 'resolve a target' });
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
