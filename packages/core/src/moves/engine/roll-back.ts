import { asStep, type StepProgress } from '../../do/apply/step.js';
import { pause } from '../../do/apply/outcome.js';
import { UNSEEN_MS } from '../../do/model/read-bound.js';
import type { MovePosition, MoveState } from '../../do/move-driver.js';
import { fewText } from '../../ground/text/quantities.js';
import type { PlannedUnit, WidenEntry } from '../plan/move-plan.js';
import { arrive, look, lookUntil } from './arrive.js';
import { confirmReturn } from './confirm-return.js';
import { leave, orLeft, requireLink, remainingUsers } from './leave.js';
import { BATCH } from './options.js';
import { beginDrain, drainOf, waitForDrain } from './drain.js';
import { removeTestRoutes } from './test-route.js';
import { DONE, act, beginPhase, failing, movedResource, type MoveTools, type StepResult } from './tools.js';
import { recordedState } from './recorded-state.js';
import { watchReturn, type ReturnWatch } from './return-watch.js';
import { noteAll, settleUnit } from './settle.js';
import { readyForReturn, staysAsItIs, type ReadyForReturn } from './until-ready.js';
import { removeUnusedMark, writeUnusedMark } from './unused-mark.js';
import { widenedEntries, narrow } from './widen.js';

/**
 * Returns to the recorded state: every unit to its old link, then, after the drain, what this move added or created is
 * removed. A unit that fails to return keeps all of it, and the others return. One that something else deleted or moved is not
 * touched.
 */
export async function rollBack(tools: MoveTools, drainMs: number): Promise<StepResult<null>> {
  const { plan, history } = tools;
  beginPhase(tools, 'rollback', `every unit returns to ${plan.from.id}`);
  const used = await removeUnusedMark(tools, plan.from);
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
    if (!returned.ok) return returned;

    const confirmed = await confirmReturn(tools, (away) => returnUnits(tools, away, { first: DONE, watch }));
    if (!confirmed.ok) return confirmed;

    usedNew ||= returned.value || confirmed.value;
    units = watch.taken();
    if (units.length === 0 && usedNew) {
      const drained = await drainNew(tools, drainMs, watch);
      if (!drained.ok) return drained;

      units = watch.taken();
    }
    if (units.length === 0) break;
    if (round === ROUNDS) {
      const message = `${plan.from.id} has taken calls ${ROUNDS} times, and then none`;
      return failing('WAIT_TIMEOUT', message, staysAsItIs(tools));
    }
  }
  const added = widenedEntries(plan, history);
  const cleared = await removeTestRoutes(tools);
  if (!cleared.ok) return cleared;

  const released = await releaseUnits(tools, plan.units, 'new');
  if (!released.ok) return released;

  return added.length === 0 ? DONE : narrowNew(tools, added);
}

/** How often a return begins again because its units went forward meanwhile. */
const ROUNDS = 4;

/** Waits until calls have left the new link. It ends where units have gone forward meanwhile. */
async function drainNew(
  tools: MoveTools,
  drainMs: number,
  { look: isOver }: ReturnWatch,
): Promise<StepResult<boolean>> {
  const { to } = tools.plan;
  await writeUnusedMark(tools, to);
  const drain = await beginDrain(tools, 'drain after return', drainMs);
  return drain.ok ? waitForDrain(tools, 'drain after return', drain.value, { link: to.id, isOver }) : drain;
}

/** How units are returned. */
interface ReturnOptions {
  /** Whether the old link exists, as far as that is known already. */
  readonly first: StepResult<null>;
  readonly watch: ReturnWatch;
  /** Whether the path of the first batch was judged a moment ago. */
  readonly isJudged?: boolean | undefined;
}

