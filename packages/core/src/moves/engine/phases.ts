import { counted, lengthOfTime } from '../../ground/text/quantities.js';
import { isShift, shiftSteps, type PlannedUnit } from '../plan/move-plan.js';
import { pauseAndAnalyze } from './analyze.js';
import { FIND_OUT } from './arrive.js';
import { batchesOf } from './batches.js';
import { beginDrain, drainedAt, drainOf, type Drain } from './drain.js';
import { requireLink } from './leave.js';
import { DRAIN_MS, type RunMoveOptions } from './options.js';
import { probeAll } from './probe.js';
import { switchUnit } from './switch-unit.js';
import { removeTestRoutes } from './test-route.js';
import { beginPhase, DONE, failing, type MoveTools, type StepResult } from './tools.js';
import { captureShared } from './unit-state.js';
import { removeUnusedMark, writeUnusedMark } from './unused-mark.js';
import { widen } from './widen.js';

/** All phases until the drain has begun: widens, tests, switches. A move that drains already has had them. */
export async function phases(tools: MoveTools, options: RunMoveOptions): Promise<StepResult<Drain>> {
  const { plan, history } = tools;
  const begun = drainOf(history, 'drain');
  if (begun !== undefined) return { ok: true, value: begun };

  const prepared = await prepare(tools, options);
  if (!prepared.ok) return prepared;

  beginPhase(tools, 'switch', `${counted(plan.units.length, 'unit')} from ${plan.from.id} to ${plan.to.id}`);
  const switched = await switchAll(tools, options);
  if (!switched.ok) return switched;

  await writeUnusedMark(tools, plan.from);
  const drain = await beginDrain(tools, 'drain', options.drainMs ?? DRAIN_MS);
  if (drain.ok) {
    const until = drainedAt(drain.value) ?? lengthOfTime(drain.value.ms);
    beginPhase(tools, 'drain', `calls leave ${plan.from.id} until ${until}`);
  }
  return drain;
}

/** Adds what the new link needs, and tests it. */
async function prepare(tools: MoveTools, options: RunMoveOptions): Promise<StepResult<unknown>> {
  const { plan } = tools;
  const added = plan.widen.length;
  if (added > 0)
    beginPhase(tools, 'widen', `${counted(added, 'entry is', 'entries are')} added, and nothing is removed`);
  const widened = await widen(tools);
  if (!widened.ok) return widened;

  const cleared = await removeTestRoutes(tools);
  if (!cleared.ok || options.probe === false || isShift(plan.request)) return cleared;

  beginPhase(tools, 'probe', `backends are tested from ${plan.to.id}`);
  return probeAll(tools, options);
}

/** Switches batch after batch, and asks after each whether callers are served. */
async function switchAll(tools: MoveTools, options: RunMoveOptions): Promise<StepResult<unknown>> {
  const { plan } = tools;
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

    const isLast = at === batches.length - 1;
    const done = await switchBatch(tools, options, {
      batch,
      number: at + 1,
      switched: switched + batch.length,
      isLast,
    });
    if (!done.ok) return done;

    switched += batch.length;
  }

  if (!isLeft(tools)) return DONE;

  const why = [...tools.left.values()].join(' ');
  const message = isShift(plan.request) ? `the shift has stopped: ${why}` : `no unit is on ${plan.to.id}: ${why}`;
  return failing('WORLD_MOVED', message, FIND_OUT);
}

interface Batch {
  readonly batch: readonly PlannedUnit[];
  readonly number: number;
  readonly switched: number;
  readonly isLast: boolean;
}

async function switchBatch(
  tools: MoveTools,
  options: RunMoveOptions,
  { isLast, ...of }: Batch,
): Promise<StepResult<unknown>> {
  let isFormerLost = false;
  for (const percent of sharesOf(tools, options)) {
    // What the former side has is lost: it keeps none of it for the sake of steps.
    if (isFormerLost && percent < 100) continue;

    const outcomes = await tools.each(of.batch, (unit) => switchUnit(tools, unit, { ...options, percent }));
    const failed = outcomes.find(({ ok }) => !ok);
    if (failed !== undefined && !failed.ok) return failed;
    if (isLeft(tools)) break;

    const analyzed = await pauseAndAnalyze(tools, options, { ...of, percent, isLast: isLast && percent === 100 });
    if (!analyzed.ok) return analyzed;

    isFormerLost = analyzed.value === 'former';
  }
  return DONE;
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
