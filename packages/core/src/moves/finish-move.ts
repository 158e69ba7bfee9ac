import { PosternError } from '../ground/errors.js';
import { cloudNow, type TimeBounds } from '../ground/clocks/cloud-time.js';
import { untilReadsShow } from '../do/apply/unseen.js';
import { drainedAt, drainLeftMs, drainOf, waitForDrain, beginDrain } from './engine/drain.js';
import { type MoveContext, DRAIN_MS } from './engine/options.js';
import { remainingUsers, requireLink } from './engine/leave.js';
import { releaseUnits, rollBack } from './engine/roll-back.js';
import { removeTestRoutes } from './engine/test-route.js';
import { DONE, beginPhase, reported, type MoveTools, type StepResult, act } from './engine/tools.js';
import { isSwitched, requireMoved, unitsNow, type UnitNow } from './engine/where-now.js';
import { widenedEntries, narrow } from './engine/widen.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { commandsOf, editsOf, type MovePlan, type WidenEntry } from './plan/move-plan.js';
import { lengthOfTime } from '../ground/text/quantities.js';
import { WHOLE, type MoveHistory } from './record/history.js';
import { movesIn, requireOpen, type RecordedMove } from './record/recorded-moves.js';
import { recordedState } from './engine/recorded-state.js';
import { whereAll } from './status.js';

/** Options of finishing. */
export interface FinishMoveOptions {
  /** Whether to wait for the end of the drain. Default false: `DRAINING`. */
  readonly wait?: boolean | undefined;
}

/**
 * Ends a move after its drain: removes what only the old link needed and Postern added or owns, and names what still
 * uses the old link. After that a return is a new move.
 * @throws {PosternError} `DRAINING` with the time that is left; `MOVE_ENDED`; `MOVE_OPEN` where the run has not come to
 *   its drain; as `runMove`.
 */
export function finishMove(
  move: string,
  context: MoveContext,
  { wait = false }: FinishMoveOptions = {},
): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  return withRun(context, async (records) => {
    const { history } = requireOpen(records, move);
    const wasAborted = history.last(WHOLE, 'abort') !== undefined;
    const drain = (wasAborted ? drainOf(history, 'drain after abort') : undefined) ?? drainOf(history, 'drain');
    // A return that found nothing to serve its calls keeps what has them: `requireMoved` sees that nothing has returned.
    if (drain === undefined) {
      throw new PosternError('MOVE_OPEN', `move ${move} has not come to its drain`, {
        remedy: endings(history),
      });
    }

    const leftMs = drainLeftMs(drain, history.plan, await timeOfCloud(context, history));
    if (leftMs > 0 && !wait) {
      const seconds = Math.ceil(leftMs / 1_000);
      throw new PosternError(
        'DRAINING',
        `calls may still use ${history.plan.from.id}: ${lengthOfTime(leftMs)} of the drain are left`,
        {
          details: { seconds, drainedAt: drainedAt(drain) ?? null },
        },
      );
    }

    return {
      does: 'finish',
      history,
      work: async (tools) => {
        const waited = await waitForDrain(tools, 'drain', drain, { link: history.plan.from.id });
        return waited.ok ? finishWork(tools, movesIn(records)) : { state: 'failed', ...whereAll(tools) };
      },
    };
  });
}

function endings({ id, plan }: MoveHistory): string {
  const { run, rollback, abort, leave } = commandsOf(plan);
  const stay = rollback === abort ? leave : abort;
  return `Continue it with \`postern ${run}\`, return with \`postern ${rollback} ${id}\`, or end it where it stands with \`postern ${stay} ${id}\`.`;
}

/** The time of the cloud. Nothing may have been called yet in this process. */
async function timeOfCloud({ driver, context }: MoveContext, history: MoveHistory): Promise<TimeBounds | undefined> {
  if (cloudNow(context) !== undefined) return cloudNow(context);

  const [first] = history.plan.units;
  const state = first && recordedState({ history }, first.unit);
  if (first?.unit.shift === undefined || state === undefined) await driver.links.find(history.plan.to, context);
  else await driver.moves.where(first.unit, state, context);
  return cloudNow(context);
}

/** The work of `finish`, after the drain. */
export async function finishWork(tools: MoveTools, moves: readonly RecordedMove[]): Promise<LeftMove> {
  const { plan } = tools;
  beginPhase(tools, 'finish', `what only ${plan.from.id} needed is removed`);
  // What a short drain leaves of the time in which reads may show what was before: nothing is removed by them.
  const waited = await untilReadsShow(tools.run(WHOLE), 'the move', drainOf(tools.history, 'drain')?.ms);
  const cleared = waited.ok ? await removeTestRoutes(tools) : waited;
  const released = cleared.ok ? await releaseOld(tools) : cleared;
  const users = released.ok ? await remainingUsers(tools, plan.from) : released;
  const outcome = users.ok ? await narrowOld(tools, users.value, moves) : users;
  await reported(tools, 'finish', outcome);
  return {
    state: outcome.ok ? 'finished' : 'failed',
    ...whereAll(tools),
    ...(users.ok ? { usersOfOld: users.value } : {}),
    edits: editsOf(plan),
  };
}

