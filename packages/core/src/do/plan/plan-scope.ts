import type { Clouds } from '../kinds/cloud/clouds.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import { placeKey, isSamePlace } from '../model/traits.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { cloudTimeOf } from '../world/derived.js';
import { type PlanOptions, formerPlaceForm, type Plan, type Step, type Unit } from './plan.js';
import type { Elsewhere } from './elsewhere.js';
import type { UnitRef } from './references.js';
import { list, strict } from '../forms/form.js';
import { memberOf, optionalFlag } from '../forms/values.js';
import { defined } from '../../ground/defined.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { Spec } from '../spec.js';

/** The reason in plans of `destroy`. Other specs of the project keep their resources. */
export const SPEC_REMOVED = 'this spec is removed';

/** For whom a plan is made, and what it may do. */
export interface PlanScope {
  readonly project: string;
  readonly clouds: Clouds;
  /** The identity of the spec. */
  readonly spec: string;
  /** See `PlanOptions.prune`. */
  readonly prune?: boolean | undefined;
  /** Only a part of the spec is planned: what belongs to the rest is not changed (`PlanOptions.only`). */
  readonly isPart?: boolean | undefined;
  /** Names that are declared in a region that could not be read; see `mayDelete`. */
  readonly held?: ReadonlySet<string> | undefined;
  /** Why managed resources are deleted or released, as text. */
  readonly reason: 'it is managed by this project and not declared' | typeof SPEC_REMOVED | 'it is forgotten';
  /** Whether every gateway of every region was read. */
  readonly all: boolean;
  /** Which links that cost money to recreate are deleted as well; see `PlanOptions.deleteInstances`. */
  readonly deleteInstances?: PlanOptions['deleteInstances'];
  /** ISO 8601: the time of the snapshot. */
  readonly takenAt: string;
  /** The time of the snapshot, see `cloudTimeOf`. */
  readonly cloudMs: number;
}

export function planScope({
  snapshot,
  scope,
  ...given
}: Omit<PlanScope, 'all' | 'takenAt' | 'cloudMs'> & {
  readonly snapshot: ReadingTime;
  readonly scope?: 'all' | undefined;
}): PlanScope {
  return { ...given, all: scope === 'all', takenAt: snapshot.takenAt, cloudMs: cloudTimeOf(snapshot) };
}

/** Why the users of a link or a target cannot be determined. */
interface UnreadGateways {
  /** As text: gateways were not read, or could not be. */
  readonly text: string;
  /** The region, by `placeKey`, where gateways were only outside of the scope, so that they can be read. */
  readonly readable?: string | undefined;
}

/** The gateways of a region that were not read; undefined where all were. */
export function unreadGateways({ all }: PlanScope, region: RegionSnapshot): UnreadGateways | undefined {
  const gap = region.gaps.find(({ of }) => of === undefined || of === 'gateways');
  if (gap !== undefined) return { text: `${gap.what} could not be read` };
  if (all || region.whole?.includes('gateways') === true) return undefined;

  return { text: 'other gateways were not read', readable: placeKey(region) };
}

/** Steps for a unit of a plan. */
export interface UnitPart {
  readonly unit: UnitRef;
  readonly region: RegionSnapshot;
  readonly steps: readonly Step[];
  /** The IDs of the units that it awaits. */
  readonly dependsOn?: readonly string[] | undefined;
  /** Whether they go before the steps that the unit has already. */
  readonly first?: true | undefined;
}

/** What one question of planning comes to. Regions are by `placeKey`. */
export interface PlanPart {
  readonly units: readonly UnitPart[];
  readonly notes: readonly string[];
  /** Regions where something is kept only because not all gateways were read. */
  readonly unread: readonly string[];
  /** Regions where a target is deleted or kept without knowing what stages serve (`Gateway.uses`). */
  readonly unreadUses: readonly string[];
  /** Regions where an allowlist loses entries: what its targets need must be known. */
  readonly narrowing: readonly string[];
}

/** Some parts as one, in their order. */
export function joinParts(parts: readonly Partial<PlanPart>[]): PlanPart {
  const all = <T>(list: (part: Partial<PlanPart>) => readonly T[] | undefined): readonly T[] =>
    parts.flatMap((part) => list(part) ?? []);
  return {
    units: all(({ units }) => units),
    notes: all(({ notes }) => notes),
    unread: all(({ unread }) => unread),
    unreadUses: all(({ unreadUses }) => unreadUses),
    narrowing: all(({ narrowing }) => narrowing),
  };
}

/** A part with the region that has to be read as a whole, where gateways were left out. */
export function readWhole(unread: UnreadGateways | undefined): Pick<PlanPart, 'unread'> {
  return { unread: unread?.readable === undefined ? [] : [unread.readable] };
}

export const elsewhereForm = strict<Elsewhere>()({ places: list(formerPlaceForm), isUnknown: optionalFlag });

