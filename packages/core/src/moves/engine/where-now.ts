import type { MovePosition } from '../../move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { look } from './arrive.js';
import { resourceOf } from './switch-unit.js';
import { DONE, failing, shown, type MoveTools, type Outcome } from './tools.js';
import { recordedState } from './unit-state.js';

/** A unit, and where its calls go now. */
export interface UnitNow {
  readonly planned: PlannedUnit;
  readonly now: MovePosition;
}

/** Where the calls of each unit go now, as the cloud shows it. A unit of which nothing is recorded was not changed. */
export async function unitsNow(tools: MoveTools): Promise<Outcome<readonly UnitNow[]>> {
  const units: UnitNow[] = [];
  for (const planned of tools.plan.units) {
    const state = recordedState(tools, planned.unit);
    const seen = state && (await look(tools, planned.unit, state, LAST_LOOK));
    if (seen?.ok === false) return seen;
    units.push({ planned, now: seen?.value ?? { at: 'old' } });
  }
  return { ok: true, value: units };
}

/** The step whose answer shows where a unit was when the move ended. */
export const LAST_LOOK = 'look at the end';

/** Fails where a unit that was switched is not on the new link any more: something else changed it since. */
export async function requireMoved(tools: MoveTools): Promise<Outcome<null>> {
  const units = await unitsNow(tools);
  if (!units.ok) return units;
  const left = units.value.find(({ planned, now }) => isSwitched(tools, planned) && now.at !== 'new');
  if (left === undefined) return DONE;
  const { planned, now } = left;
  const { unit, name } = planned;
  const step = { unit: unit.id, step: `find ${name}`, kind: 'verify', resource: resourceOf(planned) };
  return shown(tools, step, () =>
    Promise.resolve(
      failing('WORLD_MOVED', `${name} is not on ${unit.to.id} any more: ${placeText(planned, now)}`, END),
    ),
  );
}

const END =
  'Something else changed it. `postern migrate rollback` returns all of the move; `postern migrate abort` and `finish` end it, and keep the current state.';

/** Whether this move has switched a unit. */
export function isSwitched({ history }: Pick<MoveTools, 'history'>, { unit }: PlannedUnit): boolean {
  return history.last(unit.id, 'settle') !== undefined;
}

function placeText({ unit }: PlannedUnit, { at, percent, found }: MovePosition): string {
  if (at === 'old') return `it is on ${unit.from.id}`;
  if (at === 'canary') return `${percent ?? 0} % of its calls use it`;
  return found ?? (at === 'moving' ? 'it is moving' : 'it is on neither link');
}
