import type { MoveState, MoveUnit } from '../../do/move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { unitsByGateway } from '../plan/units-of.js';
import { WHOLE, type MoveHistory } from '../record/history.js';
import type { Json } from '../../ground/json.js';
import { look } from './arrive.js';
import { leave, orLeft } from './leave.js';
import { act, DONE, once, type Failed, type MoveTools, type StepResult } from './tools.js';

/**
 * Records what the units of one gateway were before any of them moves: what they share, such as a stage, is later as the first
 * of them left it.
 */
export async function captureShared(tools: MoveTools): Promise<StepResult<null>> {
  const { moves } = tools.driver;
  const shared = [...unitsByGateway(tools.plan.units).values()].filter((units) => units.length > 1).flat();
  const captured = await tools.each(shared, async (planned) => {
    const { unit } = planned;
    const read = await once(tools, unit.id, 'capture', (ctx) => moves.capture(unit, ctx));
    return orLeft<Json>(tools, planned, read, { instead: null });
  });
  return captured.find((one): one is Failed => !one.ok) ?? DONE;
}

/** What a unit was before, and what was created for it. Both are recorded once, before anything is changed. */
export async function unitState(tools: MoveTools, unit: MoveUnit): Promise<StepResult<MoveState>> {
  const { moves } = tools.driver;
  const captured = await once(tools, unit.id, 'capture', (ctx) => moves.capture(unit, ctx));
  if (!captured.ok) return captured;

  const state = { captured: captured.value };
  const prepared = await once(tools, unit.id, 'prepare', (ctx) => moves.prepare(unit, state, ctx), {
    needsAgain: true,
  });
  return prepared.ok ? { ok: true, value: { ...state, prepared: prepared.value } } : prepared;
}

/** The state in a saved plan, where the journal of the move is lost; undefined where the journal has it. */
export function plannedState(history: MoveHistory, { id }: MoveUnit): MoveState | undefined {
  if (history.continued && !history.begun(WHOLE, FROM_PLAN)) return undefined;

  const captured = history.plan.captured?.[id];
  return captured === undefined ? undefined : { captured };
}

/** Nothing was prepared. */
const NONE: StepResult<Json[]> = { ok: true, value: [] };

/** The step that shows later processes that the journal began with a saved plan. */
const FROM_PLAN = 'states of the saved plan';

/**
 * Records the states of a saved plan as those of the move, where the journal began with it. What a unit moved to is looked for;
 * a unit that is on its old link was not moved. Changes nothing in the cloud. A unit that is on neither link is left.
 */
export async function recoverStates(tools: MoveTools): Promise<StepResult<null>> {
  const { plan, history } = tools;
  if (history.continued && !history.begun(WHOLE, FROM_PLAN)) return DONE;

  const begun = await once(tools, WHOLE, FROM_PLAN, () => Promise.resolve(null));
  if (!begun.ok) return begun;

  for (const one of plan.units) {
    const recovered = await recoverState(tools, one);
    if (!recovered.ok) return recovered;
  }
  return DONE;
}

async function recoverState(tools: MoveTools, one: PlannedUnit): Promise<StepResult<null>> {
  const { history, driver } = tools;
  const { unit } = one;
  const planned = plannedState(history, unit);
  if (planned === undefined) return DONE;

  const captured = await once(tools, unit.id, 'capture', () => Promise.resolve(planned.captured));
  if (!captured.ok) return captured;

  const seen = await look(tools, unit, planned);
  if (!seen.ok) return seen;
  if (seen.value.at === 'old' || history.first(unit.id, 'prepare') !== undefined) return DONE;

  const preparation =
    seen.value.exists === false
      ? NONE
      : await act(tools, unit.id, 'find prepared', async (ctx): Promise<Json[]> => {
          const prepared = await driver.moves.findPrepared(unit, planned, ctx);
          return prepared === undefined ? [] : [prepared];
        });
  if (!preparation.ok) return orLeft(tools, one, preparation, { instead: null });

  const [prepared] = preparation.value;
  const current = prepared === undefined ? seen : await look(tools, unit, { ...planned, prepared });
  if (!current.ok) return current;

  const { at } = current.value;
  if (at === 'elsewhere') {
    await leave(tools, one, current.value);
    return DONE;
  }
  if (prepared === undefined) return DONE;

  const recorded = await once(tools, unit.id, 'prepare', () => Promise.resolve(prepared));
  return recorded.ok ? DONE : recorded;
}