/** Whether calls of some unit may have used the new link. */
async function returnUnits(
  tools: MoveTools,
  units: readonly PlannedUnit[],
  { first, watch, isJudged = false }: ReturnOptions,
): Promise<StepResult<boolean>> {
  let usedNew = false;
  let failed: StepResult<boolean> | undefined;
  for (let at = 0; at < units.length && !isAborted(failed); at += BATCH) {
    const way = at === 0 ? first : await requireLink(tools, tools.plan.from);
    const ready = readyForReturn(tools, watch, isJudged && at === 0);
    const returned = await tools.each(units.slice(at, at + BATCH), (one) =>
      returnUnit(tools, one, { link: way, ready, watch }),
    );
    for (const one of returned) {
      if (!one.ok) failed = isAborted(failed) ? failed : one;
      else if (one.value) usedNew = true;
    }
  }
  return failed ?? { ok: true, value: usedNew };
}

function isAborted(outcome: StepResult<unknown> | undefined): boolean {
  return outcome?.ok === false && outcome.error.code === 'ABORTED';
}

/** Removes what the move added for the new link, unless others have come to it since. */
async function narrowNew(tools: MoveTools, added: readonly WidenEntry[]): Promise<StepResult<null>> {
  const { plan, notes } = tools;
  const users = await remainingUsers(tools, plan.to);
  if (!users.ok) return users;
  if (users.value.length === 0) return narrow(tools, added);

  const kept = added.map(({ id }) => id).join('; ');
  notes.push(`${plan.to.id} is used by ${fewText(users.value)}, so what the move added for it stays: ${kept}`);
  return DONE;
}

/** What a return needs. */
interface Way {
  /** Whether the old link exists, so that a unit can be sent to it. */
  readonly link: StepResult<null>;
  readonly ready: ReadyForReturn;
  readonly watch: ReturnWatch;
}