/** A plan. Its fingerprint shows whether it was changed, so its members are not looked at. */
export const planForm = memberOf<Plan>('what plan() or decodePlan() returns', ['units']);

interface Entry {
  readonly unit: UnitRef;
  readonly region: RegionSnapshot;
  readonly steps: Step[];
  readonly dependsOn: Set<string>;
}

/** The units of some parts, in an order in which each follows what it awaits. One without steps is left out. */
export function unitsOf(parts: readonly UnitPart[]): readonly Unit[] {
  const entries = new Map<string, Entry>();
  for (const { unit: given, region, steps, dependsOn = [], first } of parts) {
    if (steps.length === 0) continue;

    const unit = unitIn(entries, given, region);
    const entry = entries.get(unit.id) ?? { unit, region, steps: [], dependsOn: new Set() };
    entries.set(unit.id, entry);
    if (first === true) entry.steps.unshift(...steps);
    else entry.steps.push(...steps);
    for (const other of dependsOn) if (other !== unit.id) entry.dependsOn.add(other);
    // What moved to another region leaves the former one after it works there.
    if (unit !== given) entry.dependsOn.add(given.id);
  }
  for (const { region, dependsOn } of entries.values())
    for (const former of [...dependsOn].map((other) => formerId(other, region)))
      if (entries.has(former) && entries.get(former)?.dependsOn !== dependsOn) dependsOn.add(former);
  return inOrder(entries);
}

/** The unit of a part: one unit has steps of one region alone. */
function unitIn(entries: ReadonlyMap<string, Entry>, unit: UnitRef, region: RegionSnapshot): UnitRef {
  const first = entries.get(unit.id);
  return first === undefined || isSamePlace(first.region, region) ? unit : { ...unit, id: formerId(unit.id, region) };
}

function formerId(id: string, { provider, region, account }: RegionSnapshot): string {
  return `${id}@${provider}/${region}/${account}`;
}

/** Depth first, in the order in which units were added; what is awaited but has no steps is nothing to wait for. */
function inOrder(entries: ReadonlyMap<string, Entry>): readonly Unit[] {
  const done = new Map<string, Unit>();
  const visit = (id: string, path: readonly string[]): void => {
    const entry = entries.get(id);
    // Links await integrations only for deletion, integrations await links only for creation: a circle is a defect.
    if (path.includes(id)) throw new Error(`units await each other: ${[...path, id].join(' → ')}`);
    if (entry === undefined || done.has(id)) return;

    const dependsOn = [...entry.dependsOn].filter((other) => entries.has(other)).toSorted();
    for (const other of dependsOn) visit(other, [...path, id]);
    const { provider, product, region, account } = entry.region;
    const service = { provider, ...defined({ product }), region };
    done.set(id, { ...entry.unit, ...service, account, dependsOn, steps: entry.steps });
  };
  for (const id of entries.keys()) visit(id, []);
  return [...done.values()];
}

/** Steps after which calls get to their targets as before: a name, a mark, a wait, something that no declared route uses. */
const WITHOUT_EFFECT: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['adopt', 'rename', 'tag', 'delete']);

/** What a plan changes, and what depends on that: names of links and integrations, IDs of gateways. */
export interface TouchedParts {
  readonly integrations: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  readonly gateways: ReadonlySet<string>;
}

/**
 * The integrations whose routes or targets a plan changes; all integrations of a link that is created, replaced or gets
 * another allowlist; the links and gateways of these; a gateway that is deployed.
 */
export function touchedParts({ units }: Pick<Plan, 'units'>, spec: Spec): TouchedParts {
  const changing = units.filter(({ steps }) => steps.some(({ kind }) => !WITHOUT_EFFECT.has(kind)));
  const named = (...kinds: readonly Unit['kind'][]): ReadonlySet<string> =>
    new Set(changing.flatMap(({ kind, name }) => (kinds.includes(kind) ? [name] : [])));
  const [ownLinks, own] = [named('link', 'link-narrowing'), named('integration')];
  const touched = Object.entries(spec.integrations).filter(([name, { link }]) => own.has(name) || ownLinks.has(link));
  return {
    integrations: new Set(touched.map(([name]) => name)),
    links: new Set([...ownLinks, ...touched.map(([, { link }]) => link)]),
    gateways: new Set([...named('gateway'), ...touched.map(([, { gateway }]) => gatewayId(gateway))]),
  };
}

/** The links of a spec whose calls a plan may change: where they are, there is something to check. */
export function linksToCheck(plan: Pick<Plan, 'units'>, spec: Spec): ReadonlySet<string> {
  const { links, gateways } = touchedParts(plan, spec);
  const ofGateways = Object.values(spec.integrations).filter(({ gateway }) => gateways.has(gatewayId(gateway)));
  return new Set([...links, ...ofGateways.map(({ link }) => link)]);
}
