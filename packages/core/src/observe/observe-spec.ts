import type { CallContext } from '../calls/call-context.js';
import type { Scope } from '../driver.js';
import type { Drivers } from '../drivers.js';
import { isPosternError } from '../errors.js';
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';
import type { LinkSpec, LookUp, Spec } from '../model/spec.js';
import { gatewayKind } from '../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../kinds/gateway/gateway-table.js';
import { declaredKind } from '../kinds/link/link-traits.js';
import { createdFrom } from '../world/link-facts.js';
import { diff } from '../plan/diff.js';
import { narrowingOf, unreadOf } from '../plan/finish-plan.js';
import { partOf } from '../plan/only/part-of.js';
import type { Plan, PlanOptions } from '../plan/plan.js';
import { askedFor } from '../world/index/asked.js';
import { placesOf, type ObservedPlace, type Places } from './places.js';
import { SNAPSHOT_VERSION, type RegionSnapshot, type Snapshot } from '../snapshot/snapshot.js';
import { throwFirst, unreadRegions, type UnreadPlace } from '../snapshot/unread-place.js';

/** How far an observation for a spec looks. */
export interface ObserveOptions {
  /**
   * Reads every gateway, not only those that the spec names, so that managed resources on other gateways are
   * found as well.
   */
  readonly all?: boolean | undefined;
  /** Also reads what checks use; see `Scope.checks`. */
  readonly checks?: boolean | undefined;
  /** How the plan will be computed for which this is observed. By default it may be any: more may be read than is needed. */
  readonly plan?: PlanOptions | undefined;
}

/**
 * Reads the current state of everything that a spec refers to: the accounts are checked first, then each
 * account and region is read once.
 *
 * An account and region that cannot be read (credentials, network, endpoint) is a region without lists, with
 * the error in `RegionSnapshot.unread`. The others are still read. Smaller failures are gaps.
 *
 * @throws {InvalidInputError} `WRONG_ACCOUNT`, `NO_DRIVER`
 * @throws {PosternError} the first error where no region could be read.
 */
export async function observeSpec(
  spec: Spec,
  drivers: Drivers,
  ctx: CallContext,
  options: ObserveOptions = {},
): Promise<Snapshot> {
  const part = partOf(spec, options.plan ?? {}).spec;
  return await observePlaces(spec, await placesOf(part, drivers, ctx), ctx, options);
}

/** Options with which a plan deletes the least, and the most. */
const ANY_PLAN: readonly PlanOptions[] = [{}, { replaceFailed: true, deleteInstances: true, prune: true }];

/**
 * As {@link observeSpec}, with known regions. Where a plan would narrow or delete something that gateways
 * outside of the spec may use, those gateways are read as well: only then is it known what still calls
 * through a link.
 */
export async function observePlaces(
  spec: Spec,
  found: Places,
  ctx: CallContext,
  options: ObserveOptions = {},
): Promise<Snapshot> {
  const part = partOf(spec, options.plan ?? {}).spec;
  const first = await readPlaces(part, found, ctx, options, { whole: new Set(), narrowing: new Set() });
  const { snapshot } = first;
  if (options.checks === true && options.plan === undefined) return snapshot;
  const plans = options.plan === undefined ? ANY_PLAN : [options.plan];
  const drafts = plans.flatMap((plan) => attempt(() => diff(snapshot, spec, plan)) ?? []);
  const again = (of: (plan: Plan) => ReadonlySet<RegionSnapshot>): ReadonlySet<ObservedPlace> =>
    new Set(drafts.flatMap((plan) => [...of(plan)]).flatMap((region) => first.placeOf.get(region) ?? []));
  const whole = again(unreadOf);
  const narrowing = options.checks === true ? new Set<ObservedPlace>() : again(narrowingOf);
  if (whole.size + narrowing.size === 0) return snapshot;
  return (await readPlaces(part, found, ctx, options, { whole, narrowing })).snapshot;
}

/** What is read again, because a plan needs more facts. */
interface Again {
  /** Places of which every gateway is read. */
  readonly whole: ReadonlySet<ObservedPlace>;
  /** Places where an allowlist loses entries: the addresses of targets are read, as `revoke` reads them. */
  readonly narrowing: ReadonlySet<ObservedPlace>;
}

