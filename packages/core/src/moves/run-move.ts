import { beginRun, readRun } from './begin.js';
import type { MoveContext, RunMoveOptions } from './engine/options.js';
import { withRun } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { forward } from './forward.js';
import type { MovePlan } from './plan/move-plan.js';
import { movesIn } from './record/history.js';

/**
 * Carries out a plan of a move: widens, tests, switches in batches, verifies, and begins the drain. It first reads the
 * current state and plans again: the parts that move must be those of the plan. A run that was killed or aborted is
 * continued by the same plan: the journal shows what was there before, the cloud shows where each part is.
 *
 * Failed steps are events, not exceptions: everything is as before then, unless `autoRollback` is false.
 *
 * @throws {PosternError} `FINDINGS_FAILED` for open to-dos and undecided errors; `WORLD_MOVED`; `MOVE_OPEN`;
 *   `MOVE_ENDED` for a move that was aborted, or was finished before; `LOCKED`; `UNSUPPORTED_VERSION`; `ABORTED` after the last event;
 *   `JOURNAL_WRITE_FAILED`. {InvalidInputError} `INVALID_INPUT` for options, and for a plan that was edited.
 */
export function runMove(
  plan: MovePlan,
  move: MoveContext,
  given: RunMoveOptions = {},
): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  const options = readRun(plan, move, given);
  return withRun(move, async (records) => {
    const history = await beginRun(plan, records, move, options);
    return { does: 'run', history, work: (tools) => forward(tools, options, movesIn(records)) };
  });
}
