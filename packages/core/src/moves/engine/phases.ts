import { failing } from '../../do/apply/step.js';
import { counted, lengthOfTime } from '../../ground/text/quantities.js';
import { isShift, shiftSteps, type PlannedUnit } from '../plan/move-plan.js';
import type { MovePhase } from '../record/history.js';
import { pauseAndAnalyze } from './analyze.js';
import { FIND_OUT } from './arrive.js';
import { beginDrain, drainedAt, drainOf, type Drain } from './drain.js';
import { requireLink } from './leave.js';
import { batchesOf, DRAIN_MS, type RunMoveOptions } from './options.js';
import { probeAll } from './probe.js';
import { narrowNew, releaseUnits, returnAll } from './roll-back.js';
import { switchUnit } from './switch-unit.js';
import { removeTestRoutes } from './test-route.js';
import { beginPhase, forEach, type MoveTools } from './tools.js';
import { captureShared } from './unit-state.js';
import { removeUnusedMark, writeUnusedMark } from './unused-mark.js';
import { widen } from './widen.js';

/** A phase of a move. A run does all of them in their order, and a return undoes them, the last one first. */
interface Phase {
  /** How events name it; absent: they do not. */
  readonly phase?: MovePhase;
  /** What it does, for its event. Undefined: there is nothing to do. */
  readonly says?: (tools: MoveTools, options: RunMoveOptions) => string | undefined;
  readonly do?: (tools: MoveTools, options: RunMoveOptions) => Promise<void>;
  readonly undo?: (tools: MoveTools, drainMs: number) => Promise<void>;
}

const PHASES: readonly Phase[] = [
  {
    phase: 'widen',
    says: ({
      plan: {
        widen: { length },
      },
    }) => (length === 0 ? undefined : `${counted(length, 'entry is', 'entries are')} added, and nothing is removed`),
    do: widen,
    undo: narrowNew,
  },
  // What the switch prepared.
  { undo: (tools) => releaseUnits(tools, tools.plan.units, 'new') },
  // What a process left that was killed.
  { do: removeTestRoutes, undo: removeTestRoutes },
  {
    phase: 'probe',
    says: ({ plan }, { probe }) =>
      probe === false || isShift(plan.request) ? undefined : `backends are tested from ${plan.to.id}`,
    do: probeAll,
  },
  {
    phase: 'switch',
    says: ({ plan: { units, from, to } }) => `${counted(units.length, 'unit')} from ${from.id} to ${to.id}`,
    do: switchAll,
    undo: returnAll,
  },
];

/** All phases until the drain has begun. A move that drains already has had them. */
export async function doPhases(tools: MoveTools, options: RunMoveOptions): Promise<Drain> {
  const { plan, history } = tools;
  const begun = drainOf(history, 'drain');
  if (begun !== undefined) return begun;

  for (const one of PHASES) {
    const text = one.says?.(tools, options);
    if (one.phase !== undefined && text === undefined) continue;
    if (one.phase !== undefined && text !== undefined) beginPhase(tools, one.phase, text);
    await one.do?.(tools, options);
  }
  await writeUnusedMark(tools, plan.from);
  const drain = await beginDrain(tools, 'drain', options.drainMs ?? DRAIN_MS);
  beginPhase(tools, 'drain', `calls leave ${plan.from.id} until ${drainedAt(drain) ?? lengthOfTime(drain.ms)}`);
  return drain;
}

/**
 * Returns to the recorded state: every unit to its old link, then, after the drain, what this move added or created is
 * removed. A unit that fails to return keeps all of it, and the others return. One that something else deleted or moved is not
 * touched.
 */
export async function undoPhases(tools: MoveTools, drainMs: number): Promise<void> {
  beginPhase(tools, 'rollback', `every unit returns to ${tools.plan.from.id}`);
  for (const one of PHASES.toReversed()) await one.undo?.(tools, drainMs);
}

/** Switches batch after batch, and asks after each whether callers are served. */
async function switchAll(tools: MoveTools, options: RunMoveOptions): Promise<void> {
  const { plan } = tools;
  await captureShared(tools);
  await removeUnusedMark(tools, plan.to);
  // The units of a shift have each share at the same time.
  const batches = isShift(plan.request) ? [plan.units] : batchesOf(plan.units, options);
  let switched = 0;
  for (const [at, batch] of batches.entries()) {
    if (at > 0) await requireLink(tools, plan.to);
    switched += batch.length;
    await switchBatch(tools, options, { batch, number: at + 1, switched, isLast: at === batches.length - 1 });
  }
  if (!isLeft(tools)) return;

  const why = [...tools.left.values()].join(' ');
  const message = isShift(plan.request) ? `the shift has stopped: ${why}` : `no unit is on ${plan.to.id}: ${why}`;
  throw failing('WORLD_MOVED', message, FIND_OUT);
}

interface Batch {
  readonly batch: readonly PlannedUnit[];
  readonly number: number;
  readonly switched: number;
  readonly isLast: boolean;
}

async function switchBatch(tools: MoveTools, options: RunMoveOptions, { isLast, ...of }: Batch): Promise<void> {
  let isFormerLost = false;
  for (const percent of sharesOf(tools, options)) {
    // What the former side has is lost: it keeps none of it for the sake of steps.
    if (isFormerLost && percent < 100) continue;

    await forEach(tools, of.batch, (unit) => switchUnit(tools, unit, { ...options, percent }));
    if (isLeft(tools)) break;

    const how = { ...of, percent, isLast: isLast && percent === 100 };
    isFormerLost = (await pauseAndAnalyze(tools, options, how)) === 'former';
  }
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
