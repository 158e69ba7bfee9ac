import type { CallContext } from '../../ground/calls/call-context.js';
import type { Json } from '../../ground/json.js';
import type { MoveState, MoveUnit } from '../../do/move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { unitsByGateway } from '../plan/units-of.js';
import { WHOLE, type MoveHistory } from '../record/history.js';
import { look } from './arrive.js';
import { leave, orLeft } from './leave.js';
import { act, forEach, once, type MoveTools } from './tools.js';

/**
 * Records what the units of one gateway were before any of them moves: what they share, such as a stage, is later as the first
 * of them left it.
 */
export async function captureShared(tools: MoveTools): Promise<void> {
  const shared = [...unitsByGateway(tools.plan.units).values()].filter((units) => units.length > 1).flat();
  await forEach(tools, shared, (planned) => orLeft(tools, planned, captured(tools, planned.unit)));
}

function captured(tools: MoveTools, unit: MoveUnit): Promise<Json> {
  return once(tools, unit.id, 'capture', (ctx) => tools.driver.moves.capture(unit, ctx));
}

/** What a unit was before, and what was created for it. Both are recorded once, before anything is changed. */
export async function unitState(tools: MoveTools, unit: MoveUnit): Promise<MoveState> {
  const state = { captured: await captured(tools, unit) };
  const prepare = (ctx: CallContext): Promise<Json> => tools.driver.moves.prepare(unit, state, ctx);
  return { ...state, prepared: await once(tools, unit.id, 'prepare', prepare, { needsAgain: true }) };
}

/** The state in a saved plan, where the journal of the move is lost; undefined where the journal has it. */
export function plannedState(history: MoveHistory, { id }: MoveUnit): MoveState | undefined {
  if (history.continued && !history.begun(WHOLE, FROM_PLAN)) return undefined;

  const saved = history.plan.captured?.[id];
  return saved === undefined ? undefined : { captured: saved };
}

/** The step that shows later processes that the journal began with a saved plan. */
const FROM_PLAN = 'states of the saved plan';

/**
 * Records the states of a saved plan as those of the move, where the journal began with it. What a unit moved to is looked for;
 * a unit that is on its old link was not moved. Changes nothing in the cloud. A unit that is on neither link is left.
 */
export async function recoverStates(tools: MoveTools): Promise<void> {
  const { plan, history } = tools;
  if (history.continued && !history.begun(WHOLE, FROM_PLAN)) return;

  await once(tools, WHOLE, FROM_PLAN, () => Promise.resolve(null));
  for (const one of plan.units) await recoverState(tools, one);
}

async function recoverState(tools: MoveTools, one: PlannedUnit): Promise<void> {
  const { history, driver } = tools;
  const { unit } = one;
  const planned = plannedState(history, unit);
  if (planned === undefined) return;

  await once(tools, unit.id, 'capture', () => Promise.resolve(planned.captured));
  let seen = await look(tools, unit, planned);
  if (seen.at === 'old' || history.first(unit.id, 'prepare') !== undefined) return;

  const find = async (ctx: CallContext): Promise<readonly Json[]> => {
    const prepared = await driver.moves.findPrepared(unit, planned, ctx);
    return prepared === undefined ? [] : [prepared];
  };
  const found = seen.exists === false ? [] : await orLeft(tools, one, act(tools, unit.id, 'find prepared', find));
  if (found === undefined) return;

  const [prepared] = found;
  if (prepared !== undefined) seen = await look(tools, unit, { ...planned, prepared });
  if (seen.at === 'elsewhere') await leave(tools, one, seen);
  else if (prepared !== undefined) await once(tools, unit.id, 'prepare', () => Promise.resolve(prepared));
}
