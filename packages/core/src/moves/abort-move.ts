import { beginDrain } from './engine/drain.js';
import { DRAIN_MS, type MoveContext } from './engine/options.js';
import { act, reported, type MoveTools, type StepResult } from './engine/tools.js';
import { rollBack } from './engine/roll-back.js';
import { removeTestRoutes } from './engine/test-route.js';
import { unitsNow, type UnitNow } from './engine/where-now.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { ended, movesIn, openMove, WHOLE } from './record/history.js';
import { whereAll } from './status.js';

/**
 * Ends a move where it stands: what has moved stays, what has not does not move. It can then be finished or rolled back.
 * Where nothing was switched, what the move added is removed at once.
 * @throws {PosternError} `MOVE_ENDED`; `LOCKED` while a run is in progress: interrupt it first
 */
export function abortMove(move: string, context: MoveContext): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  return withRun(context, (records) => {
    const open = openMove(records, move);
    if (open === undefined) throw ended(movesIn(records), move);
    return { does: 'abort', history: open.history, work: abort };
  });
}

async function abort(tools: MoveTools): Promise<LeftMove> {
  const { history } = tools;
  // Something else may have deployed what was prepared.
  const now = await unitsNow(tools);
  if (!now.ok) return notDone(tools, now);
  const isSwitched = ({ planned: { unit }, now: place }: UnitNow): boolean =>
    history.begun(unit.id, 'shift') || place === undefined || !['old', 'elsewhere'].includes(place.at);
  if (!now.value.some(isSwitched)) {
    const back = await reported(tools, 'abort', await rollBack(tools, 0));
    return { state: back.ok ? 'rolled-back' : 'failed', ...whereAll(tools) };
  }
  const cleared = await removeTestRoutes(tools);
  if (!cleared.ok) return notDone(tools, cleared);
  const aborted = await act(tools, WHOLE, 'abort', () => Promise.resolve({ aborted: true }));
  // Something else may have moved a unit moments ago.
  const drain = aborted.ok ? await beginDrain(tools, 'drain after abort', DRAIN_MS) : aborted;
  const seen = drain.ok ? await unitsNow(tools) : drain;
  if (!seen.ok) return notDone(tools, seen);
  for (const { planned, unread } of seen.value) {
    if (unread !== undefined) tools.notes.push(`${planned.name} could not be read: ${unread.code}: ${unread.message}`);
  }
  return { state: 'aborted', ...whereAll(tools) };
}

async function notDone(tools: MoveTools, outcome: StepResult<unknown>): Promise<LeftMove> {
  await reported(tools, 'abort', outcome);
  return { state: 'failed', ...whereAll(tools) };
}
