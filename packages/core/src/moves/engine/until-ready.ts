import type { StepProgress } from '../../do/apply/step.js';
import { pause } from '../../do/apply/outcome.js';
import type { MoveState } from '../../do/move-driver.js';
import { lengthOfTime } from '../../ground/text/quantities.js';
import { unservedOnReturn } from '../judge-return.js';
import { commandsOf, type PlannedUnit } from '../plan/move-plan.js';
import type { ReturnWatch } from './return-watch.js';
import { drainOf } from './drain.js';
import { act, DONE, failing, type Failed, type MoveTools, type StepResult } from './tools.js';

/** How long the former path of a unit may take until it serves calls, and how often it is judged: it is read whole. */
const PATH = { pollMs: 30_000, readyMs: 600_000 };

/** Waits until the former path of a unit takes its calls, unless its operator says that it returns all the same. */
export type ReadyForReturn = (
  planned: PlannedUnit,
  state: MoveState,
  report: StepProgress,
) => Promise<StepResult<null>>;

/** The wait of a batch. The path of a gateway is judged once for all units of it, and not again where it was judged a moment ago. */
export function readyForReturn(tools: MoveTools, watch: ReturnWatch, isJudged: boolean): ReadyForReturn {
  const judged = new Map<string, Promise<StepResult<null>>>();
  return (planned, state, report) => {
    const { gateway, shift } = planned.unit;
    if (tools.isForced === true || isJudged) return Promise.resolve(DONE);

    const ready = judged.get(gateway.id) ?? untilReady(tools, planned, state, { side: 'old', report, watch });
    if (shift === undefined) judged.set(gateway.id, ready);
    return ready;
  };
}

/**
 * Waits until what a move or a shift gives calls to takes them, there and back: a share that is given earlier is lost, because no group gets
 * the calls of another. Where it does not take them in time, or does not exist any more, calls stay where they are. A move forward is
 * validated and tested before its first switch.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export async function untilReady(
  tools: MoveTools,
  planned: PlannedUnit,
  state: MoveState,
  {
    side,
    report,
    watch,
  }: {
    readonly side: 'new' | 'old';
    readonly report: StepProgress;
    /** Of a return. */
    readonly watch?: ReturnWatch | undefined;
  },
): Promise<StepResult<null>> {
  const { unit } = planned;
  const { moves } = tools.driver;
  const isBack = side === 'old';
  const isShare = unit.shift !== undefined;
  if (!isShare && !isBack) return DONE;

  const { pollMs, readyMs } = isShare ? timesOf(tools, planned) : PATH;
  if (isShare && isBack && moves.wayBack !== undefined) {
    const prepared = await act(tools, unit.id, 'prepare the return', async (ctx) => {
      await moves.wayBack?.prepare(unit, state, ctx);
      return null;
    });
    if (!prepared.ok) {
      await watch?.look();
      return asItStays(tools, prepared);
    }
  }
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const asked = await act<string | null>(
      tools,
      unit.id,
      `${isBack ? 'ready for the return' : 'ready'} ${waitedMs / 1_000} s`,
      async (ctx) => {
        if (!isShare) return (await unservedOnReturn(tools.plan, planned, tools, ctx)) ?? null;

        const why = isBack ? await moves.wayBack?.ready(unit, state, ctx) : await moves.ready?.(unit, state, ctx);
        return why ?? null;
      },
      { reads: !isShare },
    );
    // What cannot be read does not hold up the return of a unit: the return shows what is denied.
    if (!asked.ok && !isShare) return asked.error.code === 'ABORTED' ? asked : DONE;

    const why = asked.ok ? asked.value : asked.error.message;
    if (why === null) return DONE;

    await watch?.look();
    if (!asked.ok) return isBack ? asItStays(tools, asked) : asked;
    if (waitedMs >= readyMs) {
      const message = `after ${lengthOfTime(readyMs)}, ${why}`;
      return isBack
        ? failing('WAIT_TIMEOUT', `${isShare ? SHARES : UNITS} stay as they are: ${message}`, staysAsItIs(tools))
        : failing('WAIT_TIMEOUT', message, 'Correct what the message names, and shift again.');
    }

    report.waiting(why, waitedMs);
    const slept = await pause(tools.run(unit.id), `not ready ${waitedMs / 1_000} s`, pollMs);
    if (!slept.ok) return slept;
  }
}

const SHARES = 'the shares';
const UNITS = 'its calls';

function timesOf({ driver }: MoveTools, { unit }: PlannedUnit): typeof PATH {
  const { pollMs, shift: { readyMs } = { readyMs: 0 } } = driver.moves.traits(unit.gateway.kind);
  return { pollMs, readyMs };
}

/** A former target that does not exist any more gets no calls. */
function asItStays(tools: MoveTools, failed: Failed): Failed {
  const { code, message } = failed.error;
  return code === 'WORLD_MOVED' ? failing(code, `${SHARES} stay as they are: ${message}`, staysAsItIs(tools)) : failed;
}

/** What to do where nothing would serve the calls that return. */
export function staysAsItIs({ plan, history }: MoveTools): string {
  const { id } = history;
  const { rollback, abort, finish, leave } = commandsOf(plan);
  const hasDrain = drainOf(history, 'drain') !== undefined;
  const ends = hasDrain ? `\`postern ${finish} ${id}\`` : `\`postern ${abort} ${id}\`, then \`${finish}\`,`;
  // A shift that has not come to 100 % can be left as it is.
  const keeps = rollback === abort && !hasDrain ? '' : `${ends} keeps what has moved. `;
  return (
    `Make it take calls, then \`postern ${rollback} ${id}\`; \`--despite-errors\` returns all the same. ${keeps}` +
    `\`postern ${leave} ${id}\` ends it as it is.`
  );
}
