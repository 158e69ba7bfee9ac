import type { MoveState, MoveUnit } from '../../move-driver.js';
import { unitsByGateway } from '../plan/units-of.js';
import { WHOLE, type MoveHistory } from '../record/history.js';
import { FIND_OUT, look } from './arrive.js';
import { act, DONE, failing, once, shown, type Failed, type MoveTools, type Outcome } from './tools.js';

/**
 * Records what the units of one gateway were before any of them moves: what they share, such as a stage, is later as the first
 * of them left it.
 */
export async function captureShared(tools: MoveTools): Promise<Outcome<null>> {
  const { moves } = tools.driver;
  const shared = [...unitsByGateway(tools.plan.units).values()].filter((units) => units.length > 1).flat();
  const captured = await Promise.all(
    shared.map(({ unit }) => once(tools, unit.id, 'capture', (ctx) => moves.capture(unit, ctx))),
  );
  return captured.find((one): one is Failed => !one.ok) ?? DONE;
}

/** What a unit was before, and what was created for it. Both are recorded once, before anything is changed. */
export async function unitState(tools: MoveTools, unit: MoveUnit): Promise<Outcome<MoveState>> {
  const { moves } = tools.driver;
  const captured = await once(tools, unit.id, 'capture', (ctx) => moves.capture(unit, ctx));
  if (!captured.ok) return captured;
  const state = { captured: captured.value };
  const prepared = await once(tools, unit.id, 'prepare', (ctx) => moves.prepare(unit, state, ctx));
  return prepared.ok ? { ok: true, value: { ...state, prepared: prepared.value } } : prepared;
}

/** The recorded state; undefined where nothing was captured, so nothing was changed. */
export function recordedState({ history }: Pick<MoveTools, 'history'>, { id }: MoveUnit): MoveState | undefined {
  const captured = history.first(id, 'capture');
  if (captured === undefined) return undefined;
  const prepared = history.first(id, 'prepare');
  return prepared === undefined ? { captured } : { captured, prepared };
}

/** The state in a saved plan, where the journal of the move is lost; undefined where the journal has it. */
export function plannedState(history: MoveHistory, { id }: MoveUnit): MoveState | undefined {
  if (history.continued && !history.begun(WHOLE, FROM_PLAN)) return undefined;
  const captured = history.plan.captured?.[id];
  return captured === undefined ? undefined : { captured };
}

/** The step that shows later processes that the journal began with a saved plan. */
const FROM_PLAN = 'states of the saved plan';

/**
 * Records the states of a saved plan as those of the move, where the journal began with it. What a unit moved to is looked for;
 * a unit that is on its old link was not moved. Changes nothing in the cloud: a unit that is on neither link ends it.
 */
export async function recoverStates(tools: MoveTools): Promise<Outcome<null>> {
  const { plan, history, driver } = tools;
  if (history.continued && !history.begun(WHOLE, FROM_PLAN)) return DONE;
  const begun = await once(tools, WHOLE, FROM_PLAN, () => Promise.resolve(null));
  if (!begun.ok) return begun;
  for (const { unit } of plan.units) {
    const planned = plannedState(history, unit);
    if (planned === undefined) continue;
    const captured = await once(tools, unit.id, 'capture', () => Promise.resolve(planned.captured));
    if (!captured.ok) return captured;
    const seen = await look(tools, unit, planned);
    if (!seen.ok) return seen;
    if (seen.value.at === 'old' || history.first(unit.id, 'prepare') !== undefined) continue;
    const made = await act(tools, unit.id, 'find prepared', async (ctx) => {
      const prepared = await driver.moves.findPrepared(unit, planned, ctx);
      return prepared === undefined ? [] : [prepared];
    });
    if (!made.ok) return made;
    const [prepared] = made.value;
    const there = prepared === undefined ? seen : await look(tools, unit, { ...planned, prepared });
    if (!there.ok) return there;
    const { at, found } = there.value;
    if (prepared === undefined || at === 'elsewhere') return isElsewhere(tools, unit, found);
    const recorded = await once(tools, unit.id, 'prepare', () => Promise.resolve(prepared));
    if (!recorded.ok) return recorded;
  }
  return DONE;
}

function isElsewhere(tools: MoveTools, unit: MoveUnit, found = 'something else changed it'): Promise<Outcome<null>> {
  const resource = { type: unit.gateway.kind, name: unit.gateway.id };
  const failed = failing('WORLD_MOVED', `${unit.id} is on neither link: ${found}`, FIND_OUT);
  return shown(tools, { unit: unit.id, step: `find ${unit.id}`, kind: 'return', resource }, () =>
    Promise.resolve(failed),
  );
}
