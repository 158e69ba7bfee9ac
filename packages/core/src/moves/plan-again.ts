import { clouds, withLoadedChecks } from '../do/kinds/cloud/clouds.js';
import { PosternError } from '../ground/errors.js';
import { canonicalJson } from '../ground/hash.js';
import type { Json } from '../ground/json.js';
import type { MoveContext, RunMoveOptions } from './engine/options.js';
import { observeMove } from './observe-move.js';
import { isShift, type DraftMovePlan, type MovePlan } from './plan/move-plan.js';
import { replanMove } from './plan/plan-move.js';
import { draftShift, refuseWritten } from './plan/plan-shift.js';
import { refuseOpenPlan } from './plan/read-move-plan.js';

/**
 * Refuses a plan that does not match the current state, and one with open to-dos.
 * @throws {PosternError} `WORLD_MOVED`, `FINDINGS_FAILED`
 */
export async function requirePlannedMove(
  plan: MovePlan,
  { driver, context }: Pick<MoveContext, 'driver' | 'context'>,
  how: Pick<RunMoveOptions, 'accept' | 'assume'>,
): Promise<void> {
  refuseOpenPlan(await planAgain(plan, { driver, clouds: clouds([driver.cloud]), context }, how));
}

/** Between two observations while to-dos are open. */
const TODO_POLL_MS = 30_000;

/**
 * Refuses a plan that does not match the current state, and waits so long as is given while to-dos are open.
 * @throws {PosternError} `WORLD_MOVED`, `FINDINGS_FAILED`, `WEIGHTS_OWNED`
 */
export async function confirmPlan(
  plan: MovePlan,
  move: Omit<MoveContext, 'journal'>,
  { accept, assume, despiteOwner, waitMs = 0 }: RunMoveOptions,
): Promise<void> {
  const { clock, signal, log } = move.context;
  for (let waitedMs = 0; ; waitedMs += TODO_POLL_MS) {
    const fresh = await planAgain(plan, move, { accept, assume });
    refuseWritten(fresh, despiteOwner);
    if (fresh.todos.length === 0 || fresh.undecided.length > 0 || waitedMs >= waitMs) return refuseOpenPlan(fresh);

    log?.(`${fresh.todos.length} to-dos are open: ${fresh.todos[0]?.message ?? ''}`);
    await clock.sleep(Math.min(TODO_POLL_MS, waitMs - waitedMs), signal);
  }
}

/**
 * The plan of the current state, which is the given one: the parts are those of the plan, and nothing is added that it does not show.
 * @throws {PosternError} `WORLD_MOVED`
 */
async function planAgain(
  plan: MovePlan,
  { driver, clouds: set, context }: Omit<MoveContext, 'journal'>,
  how: Pick<RunMoveOptions, 'accept' | 'assume'>,
): Promise<DraftMovePlan> {
  const { request } = plan;
  const planned = partsOf(plan);
  const fresh = isShift(request)
    ? await draftShift(driver, request, context)
    : replanMove(await observeMove(driver, request, context), plan, { ...how, clouds: await withLoadedChecks(set) });

  const now = partsOf(fresh);
  const shown = new Set(planned.widened);
  const added = now.widened.filter((id) => !shown.has(id));
  const isSame = now.moving === planned.moving;
  if (isSame && added.length === 0) return fresh;

  const parts = isShift(fresh.request) ? 'the shares are others now' : 'other parts move now';
  const why = isSame ? `it must also ${added[0] ?? ''}` : parts;
  throw new PosternError('WORLD_MOVED', `the plan of the move does not match the current state: ${why}`, {
    details: { added },
  });
}

/** What a plan moves and where, and the shares from which a shift begins, as one text; and the IDs of what it adds. */
function partsOf({ provider, region, account, request, units, widen, captured = {} }: DraftMovePlan): {
  readonly moving: string;
  readonly widened: readonly string[];
} {
  const shares = isShift(request) ? captured : {};
  const moving = [provider, region, account, units.map(({ unit }) => unit), shares];
  return { moving: canonicalJson(JSON.parse(JSON.stringify(moving)) as Json), widened: widen.map(({ id }) => id) };
}
