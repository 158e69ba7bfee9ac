import { defined } from '../ground/defined.js';
import { drainedAt, drainOf, waitForDrain, type Drain } from './engine/drain.js';
import { DRAIN_MS, type RunMoveOptions } from './engine/options.js';
import { phases } from './engine/phases.js';
import { rollBack } from './engine/roll-back.js';
import { act, reported, type MoveTools } from './engine/tools.js';
import { requireMoved } from './engine/where-now.js';
import type { LeftMove } from './engine/with-run.js';
import { finishWork } from './finish-move.js';
import { editsOf, isShift } from './plan/move-plan.js';
import { WHOLE } from './record/history.js';
import type { RecordedMove } from './record/recorded-moves.js';
import { whereAll } from './status.js';

/** The work of a run. `moves`: what the journal shows of others, and of earlier ones. */
export async function forward(
  tools: MoveTools,
  options: RunMoveOptions,
  moves: readonly RecordedMove[],
): Promise<LeftMove> {
  // As `finish` and `rollback` read it: a process that was killed may have recorded only the beginning.
  if (tools.history.begun(WHOLE, 'turn back')) return turnBack(tools, options, 'continued');

  if (drainOf(tools.history, 'drain') !== undefined) {
    const stillMoved = await requireMoved(tools);
    // What something else has returned is not moved again, and nothing of the rest is changed.
    if (!stillMoved.ok) return stateOf(tools, 'failed');
  }

  const outcome = await phases(tools, options);
  if (outcome.ok) return drained(tools, outcome.value, options, moves);

  await reported(tools, 'run', outcome);
  const { code } = outcome.error;
  // An abort leaves everything where it is. A failure before the switch puts back what was prepared, too.
  // Shares that something else has set are not this shift's to return.
  const isOfOthers = code === 'WORLD_MOVED' && isShift(tools.plan.request);
  if (code === 'ABORTED' || options.autoRollback === false || isOfOthers) return stateOf(tools, 'failed');

  return turnBack(tools, options, code);
}

/** After the switch: the move drains, or is finished after its drain. */
async function drained(
  tools: MoveTools,
  drain: Drain,
  { finish }: RunMoveOptions,
  moves: readonly RecordedMove[],
): Promise<LeftMove> {
  if (finish === true) {
    const waited = await waitForDrain(tools, 'drain', drain, { link: tools.plan.from.id });
    return waited.ok ? finishWork(tools, moves) : stateOf(tools, 'failed');
  }

  // A shift is not kept before it is promoted.
  const edits = isShift(tools.plan.request) ? [] : editsOf(tools.plan);
  const at = drainedAt(drain);
  return { ...(await stateOf(tools, 'draining')), ...defined({ drainedAt: at }), edits };
}

/** Returns everything to where it was. */
async function turnBack(tools: MoveTools, { drainMs = DRAIN_MS }: RunMoveOptions, because: string): Promise<LeftMove> {
  const begun = await act(tools, WHOLE, 'turn back', () => Promise.resolve({ because }));
  const back = await reported(tools, 'rollback', begun.ok ? await rollBack(tools, drainMs) : begun);
  return stateOf(tools, back.ok ? 'rolled-back' : 'failed');
}

async function stateOf(tools: MoveTools, state: LeftMove['state']): Promise<LeftMove> {
  return { state, ...(await whereAll(tools)) };
}
