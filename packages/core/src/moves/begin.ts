import type { JournalRecord } from '../do/apply/journal.js';
import type { DriverWith } from '../do/driver.js';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { checkRunOptions, type MoveContext, type RunMoveOptions } from './engine/options.js';
import { isAccepted } from './engine/probe.js';
import { runOptionsOf } from './engine/shift-analysis.js';
import { planAgain } from './plan-again.js';
import type { MovePlan } from './plan/move-plan.js';
import { refuseOpenPlan, requireUnedited } from './plan/read-move-plan.js';
import { newHistory, openMove, unlessFinished, WHOLE, type MoveHistory } from './record/history.js';
import { requireAlone } from './status.js';

/** Between two observations while to-dos are open. */
const TODO_POLL_MS = 30_000;

/**
 * The options of a run as its plan needs them.
 * @throws {InvalidInputError} `INVALID_INPUT` for options, and for a plan that was edited. {PosternError} `UNSUPPORTED_VERSION`,
 *   `UNSUPPORTED`
 */
export function readRun(
  plan: MovePlan,
  { driver }: Pick<MoveContext, 'driver'>,
  given: RunMoveOptions,
): RunMoveOptions {
  requireUnedited(plan);
  checkRunOptions(given);
  requireShares(plan, driver, given);
  requireCaller(plan, given);
  return runOptionsOf(plan, given);
}

/** Calls are split by percent only where each kind of gateway of the plan can. */
function requireShares(plan: MovePlan, driver: DriverWith<'moves'>, { canary }: RunMoveOptions): void {
  if (canary === undefined || typeof canary === 'number') return;
  const kind = plan.units.map(({ unit }) => unit.gateway.kind).find((one) => !driver.moves.traits(one).canary);
  if (kind === undefined) return;
  throw new PosternError('UNSUPPORTED', `calls of ${kind} cannot be split by percent`, {
    remedy: 'Write a number of units: they are switched first.',
  });
}

/** A temporary route that the cloud does not call itself tests nothing where it cannot be called. */
export function requireCaller({ units }: MovePlan, { probe = true, callGateway, accept }: RunMoveOptions): void {
  if (!probe || callGateway !== undefined) return;
  const probes = units.flatMap((one) => one.probes);
  if (probes.every((one) => one.byRoute === undefined || 'copies' in one.byRoute || isAccepted(one, accept))) return;
  throw new InvalidInputError('INVALID_INPUT', '`callGateway` is required: temporary routes test the new link', {
    remedy: 'Pass `createCallGateway()`, or false as `probe` to switch without a test.',
  });
}

/**
 * The history of a move: of the one that is open, or of one that begins, once the current state is the planned one and no to-do is open.
 * @throws {PosternError} `MOVE_OPEN`, `MOVE_ENDED`, `WORLD_MOVED`, `FINDINGS_FAILED`
 */
export async function beginRun(
  plan: MovePlan,
  records: readonly JournalRecord[],
  move: MoveContext,
  { accept, assume, waitMs = 0 }: RunMoveOptions,
): Promise<MoveHistory> {
  const open = openMove(records, plan.move)?.history;
  if (open !== undefined) return continued(plan, open);

  const { context } = move;
  requireAlone(records, plan);
  for (let waitedMs = 0; ; waitedMs += TODO_POLL_MS) {
    const fresh = await unlessFinished(
      () => Promise.resolve(records),
      plan.move,
      () => planAgain(plan, move, { accept, assume }),
    );
    if (fresh.todos.length === 0 || fresh.undecided.length > 0 || waitedMs >= waitMs) {
      refuseOpenPlan(fresh);
      return newHistory(plan, records);
    }

    context.log?.(`${fresh.todos.length} to-dos are open: ${fresh.todos[0]?.message ?? ''}`);
    await context.clock.sleep(Math.min(TODO_POLL_MS, waitMs - waitedMs), context.signal);
  }
}

/** A move that is open is continued with its own plan. */
function continued(plan: MovePlan, history: MoveHistory): MoveHistory {
  if (history.continued && plan.fingerprint !== history.plan.fingerprint) {
    throw new PosternError('MOVE_OPEN', `move ${plan.move} is open with the plan of ${history.plan.takenAt}`, {
      remedy: 'Run it without a plan file to continue it, or roll it back.',
    });
  }
  if (history.last(WHOLE, 'abort') !== undefined) {
    throw new PosternError('MOVE_ENDED', 'the move was aborted where it stood', {
      remedy: 'Finish what has moved, or roll it back; then plan again.',
    });
  }
  return history;
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
    readRun(plan, move, given);
    const records = await move.journal.read();
    if (openMove(records, plan.move) !== undefined) return undefined;
    requireAlone(records, plan);
    refuseOpenPlan(plan);
    return undefined;
  } catch (error) {
    if (error instanceof PosternError) return error;
    throw error;
  }
}