/**
 * Deletes what only the old path of each unit needed. All units must still use the new link, but for those that something else
 * deleted or moved; of a move that was aborted, only what units on the new link needed is deleted, and the others stay as they are.
 */
async function releaseOld(tools: MoveTools): Promise<StepResult<null>> {
  const { plan, history, notes, left } = tools;
  const wasAborted = history.last(WHOLE, 'abort') !== undefined;
  const units = wasAborted ? await unitsNow(tools) : await requireMoved(tools);
  if (!units.ok) return units;

  const moved = units.value.filter(({ now }) => now?.at === 'new').map(({ planned }) => planned);
  let unseen: StepResult<null> = DONE;
  for (const { planned, unread } of units.value) {
    if (moved.includes(planned) || left.has(planned.unit.id) || !isSwitched(tools, planned)) continue;

    // What is denied stays denied; anything else may be read by the next command.
    if (unread !== undefined && unread.code !== 'PERMISSION_DENIED') unseen = { ok: false, error: unread };
    const why = unread === undefined ? `is not on ${plan.to.id}` : `could not be read (${unread.code})`;
    notes.push(`${planned.name} ${why}: it stays as it is.`);
  }
  const linkFound = moved.length === 0 ? DONE : await requireLink(tools, plan.to);
  if (linkFound.ok) {
    const released = await releaseUnits(tools, moved, 'old');
    return released.ok ? unseen : released;
  }
  if (!wasAborted || linkFound.error.code !== 'WORLD_MOVED') return linkFound;

  notes.push(`link ${plan.to.id} does not exist, so what leads to ${plan.from.id} is kept.`);
  return DONE;
}

/** Removes entries that earlier moves added for the old link, unless something still uses it. */
function narrowOld(
  tools: MoveTools,
  users: readonly string[],
  moves: readonly RecordedMove[],
): Promise<StepResult<null>> {
  const old = entriesFor(tools.plan, moves);
  if (old.length > 0 && users.length > 0) {
    tools.notes.push(`${tools.plan.from.id} is still used, so its entries stay: ${old.map(({ id }) => id).join('; ')}`);
    return Promise.resolve(DONE);
  }

  return narrow(tools, old);
}

/** What earlier moves of this journal added for the link that is left now. */
function entriesFor({ from, move, widen }: MovePlan, moves: readonly RecordedMove[]): readonly WidenEntry[] {
  const own = new Set(widen.map(({ id }) => id));
  const found = new Map<string, WidenEntry>();
  for (const { history, ended } of moves) {
    if (ended !== 'finished' || history.plan.move === move) continue;

    for (const entry of widenedEntries(history.plan, history)) {
      if (entry.link.id === from.id && !own.has(entry.id)) found.set(entry.id, entry);
    }
  }
  return [...found.values()];
}

/**
 * Ends a move where it stands: what has moved stays, what has not does not move. It can then be finished or rolled back.
 * Where nothing was switched, what the move added is removed at once.
 * @throws {PosternError} `MOVE_ENDED`; `LOCKED` while a run is in progress: interrupt it first
 */
export function abortMove(move: string, context: MoveContext): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  return withRun(context, (records) => ({
    does: 'abort',
    history: requireOpen(records, move).history,
    work: abort,
  }));
}

async function abort(tools: MoveTools): Promise<LeftMove> {
  const { history } = tools;
  // Something else may have deployed what was prepared.
  const now = await unitsNow(tools);
  if (!now.ok) return notDone(tools, now);

  const isSwitched = ({ planned: { unit }, now: place }: UnitNow): boolean =>
    history.begun(unit.id, 'shift') || place === undefined || !['old', 'elsewhere'].includes(place.at);
  if (!now.value.some(isSwitched)) {
    const back = await reported(tools, 'abort', await rollBack(tools, 0));
    return { state: back.ok ? 'rolled-back' : 'failed', ...whereAll(tools) };
  }

  const cleared = await removeTestRoutes(tools);
  if (!cleared.ok) return notDone(tools, cleared);

  const aborted = await act(tools, WHOLE, 'abort', () => Promise.resolve({ aborted: true }));
  // Something else may have moved a unit moments ago.
  const drain = aborted.ok ? await beginDrain(tools, 'drain after abort', DRAIN_MS) : aborted;
  const seen = drain.ok ? await unitsNow(tools) : drain;
  if (!seen.ok) return notDone(tools, seen);

  for (const { planned, unread } of seen.value) {
    if (unread !== undefined) tools.notes.push(`${planned.name} could not be read: ${unread.code}: ${unread.message}`);
  }
  return { state: 'aborted', ...whereAll(tools) };
}

async function notDone(tools: MoveTools, outcome: StepResult<unknown>): Promise<LeftMove> {
  await reported(tools, 'abort', outcome);
  return { state: 'failed', ...whereAll(tools) };
}
