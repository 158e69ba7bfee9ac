import type { StepError, StepOutcome } from '../../do/apply/run.js';
import { asStep, beginStep, FailedStep, failing, outcomeOf, valueOf, type StepProgress } from '../../do/apply/step.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { UNSEEN_MS } from '../../do/model/read-bound.js';
import type { MovePosition, MoveState } from '../../do/move-driver.js';
import { fewText } from '../../ground/text/quantities.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { recordedState, WHOLE } from '../record/history.js';
import { arrive, look, lookUntil } from './arrive.js';
import { confirmReturn } from './confirm-return.js';
import { leave, orLeft, requireLink, remainingUsers } from './leave.js';
import { batchesOf } from './options.js';
import { beginDrain, drainOf, waitForDrain } from './drain.js';
import { act, unitStep, wait, type MoveTools } from './tools.js';
import { watchReturn, type ReturnWatch } from './return-watch.js';
import { noteAll, settleUnit } from './settle.js';
import { readyForReturn, staysAsItIs, type ReadyForReturn } from './until-ready.js';
import { removeUnusedMark, writeUnusedMark } from './unused-mark.js';
import { widenedAgain, widenedEntries, narrow } from './widen.js';

/** Every unit goes to its old link, and calls leave the new one. What was added or created for the move is still there. */
export async function returnAll(tools: MoveTools, drainMs: number): Promise<void> {
  const { plan, history } = tools;
  const used = await outcomeOf(removeUnusedMark(tools, plan.from));
  // A return is not held up by it: the note says that the mark is there.
  const isGone = !used.ok && used.error.code === 'WORLD_MOVED';
  if (!used.ok && !isGone)
    tools.notes.push(`the mark of unused link ${plan.from.id} was not removed: ${used.error.message}`);
  const watch = watchReturn(tools);
  // What an earlier return gave to a side that does not take calls goes forward first.
  if (plan.units.some(({ unit }) => history.begun(unit.id, 'back'))) await watch.look();
  watch.taken();
  let usedNew = drainOf(history, 'drain after return') !== undefined;
  let units = plan.units;
  for (let round = 1; ; round += 1) {
    const how = { first: isGone ? used : DONE, watch, isJudged: round === 1 && tools.isJudged === true };
    const returned = await returnUnits(tools, units, how);
    const confirmed = await confirmReturn(tools, (away) => returnUnits(tools, away, { first: DONE, watch }));
    usedNew ||= returned || confirmed;
    units = watch.taken();
    if (units.length === 0 && usedNew) {
      await drainNew(tools, drainMs, watch);
      units = watch.taken();
    }
    if (units.length === 0) return;
    if (round === ROUNDS) {
      const message = `${plan.from.id} has taken calls ${ROUNDS} times, and then none`;
      throw failing('WAIT_TIMEOUT', message, staysAsItIs(tools));
    }
  }
}

const DONE: StepOutcome<void> = { ok: true, value: undefined };

/** How often a return begins again because its units went forward meanwhile. */
const ROUNDS = 4;

/** Waits until calls have left the new link. It ends where units have gone forward meanwhile. */
async function drainNew(tools: MoveTools, drainMs: number, { look: isOver }: ReturnWatch): Promise<void> {
  const { to } = tools.plan;
  await writeUnusedMark(tools, to);
  const drain = await beginDrain(tools, 'drain after return', drainMs);
  await waitForDrain(tools, 'drain after return', drain, { link: to.id, isOver });
}

/** How units are returned. */
interface ReturnOptions {
  /** Whether the old link exists, as far as that is known already. */
  readonly first: StepOutcome<void>;
  readonly watch: ReturnWatch;
  /** Whether the path of the first batch was judged a moment ago. */
  readonly isJudged?: boolean | undefined;
}

