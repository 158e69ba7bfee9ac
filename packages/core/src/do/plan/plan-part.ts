import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { Elsewhere } from './elsewhere.js';
import type { FormerPlace, Step, Plan, PlanOptions } from './plan.js';
import type { UnreadGateways } from './plan-scope.js';
import type { UnitRef } from './references.js';
import {
  choice,
  flag,
  memberOf,
  optionalFlag,
  optionalText,
  optionalTexts,
  strings,
  text,
  texts,
} from '../forms/values.js';
import { list, optional, strict, type Shape } from '../forms/form.js';

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

/** The form of `PlanOptions.deleteInstances`. */
const deleteInstances = optional(
  choice<boolean | readonly string[]>('true, false or IDs of links', (given) =>
    Array.isArray(given) ? texts : typeof given === 'boolean' ? flag : undefined,
  ),
);

/** A place, as the record of a run or a plan that was saved has it. */
export const formerPlace: Shape<FormerPlace> = {
  provider: text,
  product: optionalText,
  region: text,
  account: optionalText,
  profile: optionalText,
  assumeRole: optionalText,
  gateways: list(choice<GatewaySpec>('a gateway as a spec names it', () => strings)),
  linkKinds: optionalTexts,
};
export const formerPlaceForm = strict<FormerPlace>()(formerPlace);
const formerPlaces = list(formerPlaceForm);

export const elsewhereForm = strict<Elsewhere>()({ places: formerPlaces, isUnknown: optionalFlag });

/** The form of each of {@link PlanOptions}. */
export const planOptions: Shape<PlanOptions> = {
  only: optionalTexts,
  all: optionalFlag,
  elsewhere: optional(formerPlaces),
  prune: optionalFlag,
  replaceFailed: optionalFlag,
  deleteInstances,
  names: optionalTexts,
};

export const planOptionsForm = strict<PlanOptions>()(planOptions);

/** A plan. Its fingerprint shows whether it was changed, so its members are not looked at. */
export const planForm = memberOf<Plan>('what plan() or decodePlan() returns', ['units']);
