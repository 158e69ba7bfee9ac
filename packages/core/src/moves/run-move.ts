import { outcomeOf } from '../do/apply/step.js';
import { defined } from '../ground/defined.js';
import { PosternError } from '../ground/errors.js';
import { drainedAt, drainOf, type Drain } from './engine/drain.js';
import type { MoveContext, RunMoveOptions } from './engine/options.js';
import { doPhases } from './engine/phases.js';
import { runOptionsOf } from './engine/run-options.js';
import { reported, type MoveTools } from './engine/tools.js';
import { requireMoved, whereAll } from './engine/where-now.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { finishDrained } from './finish-move.js';
import { confirmPlan } from './plan-again.js';
import { editsOf, isShift, type MovePlan } from './plan/move-plan.js';
import { refuseWritten } from './plan/plan-shift.js';
import { refuseOpenPlan } from './plan/read-move-plan.js';
import { WHOLE } from './record/history.js';
import {
  historyOfRun,
  movesIn,
  openMove,
  requireAlone,
  unlessFinished,
  type RecordedMove,
} from './record/recorded-moves.js';
import { turnBack } from './rollback-move.js';

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

/** The work of a run. `moves`: what the journal shows of others, and of earlier ones. */
export async function forward(
  tools: MoveTools,
  options: RunMoveOptions,
  moves: readonly RecordedMove[],
): Promise<LeftMove> {
  // As `finish` and `rollback` read it: a process that was killed may have recorded only the beginning.
  if (tools.history.begun(WHOLE, 'turn back')) return turnBack(tools, options.drainMs, 'continued');

  // What something else has returned is not moved again, and nothing of the rest is changed.
  const isDrained = drainOf(tools.history, 'drain') !== undefined;
  if (isDrained && !(await outcomeOf(requireMoved(tools))).ok) return { state: 'failed', ...whereAll(tools) };

  const outcome = await reported(tools, 'run', doPhases(tools, options));
  if (outcome.ok) return drained(tools, outcome.value, options, moves);

  const { code } = outcome.error;
  // An abort leaves everything where it is. A failure before the switch puts back what was prepared, too.
  // Shares that something else has set are not this shift's to return.
  const isOfOthers = code === 'WORLD_MOVED' && isShift(tools.plan.request);
  if (code === 'ABORTED' || options.autoRollback === false || isOfOthers)
    return { state: 'failed', ...whereAll(tools) };

  return turnBack(tools, options.drainMs, code);
}

/** After the switch: the move drains, or is finished after its drain. */
async function drained(
  tools: MoveTools,
  drain: Drain,
  { finish }: RunMoveOptions,
  moves: readonly RecordedMove[],
): Promise<LeftMove> {
  if (finish === true) return finishDrained(tools, drain, moves);

  // A shift is not kept before it is promoted.
  const edits = isShift(tools.plan.request) ? [] : editsOf(tools.plan);
  return { state: 'draining', ...whereAll(tools), ...defined({ drainedAt: drainedAt(drain) }), edits };
}
