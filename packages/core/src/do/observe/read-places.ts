import { defined } from '../../ground/defined.js';
import { gatewayTraits } from '../kinds/cloud/gateway-kinds.js';
import { kindOfLink } from '../kinds/cloud/link-kinds.js';
import { keepAnswers } from '../../ground/calls/answers.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { beginReading } from '../../ground/clocks/cloud-time.js';
import type { Scope } from '../driver.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import { placeKey } from '../model/traits.js';
import type { LinkSpec, LookUp } from '../spec.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { SpecPart } from '../plan/only/part-of.js';
import { elsewhereForm } from '../plan/plan-scope.js';
import { planOptionsForm } from '../plan/plan.js';
import { optional, type Infer } from '../forms/form.js';
import { optionalFlag, unchecked } from '../forms/values.js';
import { ERROR_CODES, type ErrorCode } from '../../ground/error-codes.js';
import { CloudError } from '../../ground/errors.js';
import { SNAPSHOT_VERSION, type RegionSnapshot, type Snapshot, type SnapshotList } from '../snapshot/snapshot.js';
import { throwFirst, unreadRegions, type UnreadPlace } from '../snapshot/gaps.js';
import { askedFor } from '../world/index/look-up.js';
import { createdFrom } from '../world/link-facts.js';
import { MOST_UNNAMED } from '../plan/elsewhere.js';
import type { ObservedPlace, Places } from './places.js';
import { gatewayId, gatewayKey } from '../kinds/gateway/gateway-spec.js';
import type { GatewaySpec } from '../model/gateway.js';

export const observeOptions = {
  /**
   * Reads every gateway, not only those that the spec names, so that managed resources on other gateways are
   * found as well.
   */
  all: optionalFlag,
  /** Where the spec may have resources besides what it names. By default nothing more is read. */
  elsewhere: optional(elsewhereForm),
  /** The clouds of the spec; by default those of `driversOf`. */
  clouds: unchecked<Clouds>(),
  /** Also reads what checks use; see `Scope.checks`. */
  checks: optionalFlag,
  /** With `checks`: also reads the flow logs of the interfaces of links; see `Scope.flowLogs`. */
  flowLogs: optionalFlag,
  /** Also reads the custom domains that lead to gateways; see `Scope.domains`. */
  domains: optionalFlag,
  /** How the plan will be computed for which this is observed. By default it may be any: more may be read than is needed. */
  plan: optional(planOptionsForm),
};

/** How far an observation for a spec looks. */
export interface ObserveOptions extends Infer<typeof observeOptions> {}

/** Of which places more is read than what every plan needs. */
export interface More {
  /** The subnets that the spec names by ID; with each of the others as well. A link without changes does not need them. */
  readonly subnets?: ReadonlySet<ObservedPlace>;
  /** Every gateway. */
  readonly whole?: ReadonlySet<ObservedPlace>;
  /** What the stages serve of the gateways in scope (`Scope.uses`). */
  readonly uses?: ReadonlySet<ObservedPlace>;
  /** The addresses of targets, as `revoke` reads them: where an allowlist loses entries. */
  readonly addresses?: ReadonlySet<ObservedPlace>;
  /** What checks use; see `Scope.checks`. */
  readonly checks?: ReadonlySet<ObservedPlace>;
}

/** What was read until now. */
export interface ReadPlaces {
  readonly snapshot: Snapshot;
  /** By the `placeKey` of what was read: planning copies regions. */
  readonly placeOf: ReadonlyMap<string, ObservedPlace>;
}

/**
 * Reads places, one part of the observation after the other: what an earlier part read of a place is not read again. The
 * others stay as they were read before. A place that cannot be read is a region without lists.
 */
