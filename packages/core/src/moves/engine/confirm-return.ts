import { asStep } from '../../do/apply/step.js';
import { untilReadsShow } from '../../do/apply/unseen.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { WHOLE } from '../record/history.js';
import { look } from './arrive.js';
import { leave } from './leave.js';
import { recordedState } from './recorded-state.js';
import { DONE, failing, type MoveTools, type StepResult } from './tools.js';
import { widenedEntries } from './widen.js';

/** What was sent by a process that ended may take effect after a return: then it is returned again. */
const ROUNDS = 4;

/** The steps of a unit that change the cloud. */
const WRITES = ['prepare', 'shift', 'back'] as const;

/**
 * Looks at units that were returned once no answer can be older than the last write, and sends those back again that are not on the
 * old link. Until then "as before" is not known: each read may show the time before the switch. Whether calls may have used the new link.
 */
export async function confirmReturn(
  tools: MoveTools,
  sendBack: (units: readonly PlannedUnit[]) => Promise<StepResult<boolean>>,
): Promise<StepResult<boolean>> {
  const { plan, history, left } = tools;
  const changed = plan.units.filter(({ unit }) => WRITES.some((step) => history.begun(unit.id, step)));
  const watched = changed.filter((one) => !isAwaited(tools, one) && !left.has(one.unit.id));
  if (watched.length === 0) {
    // What was added a moment ago is not removed as long as reads do not show it.
    const waited = hasAdded(tools) ? await untilReadsShow(tools.run(WHOLE), 'what was added') : DONE;
    return waited.ok ? { ok: true, value: false } : waited;
  }

  const { kind, id: name } = plan.from;
  const step = { unit: WHOLE, step: 'confirm the return', kind: 'verify', resource: { type: kind, name } };
  return asStep(tools, step, async (report): Promise<StepResult<boolean>> => {
    let usedNew = false;
    let units: readonly PlannedUnit[] = watched;
    for (let round = 1; ; round += 1) {
      report.waiting('answers may be older than the return', 0);
      const waited = await untilReadsShow(tools.run(WHOLE), `the return ${round}`);
      if (!waited.ok) return waited;

      const away = await notReturned(tools, units);
      if (!away.ok) return away;
      if (away.value.length === 0) return { ok: true, value: usedNew };
      if (round === ROUNDS) {
        const names = away.value.map((one) => one.name).join(', ');
        return failing('WAIT_TIMEOUT', `not returned after ${ROUNDS} attempts: ${names}`, AGAIN);
      }

      const again = await sendBack(away.value);
      if (!again.ok) return again;

      usedNew = true;
      units = away.value;
    }
  });
}

/** Whether the move has added something that its return removes. */
function hasAdded({ plan, history }: MoveTools): boolean {
  return widenedEntries(plan, history).length > 0 || plan.units.some(({ unit }) => history.begun(unit.id, 'prepare'));
}

const AGAIN = 'Run the command again. Where it ends so again, find out what else changes them.';

/** The cloud shows that such a unit moves, and its end was awaited for as long as answers may be older. */
function isAwaited({ driver }: MoveTools, { unit }: PlannedUnit): boolean {
  return driver.moves.traits(unit.gateway.kind).showsMoving;
}

async function notReturned(
  tools: MoveTools,
  units: readonly PlannedUnit[],
): Promise<StepResult<readonly PlannedUnit[]>> {
  const seen = await tools.each(units, async (planned): Promise<StepResult<readonly PlannedUnit[]>> => {
    const state = recordedState(tools, planned.unit);
    if (state === undefined) return { ok: true, value: [] };

    const found = await look(tools, planned.unit, state, 'look after the return');
    if (!found.ok) return found;

    if (found.value.at === 'elsewhere') await leave(tools, planned, found.value);
    return { ok: true, value: found.value.at === 'old' || found.value.at === 'elsewhere' ? [] : [planned] };
  });
  const failed = seen.find(({ ok }) => !ok);
  if (failed !== undefined && !failed.ok) return failed;

  return { ok: true, value: seen.flatMap((one) => (one.ok ? one.value : [])) };
}
