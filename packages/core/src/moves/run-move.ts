import { lengthOfTime, counted } from '../ground/text/quantities.js';
import type { JournalRecord } from '../do/apply/journal.js';
import { clouds, withLoadedChecks } from '../do/kinds/cloud/clouds.js';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { canonicalJson } from '../ground/hash.js';
import type { Json } from '../ground/json.js';
import { pauseAndAnalyze } from './engine/analyze.js';
import { batchesOf, withRun, type LeftMove } from './engine/with-run.js';
import { beginDrain, drainedAt, drainOf, waitForDrain, type Drain } from './engine/drain.js';
import { checkRunOptions, DRAIN_MS, type MoveContext, type RunMoveOptions } from './engine/options.js';
import { FIND_OUT } from './engine/arrive.js';
import { requireLink } from './engine/leave.js';
import { isAccepted, probeAll } from './engine/probe.js';
import { removeTestRoutes } from './engine/test-route.js';
import { rollBack } from './engine/roll-back.js';
import { switchUnit } from './engine/switch-unit.js';
import { removeUnusedMark, writeUnusedMark } from './engine/unused-mark.js';
import { act, beginPhase, DONE, failing, reported, type MoveTools, type StepResult } from './engine/tools.js';
import { captureShared } from './engine/unit-state.js';
import { requireMoved } from './engine/where-now.js';
import { widen } from './engine/widen.js';
import type { MoveEvent, MoveResult } from './events.js';
import { finishWork } from './finish-move.js';
import { observeMove } from './observe-move.js';
import { editsOf, isShift, shiftSteps, type MovePlan } from './plan/move-plan.js';
import { requireUnedited, refuseOpenPlan } from './plan/read-move-plan.js';
import { replanMove } from './plan/plan-move.js';
import { planShift } from './plan/plan-shift.js';
import { runOptionsOf } from './engine/shift-analysis.js';
import {
  unlessFinished,
  movesIn,
  newHistory,
  openMove,
  WHOLE,
  type MoveHistory,
  type RecordedMove,
} from './record/history.js';
import { requireAlone, whereAll } from './status.js';

/** Between two observations while to-dos are open. */
const TODO_POLL_MS = 30_000;

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
  requireUnedited(plan);
  checkRunOptions(given);
  const options = runOptionsOf(plan, given);
  requireShares(plan, move, options);
  requireCaller(plan, options);
  return withRun(move, async (records) => {
    const history = openMove(records, plan.move)?.history ?? (await begun(plan, records, move, options));
    if (history.continued) requireSame(plan, history.plan);
    if (history.last(WHOLE, 'abort') !== undefined) {
      throw new PosternError('MOVE_ENDED', 'the move was aborted where it stood', {
        remedy: 'Finish what has moved, or roll it back; then plan again.',
      });
    }
    return { does: 'run', history, work: (tools) => forward(tools, options, movesIn(records)) };
  });
}

/**
 * What {@link runMove} refuses before its first change, as far as the plan, its options and the journal show it. Undefined: nothing.
 * The cloud is not read: a run plans again, and may find another state.
 */
