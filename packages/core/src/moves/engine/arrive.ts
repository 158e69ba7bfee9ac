import { failing, type StepProgress } from '../../do/apply/step.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { UNSEEN_MS } from '../../do/model/read-bound.js';
import type { MovePosition, MoveState, MoveUnit } from '../../do/move-driver.js';
import { lengthOfTime } from '../../ground/text/quantities.js';
import { LOOK } from '../record/history.js';
import { act, wait, type MoveTools } from './tools.js';

/** After so long an unchanged failure counts as one of this change: the cloud shows the last one until a change begins. */
const STALE_FAILURE_MS = 120_000;

/** Where calls of a unit go now. Parts of it that something else deleted or led elsewhere are named. */
export async function look(
  tools: MoveTools,
  unit: MoveUnit,
  state: MoveState,
  id: `${typeof LOOK}${string}` = LOOK,
): Promise<MovePosition> {
  const seen = await act(tools, unit.id, id, (ctx) => tools.driver.moves.where(unit, state, ctx));
  tools.notes.push(...(seen.left ?? []));
  return seen;
}

/**
 * As {@link look}. What records show is believed, and an answer that differs from it is not, until each answer must show what was
 * written last: a read that lags proves nothing.
 */
export async function lookUntil(
  tools: MoveTools,
  unit: MoveUnit,
  state: MoveState,
  isRecorded: (seen: MovePosition) => boolean,
): Promise<MovePosition> {
  const { pollMs } = tools.driver.moves.traits(unit.gateway.kind);
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const seen = await look(tools, unit, state);
    if (isRecorded(seen) || waitedMs >= UNSEEN_MS) return seen;

    await wait(tools, unit.id, `${LOOK} again ${waitedMs / 1_000} s`, pollMs);
  }
}

/** Sends a share of the calls of a unit over the new link. Of a shift, the record says which. */
export function giveShare(
  tools: MoveTools,
  unit: MoveUnit,
  state: MoveState,
  { percent, report }: { readonly percent: number; readonly report: StepProgress },
): Promise<number | null> {
  const send = async (ctx: CallContext): Promise<number | null> => {
    await tools.driver.moves.shift(unit, state, percent, ctx);
    return unit.shift === undefined ? null : percent;
  };
  return act(tools, unit.id, 'shift', send, { exclusive: unit.gateway.id, needsAgain: true, report });
}

/**
 * Waits until the cloud has carried out a change of a unit. `before` is what it showed before the change: a failure of
 * an earlier change is not one of this change.
 */
export async function arrive(
  tools: MoveTools,
  unit: MoveUnit,
  state: MoveState,
  {
    goal,
    percent,
    before,
    report,
  }: {
    readonly goal: MovePosition['at'];
    /** Of a canary: the least share that it must have. */
    readonly percent?: number | undefined;
    readonly before: MovePosition;
    readonly report: StepProgress;
  },
): Promise<MovePosition> {
  const { showsMoving, pollMs, timeoutMs } = tools.driver.moves.traits(unit.gateway.kind);
  const link = goal === 'old' ? unit.from.id : unit.to.id;
  let hasBegun = before.at === 'moving';
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const seen = await look(tools, unit, state, `look ${waitedMs / 1_000} s`);
    const { at, failure, found } = seen;
    if (at === goal && isShare(seen, percent) && (!showsMoving || waitedMs >= UNSEEN_MS)) return seen;

    if (at === 'moving') hasBegun = true;
    else if (at === 'elsewhere') {
      throw failing('WORLD_MOVED', `${unit.id} is on neither link: ${found ?? 'something else changed it'}`, FIND_OUT);
    } else if (
      at !== goal &&
      failure !== undefined &&
      (hasBegun || failure !== before.failure || waitedMs >= STALE_FAILURE_MS)
    ) {
      throw failing('CLOUD_REFUSED', `${unit.id} cannot move to ${link}: ${failure}`, MEND);
    }
    if (waitedMs >= timeoutMs) {
      throw failing('WAIT_TIMEOUT', `${unit.id} is not on ${link} after ${lengthOfTime(timeoutMs)}`, WAIT_ON);
    }

    report.waiting(`${unit.id} moves to ${link}`, waitedMs, at);
    await wait(tools, unit.id, `wait ${waitedMs / 1_000} s`, pollMs);
  }
}

function isShare({ at, percent: is = 0 }: MovePosition, wanted: number | undefined): boolean {
  return at !== 'canary' || wanted === undefined || is >= wanted;
}

/** What to do about a unit that is on neither link. */
export const FIND_OUT = 'Find out what else changes this gateway, then run the command again.';
const MEND = 'Correct what the message names, and run the command again.';
const WAIT_ON = 'Run the command again: it continues to wait.';