/** Whether calls of some unit may have used the new link. */
async function returnUnits(
  tools: MoveTools,
  units: readonly PlannedUnit[],
  { first, watch, isJudged = false }: ReturnOptions,
): Promise<boolean> {
  let usedNew = false;
  let failed: StepError | undefined;
  for (const [at, batch] of batchesOf(units, { canary: 0 }).entries()) {
    if (failed?.code === 'ABORTED') break;

    const link = at === 0 ? first : await outcomeOf(requireLink(tools, tools.plan.from));
    const ready = readyForReturn(tools, watch, isJudged && at === 0);
    const returned = await tools.each(batch, (one) => outcomeOf(returnUnit(tools, one, { link, ready, watch })));
    for (const one of returned) {
      if (one.ok) usedNew ||= one.value;
      else if (failed?.code !== 'ABORTED') failed = one.error;
    }
  }
  if (failed !== undefined) throw new FailedStep(failed);

  return usedNew;
}

/** Removes what the move added for the new link, unless others have come to it since. */
export async function narrowNew(tools: MoveTools): Promise<void> {
  const { plan, history, notes } = tools;
  const again = (ctx: CallContext) => widenedAgain(tools, tools.driver, ctx);
  const late = tools.isAgain === true ? await act(tools, WHOLE, 'entries that came late', again, { reads: true }) : [];
  const added = [...widenedEntries(plan, history), ...late];
  if (added.length === 0) return;

  const users = await remainingUsers(tools, plan.to);
  if (users.length === 0) return narrow(tools, added);

  const kept = added.map(({ id }) => id).join('; ');
  notes.push(`${plan.to.id} is used by ${fewText(users)}, so what the move added for it stays: ${kept}`);
}

/** What a return needs. */
interface Way {
  /** Whether the old link exists, so that a unit can be sent to it. */
  readonly link: StepOutcome<void>;
  readonly ready: ReadyForReturn;
  readonly watch: ReturnWatch;
}

/** Whether calls of the unit may have used the new link. */
async function returnUnit(tools: MoveTools, planned: PlannedUnit, way: Way): Promise<boolean> {
  const { unit, name } = planned;
  const state = recordedState(tools, unit);
  // Without a record nothing was changed.
  if (state === undefined) return false;

  const step = unitStep(planned, 'return', `return ${name}`);
  const isThere = ({ at, exists }: MovePosition): boolean => at !== 'elsewhere' || exists === false;
  const seen = await outcomeOf(lookUntil(tools, unit, state, isThere));
  if (!seen.ok) beginStep(tools, step)(seen);
  const found = valueOf(seen);
  const wasSent = tools.history.begun(unit.id, 'shift');
  if (found.at === 'elsewhere') {
    await leave(tools, planned, found);
    return wasSent;
  }

  // Another writer may deploy what was prepared, at any moment until it is put back.
  const changes = unit.shift === undefined ? 'prepare' : 'shift';
  const isShared =
    tools.driver.moves.traits(unit.gateway.kind).sharesWorkingCopy === true && tools.history.begun(unit.id, changes);
  if (found.at === 'old' && !wasSent && !isShared) return false;

  return asStep(tools, step, async (report) => {
    // A share that a record shows is taken back whatever an answer shows: it may be an older one.
    const isGiven = isShared || (unit.shift !== undefined && wasSent);
    const returned = sendBack(tools, planned, state, { found, way, isShared, isGiven, report });
    const ended = returned.finally(() => way.watch.ended(planned));
    return (await orLeft(tools, planned, ended, report)) ?? true;
  });
}

