import { pause } from '../../do/apply/outcome.js';
import type { MoveState } from '../../do/move-driver.js';
import { lengthOfTime } from '../../ground/text/quantities.js';
import { commandsOf, type PlannedUnit } from '../plan/move-plan.js';
import { WHOLE } from '../record/history.js';
import { act, DONE, failing, type Failed, type MoveTools, type StepResult, type StepProgress } from './tools.js';

/**
 * Waits until what a shift gives calls to takes them, there and back: a share that is given earlier is lost, because no group gets the calls
 * of another. Where it does not take them in time, or does not exist any more, the shares stay as they are.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export async function untilReady(
  tools: MoveTools,
  { unit }: PlannedUnit,
  state: MoveState,
  { side, report }: { readonly side: 'new' | 'old'; readonly report: StepProgress },
): Promise<StepResult<null>> {
  const { moves } = tools.driver;
  if (unit.shift === undefined) return DONE;
  const { pollMs, shift: { readyMs } = { readyMs: 0 } } = moves.traits(unit.gateway.kind);
  const isBack = side === 'old';
  if (isBack && moves.wayBack !== undefined) {
    const prepared = await act(tools, unit.id, 'prepare the return', async (ctx) => {
      await moves.wayBack?.prepare(unit, state, ctx);
      return null;
    });
    if (!prepared.ok) return asItStays(tools, prepared);
  }
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const asked = await act(
      tools,
      unit.id,
      `${isBack ? 'ready for the return' : 'ready'} ${waitedMs / 1_000} s`,
      async (ctx) => {
        const why = isBack ? await moves.wayBack?.ready(unit, state, ctx) : await moves.ready?.(unit, state, ctx);
        return why ?? null;
      },
    );
    if (!asked.ok) return isBack ? asItStays(tools, asked) : asked;
    if (asked.value === null) return DONE;
    if (waitedMs >= readyMs) {
      const message = `after ${lengthOfTime(readyMs)}, ${asked.value}`;
      return isBack
        ? failing('WAIT_TIMEOUT', `the shares stay as they are: ${message}`, stays(tools))
        : failing('WAIT_TIMEOUT', message, 'Correct what the message names, and shift again.');
    }
    report.waiting(asked.value, waitedMs);
    const slept = await pause(tools.run(unit.id), `not ready ${waitedMs / 1_000} s`, pollMs);
    if (!slept.ok) return slept;
  }
}

/** A former target that does not exist any more gets no calls. */
function asItStays(tools: MoveTools, failed: Failed): Failed {
  const { code, message } = failed.error;
  return code === 'WORLD_MOVED' ? failing(code, `the shares stay as they are: ${message}`, stays(tools)) : failed;
}

/** What to do where nothing would serve the calls that return. */
function stays({ plan, history: { id, first } }: MoveTools): string {
  const { rollback, finish, leave } = commandsOf(plan);
  const keeps = first(WHOLE, 'drain') === undefined ? '' : `\`postern ${finish} ${id}\` keeps what has all calls. `;
  return (
    `Make it take calls, then \`postern ${rollback} ${id}\`; \`--despite-errors\` returns all the same. ${keeps}` +
    `\`postern ${leave} ${id}\` ends it as it is.`
  );
}