/** Whether calls of the unit may have used the new link. */
async function returnUnit(tools: MoveTools, planned: PlannedUnit, way: Way): Promise<StepResult<boolean>> {
  const { unit, name } = planned;
  const state = recordedState(tools, unit);
  // Without a record nothing was changed.
  if (state === undefined) return { ok: true, value: false };

  const step = { unit: unit.id, step: `return ${name}`, kind: 'return', resource: movedResource(planned) };
  const seen = await lookUntil(tools, unit, state, ({ at, exists }) => at !== 'elsewhere' || exists === false);
  if (!seen.ok) return asStep(tools, step, () => Promise.resolve(seen));

  const wasSent = tools.history.begun(unit.id, 'shift');
  if (seen.value.at === 'elsewhere') {
    await leave(tools, planned, seen.value);
    return { ok: true, value: wasSent };
  }

  // Another writer may deploy what was prepared, at any moment until it is put back.
  const changes = unit.shift === undefined ? 'prepare' : 'shift';
  const isShared =
    tools.driver.moves.traits(unit.gateway.kind).sharesWorkingCopy === true && tools.history.begun(unit.id, changes);
  if (seen.value.at === 'old' && !wasSent && !isShared) return { ok: true, value: false };

  return asStep(tools, step, async (report) => {
    // A share that a record shows is taken back whatever an answer shows: it may be an older one.
    const isGiven = isShared || (unit.shift !== undefined && wasSent);
    const returned = await sendBack(tools, planned, state, { found: seen.value, way, isShared, isGiven, report });
    way.watch.ended(planned);
    return orLeft(tools, planned, returned, { instead: true, report });
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
): Promise<StepResult<boolean>> {
  const { moves } = tools.driver;
  const { unit } = planned;
  let before = found;
  // A move that the cloud refused sent no call to the new link.
  const isSent = tools.history.last(unit.id, 'shift') !== undefined && unit.shift !== undefined;
  const wasUsed = isSent || ['settle', 'back'].some((step) => tools.history.begun(unit.id, step));
  let usedNew = isShared || found.at !== 'old' || wasUsed;
  if (before.at === 'moving' || (before.at === 'old' && !isGiven)) {
    // A change that was sent may not have begun, or may not have ended: a return would be refused until then.
    const settled = await comeToRest(tools, unit, state, report);
    if (!settled.ok) return settled;

    before = settled.value;
    if (found.at === 'moving' && before.at === 'old' && !tools.history.begun(unit.id, 'back')) usedNew = isShared;
    else if (before.at !== 'old') usedNew = true;
  }
  if (before.at === 'elsewhere') {
    await leave(tools, planned, before, report);
    return { ok: true, value: usedNew };
  }

  if (before.at !== 'old' || isGiven) {
    if (!way.link.ok) return way.link;

    // A unit that is on the old link gets no calls by what is put back.
    const givesCalls = before.at !== 'old' || unit.shift !== undefined;
    const ready = givesCalls ? await way.ready(planned, state, report) : DONE;
    if (!ready.ok) return ready;

    way.watch.begun(planned);
    const sent = await act(
      tools,
      unit.id,
      'back',
      async (ctx) => {
        await moves.back(unit, state, ctx);
        return null;
      },
      { exclusive: unit.gateway.id, report },
    );
    if (!sent.ok) return sent;

    const arrived = await arrive(tools, unit, state, { goal: 'old', before, report });
    if (!arrived.ok) return arrived;
  }
  const settled = await settleUnit(tools, planned, state, { at: 'old', report });
  if (!settled.ok) return settled;

  noteAll(tools, planned, settled.value, report);
  return { ok: true, value: usedNew };
}

async function comeToRest(
  tools: MoveTools,
  unit: PlannedUnit['unit'],
  state: MoveState,
  report: StepProgress,
): Promise<StepResult<MovePosition>> {
  const { pollMs, timeoutMs } = tools.driver.moves.traits(unit.gateway.kind);
  const run = tools.run(unit.id);
  let lastMovingMs: number | undefined;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const seen = await look(tools, unit, state, `look at rest ${waitedMs / 1_000} s`);
    if (!seen.ok) return seen;

    const { at, failure } = seen.value;
    if (at === 'moving') lastMovingMs = waitedMs;
    const isRefused = lastMovingMs !== undefined && failure !== undefined;
    const isUnchanged = isRefused || waitedMs - (lastMovingMs ?? 0) >= UNSEEN_MS;
    const isResting = at !== 'moving' && (at !== 'old' || isUnchanged);
    if (isResting || waitedMs >= timeoutMs) return seen;

    report.waiting(`until no change of ${unit.id} is in progress`, waitedMs, seen.value.at);
    const slept = await pause(run, `rest ${waitedMs / 1_000} s`, pollMs);
    if (!slept.ok) return slept;
  }
}

/** Deletes what units do not need any more, and is this project's. A unit that fails keeps it. */
export async function releaseUnits(
  tools: MoveTools,
  units: readonly PlannedUnit[],
  which: 'new' | 'old',
): Promise<StepResult<null>> {
  let failed: StepResult<null> = DONE;
  for (const planned of units) {
    const released = await releaseUnit(tools, planned, which);
    if (isAborted(released)) return released;

    if (!released.ok) failed = released;
  }
  return failed;
}

async function releaseUnit(
  tools: MoveTools,
  { unit, name }: PlannedUnit,
  which: 'new' | 'old',
): Promise<StepResult<null>> {
  const state = recordedState(tools, unit);
  if (state === undefined || !mayHavePrepared(tools, unit, state, which)) return DONE;

  const step = { unit: unit.id, step: `release ${name}`, kind: 'delete', resource: { type: unit.gateway.kind, name } };
  return asStep(tools, step, async (report) => {
    const gone = await act(
      tools,
      unit.id,
      `release ${which}`,
      async (ctx) => [...(await tools.driver.moves.release(unit, state, which, ctx))],
      { exclusive: unit.gateway.id, report },
    );
    if (gone.ok) tools.removed.push(...gone.value);
    else if (gone.error.code === 'WORLD_MOVED') {
      // What something else has changed is not this move's any more.
      tools.notes.push(`${name} stays as it is: ${gone.error.message}`);
      return DONE;
    }
    return gone.ok ? DONE : gone;
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
