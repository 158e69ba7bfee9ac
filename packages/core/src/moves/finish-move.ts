import { defined } from '../ground/defined.js';
import type { Infer } from '../do/forms/form.js';
import { optionalFlag } from '../do/forms/values.js';
import { PosternError } from '../ground/errors.js';
import { cloudNow, type TimeBounds } from '../ground/clocks/cloud-time.js';
import type { StepError } from '../do/apply/run.js';
import { FailedStep, outcomeOf } from '../do/apply/step.js';
import { drainedAt, drainLeftMs, drainOf, waitForDrain, beginDrain, type Drain } from './engine/drain.js';
import { type MoveContext, DRAIN_MS } from './engine/options.js';
import { remainingUsers, requireLink } from './engine/leave.js';
import { undoPhases } from './engine/phases.js';
import { releaseUnits } from './engine/roll-back.js';
import { removeTestRoutes } from './engine/test-route.js';
import { act, beginPhase, reported, untilShown, type MoveTools } from './engine/tools.js';
import { isSwitched, requireMoved, unitsNow, whereAll, type UnitNow } from './engine/where-now.js';
import { widenedEntries, narrow } from './engine/widen.js';
import { withRun, type LeftMove } from './engine/with-run.js';
import type { MoveEvent, MoveResult } from './events.js';
import { commandsOf, editsOf, type MovePlan, type WidenEntry } from './plan/move-plan.js';
import { lengthOfTime } from '../ground/text/quantities.js';
import { recordedState, WHOLE, type MoveHistory } from './record/history.js';
import { movesIn, requireOpen, type RecordedMove } from './record/recorded-moves.js';

export const finishOptions = {
  /** Whether to wait for the end of the drain. Default false: `DRAINING`. */
  wait: optionalFlag,
};

/** Options of finishing. */
export interface FinishMoveOptions extends Infer<typeof finishOptions> {}

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
        { details: { seconds, drainedAt: drainedAt(drain) ?? null } },
      );
    }

    return {
      does: 'finish',
      history,
      work: (tools) => finishDrained(tools, drain, movesIn(records)),
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

/** Waits for the end of a drain, and then removes what only the old link needed. */
export async function finishDrained(tools: MoveTools, drain: Drain, moves: readonly RecordedMove[]): Promise<LeftMove> {
  const { plan } = tools;
  const waited = await outcomeOf(waitForDrain(tools, 'drain', drain, { link: plan.from.id }));
  if (!waited.ok) return { state: 'failed', ...whereAll(tools) };

  beginPhase(tools, 'finish', `what only ${plan.from.id} needed is removed`);
  let usersOfOld: readonly string[] | undefined;
  const work = async (): Promise<void> => {
    // What a short drain leaves of the time in which reads may show what was before: nothing is removed by them.
    await untilShown(tools, 'the move', drainOf(tools.history, 'drain')?.ms);
    await removeTestRoutes(tools);
    await releaseOld(tools);
    usersOfOld = await remainingUsers(tools, plan.from);
    await narrowOld(tools, usersOfOld, moves);
  };
  const { ok } = await reported(tools, 'finish', work());
  const state = ok ? 'finished' : 'failed';
  return { state, ...whereAll(tools), ...defined({ usersOfOld }), edits: editsOf(plan) };
}

/**
 * Deletes what only the old path of each unit needed. All units must still use the new link, but for those that something else
 * deleted or moved; of a move that was aborted, only what units on the new link needed is deleted, and the others stay as they are.
 */
async function releaseOld(tools: MoveTools): Promise<void> {
  const { plan, history, notes, left } = tools;
  const wasAborted = history.last(WHOLE, 'abort') !== undefined;
  const units = wasAborted ? await unitsNow(tools) : await requireMoved(tools);
  const moved = units.filter(({ now }) => now?.at === 'new').map(({ planned }) => planned);
  let unseen: StepError | undefined;
  for (const { planned, unread } of units) {
    if (moved.includes(planned) || left.has(planned.unit.id) || !isSwitched(tools, planned)) continue;

    // What is denied stays denied; anything else may be read by the next command.
    if (unread !== undefined && unread.code !== 'PERMISSION_DENIED') unseen = unread;
    const why = unread === undefined ? `is not on ${plan.to.id}` : `could not be read (${unread.code})`;
    notes.push(`${planned.name} ${why}: it stays as it is.`);
  }
  const linkFound = await outcomeOf(moved.length === 0 ? Promise.resolve() : requireLink(tools, plan.to));
  if (!linkFound.ok && (!wasAborted || linkFound.error.code !== 'WORLD_MOVED')) throw new FailedStep(linkFound.error);
  if (!linkFound.ok) {
    notes.push(`link ${plan.to.id} does not exist, so what leads to ${plan.from.id} is kept.`);
    return;
  }

  await releaseUnits(tools, moved, 'old');
  if (unseen !== undefined) throw new FailedStep(unseen);
}

/** Removes entries that earlier moves added for the old link, unless something still uses it. */
async function narrowOld(tools: MoveTools, users: readonly string[], moves: readonly RecordedMove[]): Promise<void> {
  const old = entriesFor(tools.plan, moves);
  if (old.length === 0 || users.length === 0) return narrow(tools, old);

  tools.notes.push(`${tools.plan.from.id} is still used, so its entries stay: ${old.map(({ id }) => id).join('; ')}`);
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
  const ended = await reported(tools, 'abort', abortWork(tools));
  return { state: ended.ok ? ended.value : 'failed', ...whereAll(tools) };
}

async function abortWork(tools: MoveTools): Promise<'aborted' | 'rolled-back'> {
  const { history, notes } = tools;
  // Something else may have deployed what was prepared.
  const now = await unitsNow(tools);
  const isSwitched = ({ planned: { unit }, now: place }: UnitNow): boolean =>
    history.begun(unit.id, 'shift') || place === undefined || !['old', 'elsewhere'].includes(place.at);
  if (!now.some(isSwitched)) {
    await undoPhases(tools, 0);
    return 'rolled-back';
  }

  await removeTestRoutes(tools);
  await act(tools, WHOLE, 'abort', () => Promise.resolve({ aborted: true }));
  await beginDrain(tools, 'drain after abort', DRAIN_MS);
  // Something else may have moved a unit moments ago.
  for (const { planned, unread } of await unitsNow(tools)) {
    if (unread !== undefined) notes.push(`${planned.name} could not be read: ${unread.code}: ${unread.message}`);
  }
  return 'aborted';
}
