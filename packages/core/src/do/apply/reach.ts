import { defined } from '../../ground/defined.js';
import { Walk } from '../forms/form.js';
import { formerPlaceShape, formerPlaceForm, type FormerPlace, type Plan } from '../plan/plan.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { kindOfLink } from '../kinds/cloud/link-kinds.js';
import type { GatewaySpec } from '../model/gateway.js';
import { placeKey } from '../model/traits.js';
import type { ObservedPlace } from '../observe/places.js';
import { isAt, leftIn, type Elsewhere, type Goes } from '../plan/elsewhere.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Spec } from '../spec.js';
import type { JournalRecord } from './journal.js';
import { isWhole } from './outcome.js';
import { membersOf, recordedRuns } from './recorded-runs.js';

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
    ...defined({ spec: spec.spec, part: isPart ? (true as const) : undefined }),
    reach: merged([...declared, ...left, ...unread]),
  };
}

interface ReachedBy {
  readonly snapshot: Snapshot;
  readonly places: readonly ObservedPlace[];
  readonly spec: Spec;
  readonly clouds: Clouds;
}

/**
 * Where a spec has, or had, resources, by the runs of a journal; unknown where it shows none of the whole spec. A run that ended with all of
 * its steps replaces what was known before. What the journal holds decides where to look, and no more.
 */
export function recordedReach(
  records: readonly JournalRecord[],
  { project, spec }: Pick<Spec, 'project' | 'spec'>,
): Elsewhere {
  let known: readonly FormerPlace[] = [];
  let isUnknown = true;
  for (const { begin, end } of recordedRuns(records)) {
    const { project: of, spec: own, reach, part } = membersOf(begin?.value);
    if (of !== project || own !== spec || !Array.isArray(reach)) continue;

    const places = placesOf(reach);
    isUnknown &&= part === true;
    known = part !== true && isWhole(end?.value) ? places : merged([...known, ...places]);
  }
  return { places: known, isUnknown };
}

/** The records of a journal that `recordedReach` needs. */
export function reachRecords(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const runs = new Map<string, Map<string, string>>();
  const all = recordedRuns(records);
  for (const { run, begin, end } of all) {
    const { project, spec, reach, part } = membersOf(begin?.value);
    if (reach === undefined) continue;

    const key = canonicalJson([project ?? null, spec ?? null]);
    // A program makes sure of the same places again and again.
    const before = isWhole(end?.value) && part !== true ? new Map<string, string>() : (runs.get(key) ?? new Map());
    const text = canonicalJson(reach);
    if (part !== true || !before.has(text)) runs.set(key, before.set(part === true ? text : run, run));
  }
  const kept = new Set([...runs.values()].flatMap((of) => [...of.values()]));
  return all
    .filter(({ run }) => kept.has(run))
    .flatMap(({ begin, end }) => [begin, isWhole(end?.value) ? end : undefined].filter((one) => one !== undefined));
}

function deletedKey({ type, name, id }: Parameters<Goes>[0]): string {
  return JSON.stringify([type, id ?? name]);
}

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

/** A journal is read from a file: what does not look like a place is none, and members of another version are left out. */
function placesOf(given: readonly unknown[]): readonly FormerPlace[] {
  return given.flatMap((one) => {
    const members = Object.entries((one ?? {}) as object).filter(([key]) => Object.hasOwn(formerPlaceShape, key));
    const place = Object.fromEntries(members) as FormerPlace;
    const walk = new Walk();
    formerPlaceForm.check(place, walk);
    return walk.issues.length === 0 ? [place] : [];
  });
}
