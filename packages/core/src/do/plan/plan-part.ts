import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { Elsewhere } from './elsewhere.js';
import { formerPlaceForm, type Plan, type Step } from './plan.js';
import type { UnreadGateways } from './plan-scope.js';
import type { UnitRef } from './references.js';
import { list, strict } from '../forms/form.js';
import { memberOf, optionalFlag } from '../forms/values.js';

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
