import { clouds, withLoadedChecks } from '../do/kinds/cloud/clouds.js';
import { PosternError } from '../ground/errors.js';
import { canonicalJson } from '../ground/hash.js';
import type { Json } from '../ground/json.js';
import type { MoveContext, RunMoveOptions } from './engine/options.js';
import { observeMove } from './observe-move.js';
import { isShift, type MovePlan } from './plan/move-plan.js';
import { replanMove } from './plan/plan-move.js';
import { planShift } from './plan/plan-shift.js';
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

/**
 * The plan of the current state, which is the given one: the parts are those of the plan, and nothing is added that it does not show.
 * @throws {PosternError} `WORLD_MOVED`
 */
export async function planAgain(
  plan: MovePlan,
  { driver, clouds: set, context }: Omit<MoveContext, 'journal'>,
  how: Pick<RunMoveOptions, 'accept' | 'assume'>,
): Promise<MovePlan> {
  const { request } = plan;
  const shifts = isShift(request);
  const fresh = shifts
    ? await planShift(driver, request, context)
    : replanMove(await observeMove(driver, request, context), plan, { ...how, clouds: await withLoadedChecks(set) });

  const unitsOf = ({ units, captured = {} }: MovePlan): string =>
    canonicalJson(JSON.parse(JSON.stringify([units.map(({ unit }) => unit), shifts ? captured : {}])) as Json);
  const planned = new Set(plan.widen.map(({ id }) => id));
  const added = fresh.widen.filter(({ id }) => !planned.has(id)).map(({ id }) => id);
  const isSame = fresh.move === plan.move && unitsOf(fresh) === unitsOf(plan);
  if (isSame && added.length === 0) return fresh;

  const parts = shifts ? 'the shares are others now' : 'other parts move now';
  const why = isSame ? `it must also ${added[0] ?? ''}` : parts;
  throw new PosternError('WORLD_MOVED', `the plan of the move does not match the current state: ${why}`, {
    details: { added },
  });
}