export function placesReader(
  part: Pick<SpecPart, 'read' | 'clouds'>,
  found: Places,
  ctx: CallContext,
  options: ObserveOptions,
): (places: Iterable<ObservedPlace>, more?: More) => Promise<ReadPlaces> {
  const taken = beginReading(ctx);
  const unread: UnreadPlace[] = [...found.unread];
  const kept = new Map(found.places.map((place) => [place, keepAnswers()] as const));
  const regions = new Map<ObservedPlace, RegionSnapshot>();
  const readOne = async (place: ObservedPlace, more: More): Promise<void> => {
    try {
      const answers = kept.get(place)?.nextPart();
      regions.set(place, await readPlace(part, place, { ...ctx, answers }, options, more));
    } catch (error) {
      regions.delete(place);
      unread.push(found.asUnread(place, error));
    }
  };
  return async (places, more = {}) => {
    await Promise.all([...places].map((place) => readOne(place, more)));
    const read = found.places.flatMap((place) => {
      const region = regions.get(place);
      return region === undefined ? [] : [[region, place] as const];
    });
    if (read.length === 0) throwFirst(unread);
    const snapshot: Snapshot = {
      version: SNAPSHOT_VERSION,
      ...taken(),
      ...(options.all === true ? { scope: 'all' as const } : {}),
      regions: [...read.map(([region]) => region), ...unreadRegions(unread)],
    };
    return { snapshot, placeOf: new Map(read.map(([region, place]) => [placeKey(region), place])) };
  };
}

async function readPlace(
  part: Pick<SpecPart, 'read' | 'clouds'>,
  place: ObservedPlace,
  ctx: CallContext,
  options: ObserveOptions,
  more: More,
): Promise<RegionSnapshot> {
  const { whole, uses, addresses, checks } = more;
  const isChecked = checks?.has(place) === true;
  const isFirst = ![more.subnets, whole, uses, addresses, checks].some((some) => some?.has(place));
  const full: Scope = {
    ...scopeOf(part, place, options),
    checks: isChecked ? true : undefined,
    uses: uses?.has(place) === true ? true : undefined,
  };
  const scope = options.plan !== undefined && isFirst ? withoutSubnets(full) : full;
  // With checks, they are read as well.
  const places = addresses?.has(place) === true && !isChecked ? await readAddresses(place, scope, ctx) : {};
  const answer = async (asked: Scope): Promise<RegionSnapshot> => ({
    ...requireWhole(await place.driver.observe(asked, ctx), place),
    ...places,
    access: place.access,
    ...(isChecked ? {} : { asked: askedFor(part.read.project, scope) }),
  });
  if (whole?.has(place) !== true) return await answer(scope);

  // A deployed stage may use what the working copy does not.
  const region = await answer({ ...scope, allGateways: true, ...(hasDeployments(place) ? { uses: true } : {}) });
  const lists = new Set([...(region.whole ?? []), 'gateways' as const]);
  return { ...region, whole: [...lists] };
}

/**
 * What was read of a region that the spec names no more: nothing of it is deleted where links or gateways may be missing.
 * @throws {CloudError} the code of the gap
 */
function requireWhole(region: RegionSnapshot, { links }: ObservedPlace): RegionSnapshot {
  const of = new Set<SnapshotList | undefined>([undefined, 'links', 'gateways']);
  const gap = links.size > 0 ? undefined : region.gaps.find((one) => one.id === undefined && of.has(one.of));
  if (gap === undefined) return region;

  const code = Object.hasOwn(ERROR_CODES, gap.code) ? (gap.code as ErrorCode) : 'CLOUD_FAILED';
  const remedy = gap.permission === undefined ? undefined : `Allow ${gap.permission} there.`;
  throw new CloudError(code, `${gap.what} could not be read`, { operation: gap.operation, remedy });
}

/** A scope for links without changes: their subnets are those that the spec names by ID. Names and tags have to be looked up. */
function withoutSubnets({ subnets = [], ...scope }: Scope): Scope {
  return subnets.every((by) => typeof by === 'string') ? scope : { ...scope, subnets };
}

function hasDeployments({ driver }: ObservedPlace): boolean {
  return driver.stages !== undefined;
}

