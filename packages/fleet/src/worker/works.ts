import {
  PosternError,
  type Driver,
  type DriverPlace,
  type Drivers,
  type Plan,
  type Spec,
  type Unit,
  InvalidInputError,
  type RegionSnapshot,
} from '@postern/core/internal/library';
import { type Ingress, keyOf } from '../engine/ingress.js';
import type { MovePlan } from '@postern/core/internal/moves';
import type { FleetAccount, FleetGoal, FleetLimits, FleetMove, FleetMoves, RunOptions, RunRequest } from '../model.js';
import type { BroughtEntries } from '../brought/names.js';
import type { Unseen } from '../services/runs.js';
import { requireComplete } from '@postern/core/internal/engine';
import { clouds, withLoadedChecks, type Clouds } from '@postern/core/internal/kinds';
import type { Elsewhere } from '@postern/core/internal/plan';
import { matches } from '../client.js';

/** Where a spec may have resources besides what it names: a worker has no journal of earlier runs. */
export const ELSEWHERE: Elsewhere = { places: [], isUnknown: true };

/** A spec of a run, as its workflow is started: plain JSON. */
export type SpecWork = BroughtEntries & {
  readonly run: string;
  readonly wave: string;
  readonly name: string;
  readonly goal: FleetGoal;
  readonly spec: Spec;
  /** Those that the spec may use. */
  readonly accounts: readonly FleetAccount[];
  readonly approvals: NonNullable<RunRequest['approvals']>;
  readonly limits: FleetLimits;
  readonly options: RunOptions;
  /** What was created before the run and may not be seen yet. */
  readonly unseen?: readonly Unseen[] | undefined;
  /** Until when its units look for what they create, on the clock of the clouds. */
  readonly lookUntilMs?: number | undefined;
  /** So many specs of the run go on at the same time. */
  readonly beside?: number | undefined;
  /** Of the goal `migrate`. */
  readonly moves?: FleetMoves | undefined;
};

/** A spec that a round observes. */
export type WatchWork = Pick<SpecWork, 'name' | 'spec' | 'accounts'>;

/** What a unit is executed with; it does not change once the plan is made. */
export type PlannedWork = SpecWork & { readonly plan: Plan };

/** A move of a spec's work: its plan, and how it is carried out. Plain JSON. */
export type PlannedMove = Omit<FleetMove, 'request'> & {
  /** The ID of its unit: `move:0f1e2d3c`. */
  readonly id: string;
  readonly plan: MovePlan;
  /** It was begun by an earlier run: the engine has what is kept of it. */
  readonly isOpen: boolean;
};

/** What moves are carried out with. */
export type MoveWork = SpecWork & { readonly moves: FleetMoves; readonly planned: readonly PlannedMove[] };

/** What a kind of work that a cloud brings is carried out with. */
export type BroughtWork = SpecWork & { readonly planned: readonly { readonly id: string }[] };

/** The specs that a worker works on, read once from the engine. `version`: that of the workers of the spec; by default this one's. */
export interface Works {
  readonly of: <T extends SpecWork = PlannedWork>(run: string, spec: string, version?: string) => Promise<T>;
}

/** So many are kept, those that were used last: with fewer than are under way at once, each unit and each poll would read its plan again. */
const KEPT = 1_000;

export function worksOf(ingress: Ingress, own: string): Works {
  const known = new Map<string, Promise<SpecWork>>();
  return {
    of: <T extends SpecWork>(run: string, spec: string, version = own) => {
      const key = keyOf(run, spec);
      const found = known.get(key);
      if (found !== undefined) {
        known.delete(key);
        known.set(key, found);
        return found as Promise<T>;
      }

      const work = ingress.call<T>(['spec', version], key, 'work');
      known.set(key, work);
      work.catch(() => known.delete(key));
      for (const old of known.keys()) {
        if (known.size <= KEPT) break;

        known.delete(old);
      }
      return work;
    },
  };
}

/** The drivers of a spec: each place with the role of its account. */
export function driversFor({ accounts }: Pick<SpecWork, 'accounts'>, driverOf: DriverOf): Drivers {
  return (place) => {
    const account = accounts.find(({ id, provider }) => id === place.account && provider === place.provider);
    return driverOf({ ...place, assumeRole: place.assumeRole ?? account?.role }, account);
  };
}

