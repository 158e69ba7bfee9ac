import type { StepError } from '../../do/apply/run.js';
import type { MovePosition } from '../../do/move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { look } from './arrive.js';
import { leave } from './leave.js';
import { recordedState } from './recorded-state.js';
import { movedResource } from './switch-unit.js';
import { failing, shown, type MoveTools, type StepResult } from './tools.js';

/** A unit, and where its calls go now; or why that could not be read. */
export interface UnitNow {
  readonly planned: PlannedUnit;
  readonly now: MovePosition | undefined;
  readonly unread?: StepError | undefined;
}

/**
 * Where the calls of each unit go now, as the cloud shows it. A unit of which nothing is recorded was not changed. One that something
 * else deleted or moved is left, and one that cannot be read does not hold up the others. Fails for an abort only.
 */
export async function unitsNow(tools: MoveTools): Promise<StepResult<readonly UnitNow[]>> {
  const units: UnitNow[] = [];
  for (const planned of tools.plan.units) {
    const state = recordedState(tools, planned.unit);
    const seen = state && (await look(tools, planned.unit, state, LAST_LOOK));
    if (seen?.ok === false) {
      if (seen.error.code === 'ABORTED') return seen;
      units.push({ planned, now: undefined, unread: seen.error });
      continue;
    }
    const now = seen?.value ?? lastSeen(tools, planned);
    if (now.at === 'elsewhere') await leave(tools, planned, now);
    units.push({ planned, now });
  }
  return { ok: true, value: units };
}

/** Where a unit was seen last. Before anything of it was recorded, the move has not changed it. */
export function lastSeen({ history }: Pick<MoveTools, 'history'>, { unit }: Pick<PlannedUnit, 'unit'>): MovePosition {
  return (history.seen(unit.id) as MovePosition | undefined) ?? { at: 'old' };
}

/** The step whose answer shows where a unit was when the move ended. */
const LAST_LOOK = 'look at the end';

/**
 * Where each unit is. Fails where a unit that was switched has returned since, and where one cannot be read: each of them is shown.
 * Units that are left do not hold up the others.
 */
export async function requireMoved(tools: MoveTools): Promise<StepResult<readonly UnitNow[]>> {
  const units = await unitsNow(tools);
  if (!units.ok) return units;
  let outcome: StepResult<readonly UnitNow[]> = units;
  for (const { planned, now, unread } of units.value) {
    if (now !== undefined && (!isSwitched(tools, planned) || now.at === 'new' || now.at === 'elsewhere')) continue;
    const { unit, name } = planned;
    const step = { unit: unit.id, step: `find ${name}`, kind: 'verify', resource: movedResource(planned) };
    const moved = (place: string) => failing('WORLD_MOVED', `${name} is not on ${unit.to.id} any more: ${place}`, END);
    const failed = unread === undefined ? moved(placeText(planned, now)) : { ok: false as const, error: unread };
    outcome = await shown(tools, step, () => Promise.resolve(failed));
  }
  return outcome;
}

const END =
  'Something else changed it. `postern migrate rollback` returns all of the move; `postern migrate abort` and `finish` end it, and keep the current state.';

/** Whether this move has switched a unit. */
export function isSwitched({ history }: Pick<MoveTools, 'history'>, { unit }: PlannedUnit): boolean {
  return history.last(unit.id, 'settle') !== undefined;
}

function placeText({ unit }: PlannedUnit, now: MovePosition | undefined): string {
  if (now?.at === 'old') return `it is on ${unit.from.id}`;
  return now?.at === 'canary' ? `${now.percent ?? 0} % of its calls use it` : 'it is moving';
}
