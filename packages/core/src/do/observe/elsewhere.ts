import { defined } from '../../ground/defined.js';
import { canonicalJson } from '../../ground/hash.js';
import { counted } from '../../ground/text/quantities.js';
import type { Json } from '../../ground/json.js';
import type { JournalRecord } from '../apply/journal.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { gatewaySpec } from '../kinds/cloud/gateway-kinds.js';
import { kindOfLink } from '../kinds/cloud/link-kinds.js';
import { gatewayId, isTemporaryRoute } from '../kinds/gateway/gateway-spec.js';
import type { Gateway, GatewaySpec } from '../model/gateway.js';
import type { Route } from '../model/route.js';
import type { Owner } from '../model/owner.js';
import { ownershipOf } from '../model/ownership.js';
import { placeKey } from '../model/traits.js';
import type { FormerPlace, Plan } from '../plan/plan.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import type { Spec } from '../spec.js';
import { linkOwner, markedNames } from '../world/resolve/lost-marks.js';
import type { ObservedPlace } from './places.js';

/** Where a spec may have resources besides what it names. */
export interface Elsewhere {
  readonly places: readonly FormerPlace[];
  /** Nothing records all of them: in the regions of the spec, up to 20 gateways are read that it does not name. */
  readonly isUnknown?: boolean | undefined;
}

/** How many gateways are read in a region that the spec does not name. Reading one takes three to five calls. */
export const MOST_UNNAMED = 20;

/** What the record of a run holds of where its spec has resources afterwards, if all of it is done. */
export interface Reach {
  readonly spec?: string | undefined;
  readonly reach: readonly FormerPlace[];
  /** Only a part of the spec was planned: what the rest has is as it was. */
  readonly part?: true | undefined;
}

/** Where a run may leave something of its spec: what it declares, what stays of the rest, and what it did not read. */
export function reachOf(
  plan: Plan,
  { snapshot, places, spec, clouds }: ReachedBy,
  elsewhere: readonly FormerPlace[],
): Reach {
  const deleted = new Set(
    plan.units.flatMap(({ steps }) =>
      steps.flatMap(({ kind, resource }) => (kind === 'delete' ? [deletedKey(resource)] : [])),
    ),
  );
  const goes: Goes = (what) => deleted.has(deletedKey(what));
  const declared = plan.goal === 'apply' ? places.flatMap((place) => declaredAt(place, spec, clouds)) : [];
  const names = plan.goal === 'forget' && plan.options?.names === undefined ? undefined : spec;
  const left =
    names === undefined ? [] : leftIn(snapshot, names, clouds, elsewhere, { goes, isRemoval: plan.goal === 'destroy' });
  const unread = elsewhere.filter((one) => !snapshot.regions.some((region) => isAt(one, region) && !region.unread));
  const isPart = plan.options?.only !== undefined || plan.options?.names !== undefined;
  return {
    ...defined({ spec: spec.spec }),
    reach: merged([...declared, ...left, ...unread]),
    ...(isPart ? { part: true as const } : {}),
  };
}

interface ReachedBy {
  readonly snapshot: Snapshot;
  readonly places: readonly ObservedPlace[];
  readonly spec: Spec;
  readonly clouds: Clouds;
}

/**
 * Where a spec has, or had, resources, by the runs of a journal; unknown where it shows none of the spec. A run that ended with all of
 * its steps replaces what was known before. What the journal holds decides where to look, and no more.
 */
export function recordedReach(
  records: readonly JournalRecord[],
  { project, spec }: Pick<Spec, 'project' | 'spec'>,
): Elsewhere {
  let known: readonly FormerPlace[] | undefined;
  let last: { readonly run: string; readonly reach: Reach } | undefined;
  for (const { type, run, value } of records) {
    if (type === 'run') {
      const { project: of, ...reach } = (value ?? {}) as { readonly project?: Json } & Partial<Reach>;
      last = undefined;
      if (of !== project || reach.spec !== spec || !Array.isArray(reach.reach)) continue;

      const places = reach.reach.filter(isPlace);
      last = { run, reach: { ...reach, reach: places } };
      known = merged([...(known ?? []), ...places]);
    }
    if (type === 'end' && last?.run === run && last.reach.part !== true && isWhole(value)) known = last.reach.reach;
  }
  return { places: known ?? [], isUnknown: known === undefined };
}

