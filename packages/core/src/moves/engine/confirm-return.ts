import { asStep, failing } from '../../do/apply/step.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { recordedState, WHOLE } from '../record/history.js';
import { look } from './arrive.js';
import { leave } from './leave.js';
import { forEach, untilShown, type MoveTools } from './tools.js';
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
  sendBack: (units: readonly PlannedUnit[]) => Promise<unknown>,
): Promise<boolean> {
  const { plan, history, left } = tools;
  const changed = plan.units.filter(({ unit }) => WRITES.some((step) => history.begun(unit.id, step)));
  const watched = changed.filter((one) => !isAwaited(tools, one) && !left.has(one.unit.id));
  if (watched.length === 0) {
    // What was added a moment ago is not removed as long as reads do not show it.
    if (hasAdded(tools)) await untilShown(tools, 'what was added');
    return false;
  }

  const { kind, id: name } = plan.from;
  const step = { unit: WHOLE, step: 'confirm the return', kind: 'verify', resource: { type: kind, name } };
  return asStep(tools, step, async (report) => {
    let usedNew = false;
    let units: readonly PlannedUnit[] = watched;
    for (let round = 1; ; round += 1) {
      report.waiting('answers may be older than the return', 0);
      await untilShown(tools, `the return ${round}`);
      const away = await notReturned(tools, units);
      if (away.length === 0) return usedNew;
      if (round === ROUNDS) {
        const names = away.map((one) => one.name).join(', ');
        throw failing('WAIT_TIMEOUT', `not returned after ${ROUNDS} attempts: ${names}`, AGAIN);
      }

      await sendBack(away);
      usedNew = true;
      units = away;
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

async function notReturned(tools: MoveTools, units: readonly PlannedUnit[]): Promise<readonly PlannedUnit[]> {
  const seen = await forEach(tools, units, async (planned) => {
    const state = recordedState(tools, planned.unit);
    if (state === undefined) return [];

    const found = await look(tools, planned.unit, state, 'look after the return');
    if (found.at === 'elsewhere') await leave(tools, planned, found);
    return found.at === 'old' || found.at === 'elsewhere' ? [] : [planned];
  });
  return seen.flat();
}
