import { pause } from '../../apply/outcome.js';
import type { MovePosition, MoveState } from '../../move-driver.js';
import { fewText } from '../../text/few-text.js';
import type { PlannedUnit, WidenEntry } from '../plan/move-plan.js';
import { arrive, look, UNSEEN_MS } from './arrive.js';
import { BATCH } from './options.js';
import { beginDrain, drainEnd, waitForDrain } from './drain.js';
import { remainingUsers } from './remaining-users.js';
import { resourceOf } from './switch-unit.js';
import { removeTestRoutes } from './test-route.js';
import { DONE, act, beginPhase, shown, type MoveTools, type Outcome, type StepProgress } from './tools.js';
import { recordedState } from './unit-state.js';
import { removeUnusedMark, writeUnusedMark } from './unused-mark.js';
import { addedEntries, narrow } from './widen.js';

/**
 * Returns to the recorded state: every unit to its old link, then, after the drain, what this move added or created is
 * removed. A unit that fails to return keeps all of it.
 */
export async function rollBack(tools: MoveTools, drainMs: number): Promise<Outcome<null>> {
  const { plan, history } = tools;
  beginPhase(tools, 'rollback', `every unit returns to ${plan.from.id}`);
  const used = await removeUnusedMark(tools, plan.from);
  // A return is not held up by it: the note says that the mark is there.
  if (!used.ok) tools.notes.push(`the mark of unused link ${plan.from.id} was not removed: ${used.error.message}`);
  let usedNew = drainEnd(history, 'drain after return') !== undefined;
  let failed: Outcome<null> = DONE;
  for (let at = 0; at < plan.units.length && failed.ok; at += BATCH) {
    const returned = await Promise.all(plan.units.slice(at, at + BATCH).map((one) => returnUnit(tools, one)));
    for (const one of returned) {
      if (!one.ok) failed = one;
      else if (one.value) usedNew = true;
    }
  }
  if (!failed.ok) return failed;
  const added = addedEntries(plan, history);
  if (usedNew) {
    await writeUnusedMark(tools, plan.to);
    const end = await beginDrain(tools, 'drain after return', drainMs);
    if (!end.ok) return end;
    const waited = await waitForDrain(tools, 'drain after return', end.value, plan.to.id);
    if (!waited.ok) return waited;
  }
  const cleared = await removeTestRoutes(tools);
  if (!cleared.ok) return cleared;
  for (const planned of plan.units) {
    const released = await releaseUnit(tools, planned, 'new');
    if (!released.ok) return released;
  }
  return added.length === 0 ? DONE : narrowNew(tools, added);
}

/** Removes what the move added for the new link, unless others have come to it since. */
async function narrowNew(tools: MoveTools, added: readonly WidenEntry[]): Promise<Outcome<null>> {
  const { plan, notes } = tools;
  const users = await remainingUsers(tools, plan.to);
  if (!users.ok) return users;
  if (users.value.length === 0) return narrow(tools, added);
  const kept = added.map(({ id }) => id).join('; ');
  notes.push(`${plan.to.id} is used by ${fewText(users.value)}, so what the move added for it stays: ${kept}`);
  return DONE;
}

/** Whether calls of the unit may have used the new link. */
async function returnUnit(tools: MoveTools, planned: PlannedUnit): Promise<Outcome<boolean>> {
  const { unit, name } = planned;
  const state = recordedState(tools, unit);
  // Without a record nothing was changed.
  if (state === undefined) return { ok: true, value: false };
  const seen = await look(tools, unit, state);
  if (!seen.ok) return seen;
  const wasSent = tools.history.begun(unit.id, 'shift') || seen.value.at !== 'old';
  if (seen.value.at === 'old' && !wasSent) return { ok: true, value: false };
  const step = { unit: unit.id, step: `return ${name}`, kind: 'return', resource: resourceOf(planned) };
  return shown(tools, step, async (told) => {
    return sendBack(tools, planned, state, { found: seen.value, told });
  });
}