/** The records of a journal that `recordedReach` needs. */
export function reachRecords(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const runs = new Map<string, readonly string[]>();
  const whole = new Set(records.flatMap(({ type, run, value }) => (type === 'end' && isWhole(value) ? [run] : [])));
  for (const { type, run, value } of records) {
    const { project, spec, reach, part } = (value ?? {}) as { readonly project?: string } & Partial<Reach>;
    if (type !== 'run' || reach === undefined) continue;

    const key = canonicalJson([project ?? null, spec ?? null]);
    runs.set(key, whole.has(run) && part !== true ? [run] : [...(runs.get(key) ?? []), run]);
  }
  const kept = new Set([...runs.values()].flat());
  return records.filter(({ type, run }) => kept.has(run) && (type === 'run' || (type === 'end' && whole.has(run))));
}

/** What a plan looked at besides what its spec names, and what has to be looked at again to compute it. */
export function leftOf(
  snapshot: Snapshot,
  spec: Spec,
  clouds: Clouds,
  elsewhere: readonly FormerPlace[],
): readonly FormerPlace[] {
  return leftIn(snapshot, spec, clouds, elsewhere, {});
}

/** As text: what was not read, where it is known that it exists. */
export function notReadTexts({ regions }: Snapshot, { isUnknown = false }: Partial<Elsewhere> = {}): readonly string[] {
  return regions.flatMap(({ provider, region, otherGateways = [], gaps, unread, access, account }) => {
    const place = `${provider} ${region}`;
    if (unread !== undefined && access?.length === 0) return [`${place} of account ${account} (${unread.code})`];

    if (!isUnknown) return [];

    const lists = gaps.flatMap(({ id, what, code }) => (id === '*' ? [`${what} in ${place} (${code})`] : []));
    const { length } = otherGateways;
    return [...lists, ...(length === 0 ? [] : [`${counted(length, 'gateway')} in ${place}; --all reads them`])];
  });
}

/** Whether the region of a place is not one of the spec's links. */
export function isElsewhere({ access }: Pick<RegionSnapshot, 'access'>): boolean {
  return access?.length === 0;
}

/** Whether a gateway that no integration names has routes or integrations with the mark of the spec. */
export function isLeftOn(gateway: Gateway, spec: Pick<Spec, 'project' | 'spec' | 'integrations'>): boolean {
  const isNamed = Object.values(spec.integrations).some((one) => gatewayId(one.gateway) === gateway.id);
  const marks = [...gateway.routes, ...(gateway.integrations ?? [])].map(({ owner }) => owner);
  return !isNamed && marks.some((mark) => isOwn(mark, spec));
}

/** The routes of a gateway with the mark of a spec that does not declare them. */
export function leftRoutes(gateway: Gateway, spec: Pick<Spec, 'project' | 'spec' | 'integrations'>): readonly Route[] {
  const here = Object.values(spec.integrations).filter((one) => gatewayId(one.gateway) === gateway.id);
  const declared = new Set(here.flatMap(({ routes }) => Object.keys(routes)));
  return gateway.routes.filter(
    (route) => !declared.has(route.key) && !isTemporaryRoute(route) && ownershipOf(route.owner, spec) === 'own',
  );
}

type Goes = (resource: { readonly type: string; readonly name?: string; readonly id?: string | undefined }) => boolean;

function deletedKey({ type, name, id }: Parameters<Goes>[0]): string {
  return JSON.stringify([type, id ?? name]);
}

function isOwn(mark: Owner | undefined, by: Pick<Spec, 'project' | 'spec'>): boolean {
  return ['own', 'unassigned'].includes(ownershipOf(mark, by));
}

