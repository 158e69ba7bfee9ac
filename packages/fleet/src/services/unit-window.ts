import type { Unit } from '@postern/core/internal/library';
import { placeKey } from './place-work.js';

/**
 * So many units of a run are open at the same time. A step that waits for its turn in an account and region asks the engine for it, and the
 * engine carries out 1,000 invocations of a partition at once ("concurrent-invocations-limit" of the configuration of Restate 1.7). Where
 * open units take all of them, no turn is given any more, and no unit goes on: 10,000 units at once did so. 2,000 were too many for the
 * heaps of three workers. [M]
 */
const OPEN_UNITS = 1_000;

/** More units side by side are no faster in an account and region: a link each 15 s, `PENDING` for some minutes, and ten calls a second. */
const MOST_IN_PLACE = 16;
const LEAST_IN_PLACE = 2;

/** Which units of a plan may begin now: so many of each account and region are open. `beside`: so many specs go on at the same time. */
export function unitWindow(units: readonly Unit[], beside: number) {
  const placeOf = new Map(units.map((unit) => [unit, placeKey(unit)]));
  const places = new Set(placeOf.values()).size;
  const fair = Math.floor(OPEN_UNITS / Math.max(1, beside * places));
  const most = Math.min(MOST_IN_PLACE, Math.max(LEAST_IN_PLACE, fair));
  const open = new Map<string | undefined, number>();
  const openBeside = (unit: Unit): number => open.get(placeOf.get(unit)) ?? 0;
  const add = (unit: Unit, count: number): void => void open.set(placeOf.get(unit), openBeside(unit) + count);
  return {
    hasRoom: (unit: Unit): boolean => openBeside(unit) < most,
    begun: (unit: Unit): void => add(unit, 1),
    ended: (unit: Unit): void => add(unit, -1),
  };
}
