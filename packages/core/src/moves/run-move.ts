import { PosternError } from '../ground/errors.js';
import type { MoveContext, RunMoveOptions } from './engine/options.js';
import { runOptionsOf } from './engine/run-options.js';
import { withRun } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { forward } from './forward.js';
import { confirmPlan } from './plan-again.js';
import type { MovePlan } from './plan/move-plan.js';
import { refuseWritten } from './plan/plan-shift.js';
import { refuseOpenPlan } from './plan/read-move-plan.js';
import { historyOfRun, movesIn, openMove, requireAlone, unlessFinished } from './record/recorded-moves.js';

/**
 * Carries out a plan of a move: widens, tests, switches in batches, verifies, and begins the drain. It first reads the
 * current state and plans again: the parts that move must be those of the plan. A run that was killed or aborted is
 * continued by the same plan: the journal shows what was there before, the cloud shows where each part is.
 *
 * Failed steps are events, not exceptions: everything is as before then, unless `autoRollback` is false.
 *
 * @throws {PosternError} `FINDINGS_FAILED` for open to-dos and undecided errors; `WEIGHTS_OWNED`; `WORLD_MOVED`; `MOVE_OPEN`;
 *   `MOVE_ENDED` for a move that was aborted, or was finished before; `LOCKED`; `UNSUPPORTED_VERSION`; `ABORTED` after the last event;
 *   `JOURNAL_WRITE_FAILED`. {InvalidInputError} `INVALID_INPUT` for options, and for a plan that was edited.
 */
export function runMove(
  plan: MovePlan,
  move: MoveContext,
  given: RunMoveOptions = {},
): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  const options = runOptionsOf(plan, move.driver, given);
  return withRun(move, async (records) => {
    const moves = movesIn(records);
    const history = historyOfRun(plan, moves);
    if (!history.continued) {
      const begun = history.plan.move;
      await unlessFinished(
        () => Promise.resolve(records),
        begun,
        () => confirmPlan(plan, move, options),
      );
    }
    return { does: 'run', history, work: (tools) => forward(tools, options, moves) };
  });
}

/**
 * What a run refuses before its first change, as far as the plan, its options and the journal show it. Undefined: nothing.
 * The cloud is not read: a run plans again, and may find another state.
 */
export async function refusalOf(
  plan: MovePlan,
  move: MoveContext,
  given: RunMoveOptions = {},
): Promise<PosternError | undefined> {
  try {
    runOptionsOf(plan, move.driver, given);
    const records = await move.journal.read();
    if (openMove(records, plan.move) !== undefined) return undefined;

    requireAlone(movesIn(records), plan);
    refuseOpenPlan(plan);
    refuseWritten(plan, given.despiteOwner);
    return undefined;
  } catch (error) {
    if (error instanceof PosternError) return error;

    throw error;
  }
}