async function sendBack(
  tools: MoveTools,
  { unit, name }: PlannedUnit,
  state: MoveState,
  { found, told }: { readonly found: MovePosition; readonly told: StepProgress },
): Promise<Outcome<boolean>> {
  const { moves } = tools.driver;
  let before = found;
  // A move that the cloud refused sent no call to the new link.
  let usedNew = found.at !== 'old' || ['settle', 'back'].some((step) => tools.history.begun(unit.id, step));
  if (before.at === 'moving' || before.at === 'old') {
    // A change that was sent may not have begun, or may not have ended: a return would be refused until then.
    const settled = await comeToRest(tools, unit, state, told);
    if (!settled.ok) return settled;
    before = settled.value;
    if (found.at === 'moving' && before.at === 'old' && !tools.history.begun(unit.id, 'back')) usedNew = false;
    else if (before.at !== 'old') usedNew = true;
  }
  if (before.at !== 'old') {
    const sent = await act(
      tools,
      unit.id,
      'back',
      async (ctx) => {
        await moves.back(unit, state, ctx);
        return null;
      },
      { exclusive: unit.gateway.id, told },
    );
    if (!sent.ok) return sent;
    const arrived = await arrive(tools, unit, state, { goal: 'old', before, told });
    if (!arrived.ok) return arrived;
  }
  const settled = await act(tools, unit.id, 'settle after return', async (ctx) => [
    ...(await moves.settle(unit, state, ctx)),
  ]);
  if (!settled.ok) return settled;
  const verified = await act(tools, unit.id, 'verify after return', async (ctx) => [
    ...(await moves.verify(unit, state, ctx)),
  ]);
  if (!verified.ok) return verified;
  for (const text of new Set([...settled.value, ...verified.value])) {
    told.progress(text);
    tools.notes.push(`${name}: ${text}`);
  }
  return { ok: true, value: usedNew };
}

async function comeToRest(
  tools: MoveTools,
  unit: PlannedUnit['unit'],
  state: MoveState,
  told: StepProgress,
): Promise<Outcome<MovePosition>> {
  const { pollMs, timeoutMs } = tools.driver.moves.traits(unit.gateway.kind);
  const run = tools.run(unit.id);
  let lastMovingMs: number | undefined;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const seen = await look(tools, unit, state, `rest ${waitedMs / 1_000} s`);
    if (!seen.ok) return seen;
    const { at, failure } = seen.value;
    if (at === 'moving') lastMovingMs = waitedMs;
    const isRefused = lastMovingMs !== undefined && failure !== undefined;
    const isUnchanged = isRefused || waitedMs - (lastMovingMs ?? 0) >= UNSEEN_MS;
    const isResting = at !== 'moving' && (at !== 'old' || isUnchanged);
    if (isResting || waitedMs >= timeoutMs) return seen;
    told.waiting(`${unit.id} comes to rest`, waitedMs, seen.value.at);
    const slept = await pause(run, `rest ${waitedMs / 1_000} s`, pollMs);
    if (!slept.ok) return slept;
  }
}

/** Deletes what a unit does not need any more, and is this project's. */
export async function releaseUnit(
  tools: MoveTools,
  { unit, name }: PlannedUnit,
  which: 'new' | 'old',
): Promise<Outcome<null>> {
  const state = recordedState(tools, unit);
  if (state === undefined || !mayHavePrepared(tools, unit, state, which)) return DONE;
  const step = { unit: unit.id, step: `release ${name}`, kind: 'delete', resource: { type: unit.gateway.kind, name } };
  return shown(tools, step, async (told) => {
    const gone = await act(
      tools,
      unit.id,
      `release ${which}`,
      async (ctx) => [...(await tools.driver.moves.release(unit, state, which, ctx))],
      { exclusive: unit.gateway.id, told },
    );
    if (!gone.ok) return gone;
    tools.removed.push(...gone.value);
    return DONE;
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
