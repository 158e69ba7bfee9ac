import { InvalidInputError } from '../ground/errors.js';
import type { Json } from '../ground/json.js';
import { checkRunOptions, DRAIN_MS, SHIFT_DRAIN_MS, type MoveContext } from './engine/options.js';
import { rollBack } from './engine/roll-back.js';
import { act, reported, type MoveTools } from './engine/tools.js';
import { recoverStates } from './engine/unit-state.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { WHOLE, type MoveHistory } from './record/history.js';
import { ended, isNamed, movesIn, newHistory, openMove } from './record/recorded-moves.js';
import { requireWayBack } from './judge-return.js';
import type { RollbackMoveOptions } from './rollback-options.js';
import { requireUnedited } from './plan/read-move-plan.js';
import { isShift, type MovePlan } from './plan/move-plan.js';
import { whereAll } from './status.js';

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
    const history = openMove(records, id)?.history ?? fromPlan(move, records);
    const turned = history.begun(WHOLE, 'turn back');
    const shifts = isShift(history.plan.request);
    const { drainMs = shifts ? SHIFT_DRAIN_MS : DRAIN_MS } = options;
    const isJudged = !turned && !shifts && options.force !== true;
    if (isJudged) await requireWayBack(history, context, options);
    return {
      does: 'rollback',
      history,
      work: (tools) => returnWork({ ...tools, isForced: options.force === true, isJudged }, drainMs),
    };
  });
}

export async function returnWork(tools: MoveTools, drainMs: number): Promise<LeftMove> {
  const recovered = await recoverStates(tools);
  const turn = (): Promise<Json> => Promise.resolve({ because: 'rollback' });
  const begun = recovered.ok ? await act(tools, WHOLE, 'turn back', turn) : recovered;
  const back = await reported(tools, 'rollback', begun.ok ? await rollBack(tools, drainMs) : begun);
  return { state: back.ok ? 'rolled-back' : 'failed', ...whereAll(tools) };
}

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