async function sendBack(
  tools: MoveTools,
  planned: PlannedUnit,
  state: MoveState,
  {
    found,
    way,
    isShared,
    isGiven,
    report,
  }: {
    readonly found: MovePosition;
    readonly way: Way;
    readonly isShared: boolean;
    /** It is written also where it seems to be returned already. */
    readonly isGiven: boolean;
    readonly report: StepProgress;
  },
): Promise<boolean> {
  const { moves } = tools.driver;
  const { unit } = planned;
  let before = found;
  // A move that the cloud refused sent no call to the new link.
  const isSent = tools.history.last(unit.id, 'shift') !== undefined && unit.shift !== undefined;
  const wasUsed = isSent || ['settle', 'back'].some((step) => tools.history.begun(unit.id, step));
  let usedNew = isShared || found.at !== 'old' || wasUsed;
  if (before.at === 'moving' || (before.at === 'old' && !isGiven)) {
    // A change that was sent may not have begun, or may not have ended: a return would be refused until then.
    before = await comeToRest(tools, unit, state, report);
    if (found.at === 'moving' && before.at === 'old' && !tools.history.begun(unit.id, 'back')) usedNew = isShared;
    else if (before.at !== 'old') usedNew = true;
  }
  if (before.at === 'elsewhere') {
    await leave(tools, planned, before, report);
    return usedNew;
  }

  if (before.at !== 'old' || isGiven) {
    valueOf(way.link);
    // A unit that is on the old link gets no calls by what is put back.
    if (before.at !== 'old' || unit.shift !== undefined) await way.ready(planned, state, report);
    way.watch.begun(planned);
    const exclusive = unit.gateway.id;
    await act(tools, unit.id, 'back', (ctx) => moves.back(unit, state, ctx), { exclusive, report });
    await arrive(tools, unit, state, { goal: 'old', before, report });
  }
  noteAll(tools, planned, await settleUnit(tools, planned, state, { at: 'old', report }), report);
  return usedNew;
}

async function comeToRest(
  tools: MoveTools,
  unit: PlannedUnit['unit'],
  state: MoveState,
  report: StepProgress,
): Promise<MovePosition> {
  const { pollMs, timeoutMs } = tools.driver.moves.traits(unit.gateway.kind);
  let lastMovingMs: number | undefined;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const seen = await look(tools, unit, state, `look at rest ${waitedMs / 1_000} s`);
    const { at, failure } = seen;
    if (at === 'moving') lastMovingMs = waitedMs;
    const isRefused = lastMovingMs !== undefined && failure !== undefined;
    const isUnchanged = isRefused || waitedMs - (lastMovingMs ?? 0) >= UNSEEN_MS;
    const isResting = at !== 'moving' && (at !== 'old' || isUnchanged);
    if (isResting || waitedMs >= timeoutMs) return seen;

    report.waiting(`until no change of ${unit.id} is in progress`, waitedMs, at);
    await wait(tools, unit.id, `rest ${waitedMs / 1_000} s`, pollMs);
  }
}

/** Deletes what units do not need any more, and is this project's. A unit that fails keeps it. */
export async function releaseUnits(
  tools: MoveTools,
  units: readonly PlannedUnit[],
  which: 'new' | 'old',
): Promise<void> {
  let failed: StepError | undefined;
  for (const planned of units) {
    if (failed?.code === 'ABORTED') break;

    const released = await outcomeOf(releaseUnit(tools, planned, which));
    if (!released.ok) failed = released.error;
  }
  if (failed !== undefined) throw new FailedStep(failed);
}

async function releaseUnit(tools: MoveTools, planned: PlannedUnit, which: 'new' | 'old'): Promise<void> {
  const { unit, name } = planned;
  const state = recordedState(tools, unit);
  if (state === undefined || !mayHavePrepared(tools, unit, state, which)) return;

  await asStep(tools, unitStep(planned, 'delete', `release ${name}`), async (report) => {
    const release = (ctx: CallContext) => tools.driver.moves.release(unit, state, which, ctx);
    const how = { exclusive: unit.gateway.id, report };
    const gone = await outcomeOf(act(tools, unit.id, `release ${which}`, release, how));
    // What something else has changed is not this move's any more.
    if (!gone.ok && gone.error.code === 'WORLD_MOVED')
      tools.notes.push(`${name} stays as it is: ${gone.error.message}`);
    else tools.removed.push(...valueOf(gone));
  });
}

/** A process that was killed while it prepared may have created something that no record shows. */
function mayHavePrepared(
  { history }: MoveTools,
  { id }: PlannedUnit['unit'],
  { prepared }: MoveState,
  which: 'new' | 'old',
): boolean {
  if (prepared === undefined) return which === 'new' && history.begun(id, 'prepare');

  return prepared !== null;
}
