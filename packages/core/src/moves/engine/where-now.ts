import { beginStep, failing, FailedStep, outcomeOf } from '../../do/apply/step.js';
import type { StepError } from '../../do/apply/run.js';
import type { MovePosition } from '../../do/move-driver.js';
import { commandsOf, type PlannedUnit } from '../plan/move-plan.js';
import type { MoveResult } from '../events.js';
import { recordedState } from '../record/history.js';
import { look } from './arrive.js';
import { leave } from './leave.js';
import { unitStep, untilShown, type MoveTools } from './tools.js';

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
export async function unitsNow(tools: MoveTools): Promise<readonly UnitNow[]> {
  const units: UnitNow[] = [];
  for (const planned of tools.plan.units) units.push(await unitNow(tools, planned, LAST_LOOK));
  // An older answer may show a unit as it was before its switch.
  const isDoubtful = ({ planned, now }: UnitNow): boolean =>
    now !== undefined && now.exists !== false && now.at !== 'new' && isSwitched(tools, planned);
  if (units.some(isDoubtful)) await untilShown(tools, 'the switch');
  const all: UnitNow[] = [];
  for (const one of units) {
    const sure = isDoubtful(one) ? await unitNow(tools, one.planned, `${LAST_LOOK}, later`) : one;
    if (sure.now?.at === 'elsewhere') await leave(tools, sure.planned, sure.now);
    all.push(sure);
  }
  return all;
}

async function unitNow(tools: MoveTools, planned: PlannedUnit, id: `look${string}`): Promise<UnitNow> {
  const state = recordedState(tools, planned.unit);
  const seen = state && (await outcomeOf(look(tools, planned.unit, state, id)));
  if (seen?.ok !== false) return { planned, now: seen?.value ?? lastSeen(tools, planned) };
  if (seen.error.code === 'ABORTED') throw new FailedStep(seen.error);

  return { planned, now: undefined, unread: seen.error };
}

/** Where a unit was seen last. Before anything of it was recorded, the move has not changed it. */
export function lastSeen(
  { history }: Pick<MoveTools, 'history'>,
  { unit }: { readonly unit: Pick<PlannedUnit['unit'], 'id'> },
): MovePosition {
  return (history.seen(unit.id) as MovePosition | undefined) ?? { at: 'old' };
}

/** The step whose answer shows where a unit was when the move ended. */
const LAST_LOOK = 'look at the end';

/**
 * Where each unit is. Fails where a unit that was switched has returned since, and where one cannot be read: each of them is shown.
 * Units that are left do not hold up the others.
 */
export async function requireMoved(tools: MoveTools): Promise<readonly UnitNow[]> {
  const units = await unitsNow(tools);
  let failed: StepError | undefined;
  for (const { planned, now, unread } of units) {
    if (now !== undefined && (!isSwitched(tools, planned) || now.at === 'new' || now.at === 'elsewhere')) continue;

    const { unit, name } = planned;
    const message = `${name} is not on ${unit.to.id} any more: ${placeText(planned, now)}`;
    failed = unread ?? failing('WORLD_MOVED', message, exitsOf(tools)).error;
    beginStep(tools, unitStep(planned, 'verify', `find ${name}`))({ ok: false, error: failed });
  }
  if (failed !== undefined) throw new FailedStep(failed);

  return units;
}

/** The commands that end a move of which something else has returned a part. */
function exitsOf({ plan, history: { id } }: MoveTools): string {
  const { rollback, finish, abort, leave } = commandsOf(plan);
  const stay =
    rollback === abort
      ? `\`postern ${leave} ${id}\` ends it, and keeps`
      : `\`postern ${abort} ${id}\` and \`postern ${finish} ${id}\` end it, and keep`;
  return `Something else changed it. \`postern ${rollback} ${id}\` returns all of the move; ${stay} the current state.`;
}

/** Whether this move has switched a unit. */
export function isSwitched({ history }: Pick<MoveTools, 'history'>, { unit }: PlannedUnit): boolean {
  return history.last(unit.id, 'settle') !== undefined;
}

function placeText({ unit }: PlannedUnit, now: MovePosition | undefined): string {
  if (now?.at === 'old') return `it is on ${unit.from.id}`;

  return now?.at === 'canary' ? `${now.percent ?? 0} % of its calls use it` : 'it is moving';
}

/** The units by where they were seen last: this reads nothing more. */
export function whereAll({ plan, history }: MoveTools): Pick<MoveResult, 'onNew' | 'onOld' | 'elsewhere'> {
  const on = (isThere: (at: MovePosition['at']) => boolean): readonly string[] =>
    plan.units.filter(({ unit }) => isThere(lastSeen({ history }, { unit }).at)).map(({ unit }) => unit.id);
  return {
    onNew: on((at) => at === 'new'),
    onOld: on((at) => at !== 'new' && at !== 'elsewhere'),
    elsewhere: on((at) => at === 'elsewhere'),
  };
}