/** The spec of a work, and the clouds of its driver with their checks: all of it is in one account. */
export async function specOf(
  { spec }: Pick<SpecWork, 'spec'>,
  drivers: Drivers,
): Promise<{ readonly spec: Spec; readonly clouds: Clouds }> {
  const [link] = Object.values(spec.links);
  if (link === undefined) throw new Error('a work has a spec with links');

  return { spec, clouds: await withLoadedChecks(clouds([(await drivers(link)).cloud])) };
}

/** Names whose credentials the driver of a place has: a profile, and a role with its external ID. */
export function identityOf({ accounts }: Pick<SpecWork, 'accounts'>, place: DriverPlace): string {
  const { profile = '', assumeRole } = place;
  const account = accounts.find(({ id, provider }) => id === place.account && provider === place.provider);
  return keyOf(profile, assumeRole ?? account?.role ?? '', account?.externalId ?? '');
}

/** Where a unit's link is, as the spec names it. */
export function placeOfUnit({ spec }: Pick<SpecWork, 'spec'>, unit: Unit): DriverPlace {
  const { provider, region, account, product } = unit;
  const link = Object.values(spec.links).find(
    (one) => one.provider === provider && one.region === region && (one.account ?? account) === account,
  );
  return { provider, region, account, product, profile: link?.profile, assumeRole: link?.assumeRole };
}

/** The unit of a plan. @throws {PosternError} `INTERNAL` */
export function unitOf({ plan }: PlannedWork, id: string): Unit {
  const unit = plan.units.find((one) => one.id === id);
  if (unit === undefined) throw new PosternError('INTERNAL', `unit ${id} is not in the plan`);

  return unit;
}

/** A driver that no unit has asked for in this time is made again: its clients and its session take memory. In milliseconds. */
const IDLE_MS = 5 * 60_000;

/** One driver for each place, however many units use it. Those that are not used any more are dropped. */
export function keptDrivers(driverOf: DriverOf, now: () => number = () => performance.now()): DriverOf {
  /** The one that was used last is the last one. */
  const known = new Map<string, { readonly driver: Promise<Driver>; readonly usedMs: number }>();
  return (place, account) => {
    // A role is reached with its external ID: a corrected one needs another driver.
    const { provider, product, region, account: id, profile, assumeRole } = place;
    const key = JSON.stringify([provider, product, region, id, profile, assumeRole, account?.externalId]);
    const usedMs = now();
    const driver = known.get(key)?.driver ?? Promise.resolve(driverOf(place, account));
    known.delete(key);
    known.set(key, { driver, usedMs });
    driver.catch(() => known.get(key)?.driver === driver && known.delete(key));
    for (const [oldest, one] of known) {
      if (usedMs - one.usedMs < IDLE_MS) break;

      known.delete(oldest);
    }
    return driver;
  };
}

type Gateway = RegionSnapshot['gateways'][number];

/**
 * The API groups that an ID, a name or a pattern of names means.
 * @throws {InvalidInputError} `NOT_FOUND` where no group matches, `AMBIGUOUS` where several have the name
 */
export function groupsOf(text: string, region: RegionSnapshot, groups: readonly Gateway[]): readonly Gateway[] {
  const known = groups.find(({ id }) => id === text);
  if (known !== undefined) return [known];

  const found = groups.filter(({ name }) => matches(text, name));
  if (found.length === 0 || text.includes('*')) requireComplete(region, 'gateways');
  if (found.length > 1 && !text.includes('*')) {
    throw new InvalidInputError(
      'AMBIGUOUS',
      `${text} matches several API groups: ${found.map(({ id }) => id).join(', ')}`,
      { remedy: 'Write the ID of the group, or a pattern for all of them.' },
    );
  }
  if (found.length > 0) return found;

  throw new InvalidInputError('NOT_FOUND', `no API group ${text} exists in this account and region`, {
    remedy: 'Check the name, the regions and the accounts of the entry.',
  });
}

/** The driver for an account and region: where roles are assumed. Credentials stay in the worker. */
export type DriverOf = (place: DriverPlace, account: FleetAccount | undefined) => Driver | Promise<Driver>;
