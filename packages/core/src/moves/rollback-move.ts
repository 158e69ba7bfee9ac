import { InvalidInputError } from '../ground/errors.js';
import { checkRunOptions, DRAIN_MS, SHIFT_DRAIN_MS, type MoveContext } from './engine/options.js';
import { undoPhases } from './engine/phases.js';
import { act, reported, type MoveTools } from './engine/tools.js';
import { recoverStates } from './engine/unit-state.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { recordedState, WHOLE, type MoveHistory } from './record/history.js';
import { ended, isLatest, isNamed, movesIn, newHistory, openMove, type RecordedMove } from './record/recorded-moves.js';
import { widenedAgain } from './engine/widen.js';
import { requireWayBack } from './judge-return.js';
import type { RollbackMoveOptions } from './engine/options.js';
import { requireUnedited } from './plan/read-move-plan.js';
import { isShift, type MovePlan } from './plan/move-plan.js';
import { whereAll } from './engine/where-now.js';

/**
 * Returns a move to its recorded state, from every phase: units go back to the old link, settings are restored, and after
 * a drain what the move added is removed. The move back is validated first. `move` is its ID; or its plan, where the
 * journal is lost: then what the move added is not known, and stays.
 * @throws {PosternError} `FINDINGS_FAILED`; `MOVE_ENDED` after `finish`; as `runMove`.
 */
export function rollbackMove(
  move: string | MovePlan,
  context: MoveContext,
  options: RollbackMoveOptions = {},
): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  checkRunOptions({ drainMs: options.drainMs });
  if (typeof move !== 'string') requireUnedited(move);
  const id = typeof move === 'string' ? move : move.move;
  return withRun(context, async (records) => {
    const open = openMove(records, id)?.history;
    const again = open === undefined ? await undoneReturn(movesIn(records), id, context) : undefined;
    const history = open ?? again ?? fromPlan(move, records);
    const turned = history.begun(WHOLE, 'turn back');
    const shifts = isShift(history.plan.request);
    const { drainMs = shifts ? SHIFT_DRAIN_MS : DRAIN_MS } = options;
    const isJudged = !turned && !shifts && options.force !== true;
    if (isJudged) await requireWayBack(history, context, options);
    return {
      does: 'rollback',
      history,
      reopens: again !== undefined,
      work: (tools) =>
        turnBack({ ...tools, isForced: options.force === true, isJudged, isAgain: again !== undefined }, drainMs),
    };
  });
}

/**
 * A move that has returned, and of which the cloud shows something else: a unit on the new link, or an entry that the return removed. What
 * was on its way to the cloud came late, or something else sent it there. Undefined: nothing shows that.
 */
async function undoneReturn(
  moves: readonly RecordedMove[],
  id: string,
  { driver, context }: MoveContext,
): Promise<MoveHistory | undefined> {
  const last = moves.findLast((one) => isNamed(one, id));
  if (last?.ended !== 'rolled-back' || !isLatest(moves, last)) return undefined;

  const { history } = last;
  for (const { unit } of history.plan.units) {
    const state = recordedState({ history }, unit);
    const { at = 'old' } = state === undefined ? {} : await driver.moves.where(unit, state, context);
    if (at !== 'old' && at !== 'elsewhere') return history;
  }
  const entries = await widenedAgain(last, driver, context);
  return entries.length > 0 ? history : undefined;
}

/** Returns everything to where it was. `because`: why, as the journal has it; the code of an error, where a run turns back. */
export async function turnBack(tools: MoveTools, drainMs = DRAIN_MS, because = ASKED): Promise<LeftMove> {
  const work = async (): Promise<void> => {
    if (because === ASKED) await recoverStates(tools);
    await act(tools, WHOLE, 'turn back', () => Promise.resolve({ because }));
    await undoPhases(tools, drainMs);
  };
  const back = await reported(tools, 'rollback', work());
  return { state: back.ok ? 'rolled-back' : 'failed', ...whereAll(tools) };
}

/** Its operator asked for the return. */
const ASKED = 'rollback';

/** Without a record, the plan alone says which link each unit used, and what it was. */
function fromPlan(move: string | MovePlan, records: Parameters<typeof movesIn>[0]): MoveHistory {
  const moves = movesIn(records);
  const id = typeof move === 'string' ? move : move.move;
  if (typeof move === 'string' || moves.some((one) => isNamed(one, id))) throw ended(moves, id);

  const { units, captured = {} } = move;
  const unknown = units.find(({ unit }) => captured[unit.id] === undefined);
  if (unknown !== undefined) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `the plan does not have the state of ${unknown.name} before the move`,
      {
        remedy: 'Run the command in the folder in which the move was run, or plan a move back.',
      },
    );
  }

  return newHistory(move, moves);
}