function leftIn(
  { regions }: Snapshot,
  spec: Spec,
  clouds: Clouds,
  elsewhere: readonly FormerPlace[],
  { goes, isRemoval }: { readonly goes?: Goes | undefined; readonly isRemoval?: boolean },
): readonly FormerPlace[] {
  const names = new Set(isRemoval === true ? [] : Object.keys(spec.links).flatMap((name) => markedNames(spec, name)));
  return regions.flatMap((region) => {
    const { provider, product, account, unread } = region;
    if (unread !== undefined) return [];

    const given = elsewhere.find((one) => isAt(one, region));
    const links = region.links.filter((link) => {
      const owner = linkOwner(region, link);
      const isDeclared = owner !== undefined && names.has(owner.integration) && !isElsewhere(region);
      return isOwn(owner, spec) && !isDeclared && goes?.({ type: 'link', id: link.id }) !== true;
    });
    const by = isRemoval === true ? { ...spec, integrations: {} } : spec;
    const gateways = region.gateways.filter((one) => {
      // What a route calls is deleted with it.
      const routes = one.routes.filter(({ owner }) => isOwn(owner, spec));
      return (
        isLeftOn(one, by) && (routes.length === 0 || routes.some(({ id }) => goes?.({ type: 'route', id }) !== true))
      );
    });
    // A plan is computed again from the same places, whatever they have.
    const isAgain = goes === undefined && isElsewhere(region);
    if (gateways.length + links.length === 0 && !isAgain) return [];

    const { profile, assumeRole } = given ?? region.access?.[0] ?? {};
    return [
      {
        provider,
        region: region.region,
        account,
        ...defined({ product, profile, assumeRole }),
        gateways: gateways.map((one) => gatewaySpec(clouds, one)),
        linkKinds: [...new Set(links.map(({ kind }) => kind))],
      },
    ];
  });
}

/** What a spec declares in a place. */
function declaredAt(
  { driver, account, links, access }: ObservedPlace,
  spec: Spec,
  clouds: Clouds,
): readonly FormerPlace[] {
  if (links.size === 0) return [];

  const { provider, product, region } = driver;
  const { profile, assumeRole } = access[0] ?? {};
  const here = Object.values(spec.integrations).filter((one) => links.has(one.link) && one.owner !== 'external');
  const kinds = [...links.values()].map((link) => kindOfLink(clouds, link));
  return [
    {
      provider,
      region,
      account,
      ...defined({ product, profile, assumeRole }),
      gateways: here.map(({ gateway }) => withoutStages(gateway)),
      linkKinds: [...new Set(kinds)],
    },
  ];
}

function withoutStages({ stage: _stage, stages: _stages, ...gateway }: GatewaySpec): GatewaySpec {
  return gateway;
}

/** Places with the gateways of all entries of each, in their order. */
function merged(places: readonly FormerPlace[]): readonly FormerPlace[] {
  const all = new Map<string, FormerPlace>();
  for (const place of places) {
    const before = all.get(placeKey(place)) ?? place;
    const gateways = new Map([...before.gateways, ...place.gateways].map((one) => [canonicalJson(one as Json), one]));
    const linkKinds = [...new Set([...(before.linkKinds ?? []), ...(place.linkKinds ?? [])])];
    all.set(placeKey(place), { ...before, gateways: [...gateways.values()], linkKinds });
  }
  return [...all.values()];
}

/** Whether a place that is known is that of a region. */
export function isAt(
  place: FormerPlace,
  { provider, product, region, account }: Omit<FormerPlace, 'gateways'>,
): boolean {
  return placeKey({ ...place, account: place.account ?? account }) === placeKey({ provider, product, region, account });
}

function isWhole(value: Json | undefined): boolean {
  const { failed, skipped } = (value ?? {}) as { readonly failed?: unknown; readonly skipped?: unknown };
  return failed === 0 && skipped === 0;
}

/** A journal is read from a file: what does not look like a place is none. */
function isPlace(value: unknown): value is FormerPlace {
  const { provider, region, gateways } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof provider === 'string' && typeof region === 'string' && Array.isArray(gateways);
}
