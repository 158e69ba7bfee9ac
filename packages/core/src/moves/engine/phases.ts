import { failing, asStep, outcomeOf, valueOf } from '../../do/apply/step.js';
import { counted, lengthOfTime } from '../../ground/text/quantities.js';
import { isShift, shiftSteps, type PlannedUnit, type MoveProbe } from '../plan/move-plan.js';
import type { MovePhase } from '../record/history.js';
import { pauseAndAnalyze } from './analyze.js';
import { FIND_OUT } from './arrive.js';
import { beginDrain, drainedAt, drainOf, type Drain } from './drain.js';
import { requireLink, orLeft } from './leave.js';
import { batchesOf, DRAIN_MS, type RunMoveOptions } from './options.js';
import { narrowNew, releaseUnits, returnAll } from './roll-back.js';
import { switchUnit } from './switch-unit.js';
import { removeTestRoutes, testByRoute, type Shown } from './test-route.js';
import { beginPhase, forEach, type MoveTools, act } from './tools.js';
import { captureShared } from './unit-state.js';
import { removeUnusedMark, writeUnusedMark } from './unused-mark.js';
import { widen } from './widen.js';
import type { StepOutcome } from '../../do/apply/run.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { PROBE_CHECK } from '../validate/accept.js';
import { unitsByGateway } from '../plan/units-of.js';
import { isAccepted } from './run-options.js';

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

/** What decides how backends are tested, and what a test that shows nothing means. */
type Probing = Pick<RunMoveOptions, 'accept' | 'callGateway'>;

/**
 * Tests every backend through the new link before anything is switched: gateways side by side, the backends of one after
 * the other. The first that is not reached ends it.
 */
async function probeAll(tools: MoveTools, how: Probing): Promise<void> {
  let ended: StepOutcome<void> = { ok: true, value: undefined };
  const inTurn = async (units: readonly PlannedUnit[]): Promise<void> => {
    for (const planned of units) {
      const probed = ended.ok ? await outcomeOf(probeUnit(tools, planned, how)) : ended;
      if (ended.ok) ended = probed;
    }
  };
  await tools.each([...unitsByGateway(tools.plan.units).values()], inTurn);
  valueOf(ended);
}

async function probeUnit(tools: MoveTools, planned: PlannedUnit, how: Probing): Promise<void> {
  for (const probe of planned.probes) await probeOne(tools, planned, probe, how);
}

async function probeOne(
  tools: MoveTools,
  planned: PlannedUnit,
  probe: MoveProbe,
  { accept, callGateway }: Probing,
): Promise<void> {
  const { unit } = planned;
  const { id, key, targetId, byRoute, subject } = probe;
  const resource = { type: 'target', name: targetId ?? key };
  // Callers use the new link: a route beside theirs shows nothing more.
  if (byRoute !== undefined && tools.history.begun(unit.id, 'shift')) return;

  await asStep(tools, { unit: unit.id, step: `probe ${id}`, kind: 'probe', resource }, async (report) => {
    const test =
      byRoute === undefined
        ? act(tools, unit.id, `probe ${id}`, (ctx) => testCall(tools, planned, probe, ctx), { report })
        : testByRoute(tools, planned, { ...probe, byRoute }, { callGateway, report });
    // The test of a gateway that does not exist any more fails. One that shows no path is about the backend, too.
    const answer = await orLeft(tools, planned, test, report);
    if (answer === undefined) return;

    const { outcome, because } = answer;
    report.progress(`${outcome}: ${because}`);
    if (outcome === 'failed')
      throw failing('PROBE_FAILED', `${targetId ?? key} was not reached from ${unit.to.id}: ${because}`);
    if (outcome === 'connected' || isAccepted(probe, accept)) return;

    const unknown = failing(
      'FINDINGS_FAILED',
      `${PROBE_CHECK}: cannot be determined: whether ${unit.to.id} reaches ${targetId ?? key}: ${because}`,
      `Correct it, or accept it: --accept-unknown "${PROBE_CHECK}${subject === undefined ? '' : `:${subject}`}".`,
    );
    await orLeft(tools, planned, Promise.reject(unknown), report);
  });
}

async function testCall(
  { driver: { testCalls } }: MoveTools,
  { unit }: PlannedUnit,
  { key, targetId, method, path }: MoveProbe,
  ctx: CallContext,
): Promise<Shown> {
  const said = await testCalls?.testCall({ gateway: unit.gateway, key, link: unit.to, targetId, method, path }, ctx);
  return { outcome: said?.outcome ?? 'unknown', because: said?.because ?? 'the adapter has no test call' };
}