/** Reads every place once; of some more. */
async function readPlaces(
  spec: Spec,
  found: Places,
  ctx: CallContext,
  options: ObserveOptions,
  again: Again,
): Promise<{ readonly snapshot: Snapshot; readonly placeOf: ReadonlyMap<RegionSnapshot, ObservedPlace> }> {
  const takenAt = new Date(ctx.clock.now()).toISOString();
  const unread: UnreadPlace[] = [...found.unread];
  const answers = await Promise.all(
    found.places.map(async (place) => {
      try {
        return [{ place, region: await readPlace(spec, place, ctx, options, again) }];
      } catch (error) {
        unread.push(found.asUnread(place, error));
        return [];
      }
    }),
  );
  const read = answers.flat();
  if (read.length === 0) throwFirst(unread);
  const missing = unreadRegions(unread);
  const snapshot: Snapshot = {
    version: SNAPSHOT_VERSION,
    takenAt,
    ...(options.all === true ? { scope: 'all' as const } : {}),
    regions: [...read.map(({ region }) => region), ...missing],
  };
  return { snapshot, placeOf: new Map(read.map(({ place, region }) => [region, place])) };
}

async function readPlace(
  spec: Spec,
  place: ObservedPlace,
  ctx: CallContext,
  options: ObserveOptions,
  { whole, narrowing }: Again,
): Promise<RegionSnapshot> {
  const scope = scopeOf(spec, place, options);
  const addresses = narrowing.has(place) ? await readAddresses(place, scope, ctx) : {};
  const answer = async (asked: Scope): Promise<RegionSnapshot> => ({
    ...(await place.driver.observe(asked, ctx)),
    ...addresses,
    access: place.access,
    ...(options.checks === true ? {} : { asked: askedFor(spec.project, scope) }),
  });
  if (!whole.has(place)) return await answer(scope);
  // A deployed stage may use what the working copy does not.
  const region = await answer({ ...scope, allGateways: true, ...(hasDeployments(place) ? { uses: true } : {}) });
  const lists = new Set([...(region.whole ?? []), 'gateways' as const]);
  return { ...region, whole: [...lists] };
}

function hasDeployments({ driver: { serves, gatewayTraits } }: ObservedPlace): boolean {
  return serves.gateways.some((kind) => gatewayTraits(kind).routesNeedDeployment);
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
  return { loadBalancers, listeners, interfaces, ...(services === undefined ? {} : { services }) };
}

/** The scope of a region that the spec refers to. */
function scopeOf(spec: Spec, { links }: Pick<ObservedPlace, 'links'>, options: ObserveOptions): Scope {
  const integrations = Object.values(spec.integrations).filter(({ link }) => links.has(link));
  const here = [...links.values()];
  const lookUps = (of: (link: LinkSpec) => readonly LookUp[] | undefined): readonly LookUp[] =>
    distinct(here.flatMap((link) => of(link) ?? []));
  const networks = lookUps(({ network }) => (network === undefined || typeof network === 'string' ? [] : [network]));
  const balancers = distinct(here.flatMap(({ loadBalancer }) => loadBalancer ?? []));
  const kinds = distinct([
    ...here.map(declaredKind),
    // What a former spec declared for these gateways may be there still.
    ...integrations.flatMap(({ gateway }) => GATEWAY_KINDS[gatewayKind(gateway)].links),
  ]);
  return {
    ...(networks.length === 0 ? {} : { networks }),
    all: options.all === true ? true : undefined,
    checks: options.checks === true ? true : undefined,
    project: spec.project,
    spec: spec.spec,
    links: lookUps(({ id }) => (id === undefined ? [] : [id])),
    ...(kinds.length === 0 ? {} : { linkKinds: kinds }),
    ...(balancers.length === 0 ? {} : { loadBalancers: balancers }),
    declared: [...links].flatMap(([name, link]) =>
      link.id === undefined && createdFrom(link) !== undefined ? [name] : [],
    ),
    gateways: distinct(integrations.map(({ gateway }) => gateway)),
    targets: distinct(integrations.flatMap(({ targets }) => Object.values(targets).map(({ ref }) => ref))),
    subnets: lookUps(({ subnets }) => subnets),
    securityGroups: lookUps(({ securityGroups }) => securityGroups),
  };
}

function distinct<T>(items: readonly T[]): readonly T[] {
  const seen = new Map(items.map((item) => [canonicalJson(item as Json), item]));
  return [...seen.values()];
}

/** `diff` reports what cannot be resolved, together with all other problems. */
function attempt<T>(part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    if (isPosternError(error)) return undefined;
    throw error;
  }
}