export async function refusalOf(
  plan: MovePlan,
  move: MoveContext,
  given: RunMoveOptions = {},
): Promise<PosternError | undefined> {
  try {
    requireUnedited(plan);
    checkRunOptions(given);
    const options = runOptionsOf(plan, given);
    requireShares(plan, move, options);
    requireCaller(plan, options);
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

/** The history of a move that begins, once the current state is the planned one and no to-do is open. */
async function begun(
  plan: MovePlan,
  records: readonly JournalRecord[],
  move: MoveContext,
  { accept, assume, waitMs = 0 }: RunMoveOptions,
): Promise<MoveHistory> {
  const { context } = move;
  requireAlone(records, plan);
  for (let waitedMs = 0; ; waitedMs += TODO_POLL_MS) {
    const fresh = await unlessFinished(
      () => Promise.resolve(records),
      plan.move,
      () => plannedAgain(plan, move, { accept, assume }),
    );
    if (fresh.todos.length === 0 || fresh.undecided.length > 0 || waitedMs >= waitMs) {
      refuseOpenPlan(fresh);
      return newHistory(plan, records);
    }
    context.log?.(`${fresh.todos.length} to-dos are open: ${fresh.todos[0]?.message ?? ''}`);
    await context.clock.sleep(Math.min(TODO_POLL_MS, waitMs - waitedMs), context.signal);
  }
}

/**
 * Refuses a plan that does not match the current state, and one with open to-dos.
 * @throws {PosternError} `WORLD_MOVED`, `FINDINGS_FAILED`
 */
export async function requirePlannedMove(
  plan: MovePlan,
  { driver, context }: Pick<MoveContext, 'driver' | 'context'>,
  how: Pick<RunMoveOptions, 'accept' | 'assume'>,
): Promise<void> {
  refuseOpenPlan(await plannedAgain(plan, { driver, clouds: clouds([driver.cloud]), context }, how));
}

/** The plan of the current state, which is the given one. @throws {PosternError} `WORLD_MOVED` */
async function plannedAgain(
  plan: MovePlan,
  { driver, clouds: set, context }: Omit<MoveContext, 'journal'>,
  how: Pick<RunMoveOptions, 'accept' | 'assume'>,
): Promise<MovePlan> {
  const { request } = plan;
  const clouds = await withLoadedChecks(set);
  const fresh = isShift(request)
    ? await planShift(driver, request, context)
    : replanMove(await observeMove(driver, request, context), plan, { ...how, clouds });
  requireCurrent(plan, fresh);
  return fresh;
}

/** The parts must be those of the plan, and nothing may be added that the plan does not show. */
function requireCurrent(plan: MovePlan, fresh: MovePlan): void {
  const shifts = isShift(plan.request);
  const unitsOf = ({ units, captured = {} }: MovePlan): string =>
    canonicalJson(JSON.parse(JSON.stringify([units.map(({ unit }) => unit), shifts ? captured : {}])) as Json);
  const known = new Set(plan.widen.map(({ id }) => id));
  const added = fresh.widen.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const isSame = fresh.move === plan.move && unitsOf(fresh) === unitsOf(plan);
  if (isSame && added.length === 0) return;
  const parts = shifts ? 'the shares are others now' : 'other parts move now';
  const why = isSame ? `it must also ${added[0] ?? ''}` : parts;
  throw new PosternError('WORLD_MOVED', `the plan of the move does not match the current state: ${why}`, {
    details: { added },
  });
}

/** A move that is open is continued with its own plan. */
function requireSame(plan: MovePlan, open: MovePlan): void {
  if (plan.fingerprint === open.fingerprint) return;
  throw new PosternError('MOVE_OPEN', `move ${plan.move} is open with the plan of ${open.takenAt}`, {
    remedy: 'Run it without a plan file to continue it, or roll it back.',
  });
}

function requireShares(plan: MovePlan, { driver }: MoveContext, { canary }: RunMoveOptions): void {
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

/** The work of a run. `moves`: what the journal shows of others, and of earlier ones. */
export async function forward(
  tools: MoveTools,
  options: RunMoveOptions,
  moves: readonly RecordedMove[],
): Promise<LeftMove> {
  const { drainMs = DRAIN_MS, autoRollback = true } = options;
  // As `finish` and `rollback` read it: a process that was killed may have recorded only the beginning.
  const turned = tools.history.begun(WHOLE, 'turn back');
  if (!turned && drainOf(tools.history, 'drain') !== undefined) {
    const stillMoved = await requireMoved(tools);
    // What something else has returned is not moved again, and nothing of the rest is changed.
    if (!stillMoved.ok) return stateOf(tools, 'failed');
  }
  const outcome = turned ? undefined : await phases(tools, options);
  if (outcome?.ok === true) {
    const drain = outcome.value;
    if (options.finish === true) {
      const waited = await waitForDrain(tools, 'drain', drain, tools.plan.from.id);
      if (waited.ok) return finishWork(tools, moves);
      return stateOf(tools, 'failed');
    }
    // A shift is not kept before it is promoted.
    const edits = isShift(tools.plan.request) ? [] : editsOf(tools.plan);
    const at = drainedAt(drain);
    return { ...(await stateOf(tools, 'draining')), ...(at === undefined ? {} : { drainedAt: at }), edits };
  }
  if (outcome !== undefined) await reported(tools, 'run', outcome);
  const code = outcome?.error.code;
  // An abort leaves everything where it is. A failure before the switch puts back what was prepared, too.
  // Shares that something else has set are not this shift's to return.
  const isOfOthers = code === 'WORLD_MOVED' && isShift(tools.plan.request);
  if (!turned && (code === 'ABORTED' || !autoRollback || isOfOthers)) return stateOf(tools, 'failed');
  const begun = await act(tools, WHOLE, 'turn back', () => Promise.resolve({ because: code ?? 'continued' }));
  const back = await reported(tools, 'rollback', begun.ok ? await rollBack(tools, drainMs) : begun);
  return stateOf(tools, back.ok ? 'rolled-back' : 'failed');
}

/** All phases until the drain has begun. */
async function phases(tools: MoveTools, options: RunMoveOptions): Promise<StepResult<Drain>> {
  const { plan, history } = tools;
  const known = drainOf(history, 'drain');
  if (known !== undefined) return { ok: true, value: known };
  if (plan.widen.length > 0)
    beginPhase(
      tools,
      'widen',
      `${counted(plan.widen.length, 'entry is', 'entries are')} added, and nothing is removed`,
    );
  const widened = await widen(tools);
  if (!widened.ok) return widened;
  const cleared = await removeTestRoutes(tools);
  if (!cleared.ok) return cleared;
  if (options.probe !== false && !isShift(plan.request)) {
    beginPhase(tools, 'probe', `backends are tested from ${plan.to.id}`);
    const probed = await probeAll(tools, options);
    if (!probed.ok) return probed;
  }
  beginPhase(tools, 'switch', `${counted(plan.units.length, 'unit')} from ${plan.from.id} to ${plan.to.id}`);
  const captured = await captureShared(tools);
  if (!captured.ok) return captured;
  const used = await removeUnusedMark(tools, plan.to);
  if (!used.ok) return used;
  // The units of a shift have each share at the same time.
  const batches = isShift(plan.request) ? [plan.units] : batchesOf(plan.units, options);
  let switched = 0;
  for (const [at, batch] of batches.entries()) {
    const linkFound = at === 0 ? DONE : await requireLink(tools, plan.to);
    if (!linkFound.ok) return linkFound;
    for (const percent of sharesOf(tools, options)) {
      const outcomes = await tools.each(batch, (one) => switchUnit(tools, one, { ...options, percent }));
      const failed = outcomes.find(({ ok }) => !ok);
      if (failed !== undefined && !failed.ok) return failed;
      if (isLeft(tools)) break;
      const isLast = at === batches.length - 1 && percent === 100;
      const how = { batch, number: at + 1, switched: switched + batch.length, percent, isLast };
      const analyzed = await pauseAndAnalyze(tools, options, how);
      if (!analyzed.ok) return analyzed;
    }
    switched += batch.length;
  }
  if (isLeft(tools)) {
    const why = [...tools.left.values()].join(' ');
    const message = isShift(plan.request) ? `the shift has stopped: ${why}` : `no unit is on ${plan.to.id}: ${why}`;
    return failing('WORLD_MOVED', message, FIND_OUT);
  }
  await writeUnusedMark(tools, plan.from);
  const drain = await beginDrain(tools, 'drain', options.drainMs ?? DRAIN_MS);
  if (drain.ok) {
    const { ms } = drain.value;
    beginPhase(tools, 'drain', `calls leave ${plan.from.id} until ${drainedAt(drain.value) ?? lengthOfTime(ms)}`);
  }
  return drain;
}

/** Whether nothing is left to do: others have changed all units. The parts of a shift have the same shares, or none goes on. */
function isLeft({ plan, left }: MoveTools): boolean {
  return isShift(plan.request) ? left.size > 0 : plan.units.every(({ unit }) => left.has(unit.id));
}

/** A part of the calls first, where the kind of gateway can split them. */
function sharesOf({ plan, driver }: MoveTools, { canary }: RunMoveOptions): readonly number[] {
  const [first] = plan.units;
  if (first?.unit.shift !== undefined) return shiftSteps(plan);
  if (first === undefined || typeof canary !== 'object') return [100];
  return driver.moves.traits(first.unit.gateway.kind).canary ? [canary.percent, 100] : [100];
}

async function stateOf(tools: MoveTools, state: LeftMove['state']): Promise<LeftMove> {
  return { state, ...(await whereAll(tools)) };
}