/**
 * Reads where the targets of a region are. A failed read is not a gap of the plan: an unknown address does
 * not cause a refusal.
 */
async function readAddresses(
  { driver }: ObservedPlace,
  scope: Scope,
  ctx: CallContext,
): Promise<Partial<Pick<RegionSnapshot, 'loadBalancers' | 'listeners' | 'interfaces' | 'services'>>> {
  const { loadBalancers, listeners, interfaces, services } = await driver.observe({ ...scope, checks: true }, ctx);
  return { loadBalancers, listeners, interfaces, ...defined({ services }) };
}

/** The scope of a region that the spec refers to. */
function scopeOf(
  { read: spec, clouds }: Pick<SpecPart, 'read' | 'clouds'>,
  { links, former, driver }: Pick<ObservedPlace, 'links' | 'former' | 'driver'>,
  options: ObserveOptions,
): Scope {
  const integrations = Object.values(spec.integrations).filter(({ link }) => links.has(link));
  const managed = integrations.filter(
    ({ gateway, owner }) => owner !== 'external' && gatewayTraits(clouds, gateway).exportedBy !== undefined,
  );
  const here = [...links.values()];
  const isUnknown = options.elsewhere?.isUnknown === true && options.all !== true;
  const lookUps = (of: (link: LinkSpec) => readonly LookUp[] | undefined): readonly LookUp[] =>
    distinct(here.flatMap((link) => of(link) ?? []));
  const networks = lookUps(({ network }) => (network === undefined || typeof network === 'string' ? [] : [network]));
  const balancers = distinct(here.flatMap(({ loadBalancer }) => loadBalancer ?? []));
  const kinds = distinct([
    ...here.map((link) => kindOfLink(clouds, link)),
    // What a former spec declared for these gateways may be there still.
    ...integrations.flatMap(({ gateway }) => gatewayTraits(clouds, gateway).links),
    ...(former?.linkKinds ?? []),
    ...(isUnknown || (former !== undefined && here.length === 0) ? driver.serves.links : []),
  ]);
  const named = integrations.map(({ gateway }) => gateway);
  const more = (former?.gateways ?? []).filter((one) => !named.some((by) => isSameGateway(by, one)));
  return {
    ...(networks.length === 0 ? {} : { networks }),
    all: options.all === true ? true : undefined,
    ...(options.domains === true ? { domains: true } : {}),
    ...(options.flowLogs === true ? { flowLogs: true } : {}),
    // No plan depends on where calls come from.
    ...(options.plan === undefined ? {} : { egress: false }),
    project: spec.project,
    spec: spec.spec,
    links: lookUps(({ id }) => (id === undefined ? [] : [id])),
    ...(kinds.length === 0 ? {} : { linkKinds: kinds }),
    ...(balancers.length === 0 ? {} : { loadBalancers: balancers }),
    declared: [...links].flatMap(([name, link]) =>
      link.id === undefined && createdFrom(link, clouds) !== undefined ? [name] : [],
    ),
    gateways: distinct([...named, ...more.slice(0, MOST_UNNAMED)]),
    ...(isUnknown ? { unnamedGateways: MOST_UNNAMED } : {}),
    ...(managed.length === 0 ? {} : { served: distinct(managed.map(({ gateway }) => gateway)) }),
    targets: distinct(integrations.flatMap(({ targets }) => Object.values(targets).map(({ ref }) => ref))),
    subnets: lookUps(({ subnets }) => subnets),
    securityGroups: lookUps(({ securityGroups }) => securityGroups),
  };
}

function isSameGateway(a: GatewaySpec, b: GatewaySpec): boolean {
  return gatewayKey(a) === gatewayKey(b) && gatewayId(a) === gatewayId(b);
}

function distinct<T>(items: readonly T[]): readonly T[] {
  if (items.length < 2) return items;

  const seen = new Map(items.map((item) => [canonicalJson(item as Json), item]));
  return [...seen.values()];
}
