import { FailedStep, failing, outcomeOf, type StepProgress } from '../../do/apply/step.js';
import type { StepError } from '../../do/apply/run.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { MoveState } from '../../do/move-driver.js';
import { lengthOfTime } from '../../ground/text/quantities.js';
import { unservedOnReturn } from '../judge-return.js';
import { commandsOf, type PlannedUnit } from '../plan/move-plan.js';
import type { ReturnWatch } from './return-watch.js';
import { drainOf } from './drain.js';
import { act, wait, type MoveTools } from './tools.js';

/** How long the former path of a unit may take until it serves calls, and how often it is judged: it is read whole. */
const PATH = { pollMs: 30_000, readyMs: 600_000 };

/** Waits until the former path of a unit takes its calls, unless its operator says that it returns all the same. */
export type ReadyForReturn = (planned: PlannedUnit, state: MoveState, report: StepProgress) => Promise<void>;

/** The wait of a batch. The path of a gateway is judged once for all units of it, and not again where it was judged a moment ago. */
export function readyForReturn(tools: MoveTools, watch: ReturnWatch, isJudged: boolean): ReadyForReturn {
  const judged = new Map<string, Promise<void>>();
  return async (planned, state, report) => {
    const { gateway, shift } = planned.unit;
    if (tools.isForced === true || isJudged) return;

    const ready = judged.get(gateway.id) ?? untilReady(tools, planned, state, { side: 'old', report, watch });
    if (shift === undefined) judged.set(gateway.id, ready);
    await ready;
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
    readonly watch?: ReturnWatch | undefined;
  },
): Promise<void> {
  const { unit } = planned;
  const { moves } = tools.driver;
  const isBack = side === 'old';
  const isShare = unit.shift !== undefined;
  if (!isShare && !isBack) return;

  const { pollMs, readyMs } = isShare ? timesOf(tools, planned) : PATH;
  const { wayBack } = moves;
  if (isShare && isBack && wayBack !== undefined) {
    const prepare = (ctx: CallContext): Promise<void> => wayBack.prepare(unit, state, ctx);
    const prepared = await outcomeOf(act(tools, unit.id, 'prepare the return', prepare));
    if (!prepared.ok) {
      await watch?.look();
      throw asItStays(tools, prepared.error);
    }
  }
  const ask = async (ctx: CallContext): Promise<string | null> => {
    if (!isShare) return (await unservedOnReturn(tools.plan, planned, tools, ctx)) ?? null;

    return (await (isBack ? wayBack?.ready : moves.ready)?.(unit, state, ctx)) ?? null;
  };
  const title = isBack ? 'ready for the return' : 'ready';
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const asked = await outcomeOf(act(tools, unit.id, `${title} ${waitedMs / 1_000} s`, ask, { reads: !isShare }));
    if (!asked.ok && !isShare) {
      // What cannot be read does not hold up the return of a unit: the return shows what is denied.
      if (asked.error.code !== 'ABORTED') return;

      throw new FailedStep(asked.error);
    }

    const why = asked.ok ? asked.value : asked.error.message;
    if (why === null) return;

    await watch?.look();
    if (!asked.ok) throw isBack ? asItStays(tools, asked.error) : new FailedStep(asked.error);
    if (waitedMs >= readyMs) {
      const message = `after ${lengthOfTime(readyMs)}, ${why}`;
      throw isBack
        ? failing('WAIT_TIMEOUT', `${isShare ? SHARES : UNITS} stay as they are: ${message}`, staysAsItIs(tools))
        : failing('WAIT_TIMEOUT', message, 'Correct what the message names, and shift again.');
    }

    report.waiting(why, waitedMs);
    await wait(tools, unit.id, `not ready ${waitedMs / 1_000} s`, pollMs);
  }
}

const SHARES = 'the shares';
const UNITS = 'its calls';

function timesOf({ driver }: MoveTools, { unit }: PlannedUnit): typeof PATH {
  const { pollMs, shift: { readyMs } = { readyMs: 0 } } = driver.moves.traits(unit.gateway.kind);
  return { pollMs, readyMs };
}

/** A former target that does not exist any more gets no calls. */
function asItStays(tools: MoveTools, error: StepError): FailedStep {
  if (error.code !== 'WORLD_MOVED') return new FailedStep(error);

  return failing('WORLD_MOVED', `${SHARES} stay as they are: ${error.message}`, staysAsItIs(tools));
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
