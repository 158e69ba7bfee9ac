import { asStep, type StepProgress } from '../../do/apply/step.js';
import type { MovePosition, MoveUnit } from '../../do/move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { arrive, lookUntil } from './arrive.js';
import { leave, orLeft } from './leave.js';
import type { RunMoveOptions } from './options.js';
import { DONE, act, failing, movedResource, type MoveTools, type StepResult } from './tools.js';
import { settleUnit } from './settle.js';
import { untilReady } from './until-ready.js';
import { unitState } from './unit-state.js';
import { thrownText } from '../../ground/errors.js';

/** No gateway of a kind that moves waits longer for an answer by default. */
const TIMEOUT_MS = 30_000;

/** Calls a unit by its public domain after its switch. It fails for a status of 500 or more, and without an answer. */
async function callUnit(
  tools: MoveTools,
  { unit, address }: PlannedUnit,
  { probePath, callGateway }: Pick<RunMoveOptions, 'probePath' | 'callGateway'>,
  report: StepProgress,
): Promise<StepResult<null>> {
  if (probePath === undefined || callGateway === undefined) return DONE;
  if (address === undefined) {
    report.progress('not called: it has no public name');
    return DONE;
  }

  const { base } = address;
  // Where a stage has a cache and any caller may pass it, the backend answers.
  const headers = { ...address.headers, ...tools.clouds.gateway(unit.gateway.kind).rules.passesCache };
  const url = `${base}${probePath}`;
  const answer = await act(tools, unit.id, 'call', async () => {
    try {
      const { status } = await callGateway({
        url,
        method: 'GET',
        headers,
        timeoutMs: TIMEOUT_MS,
      });
      return { status, because: `status ${status}` };
    } catch (error) {
      return { status: 0, because: thrownText(error) };
    }
  });
  if (!answer.ok) return answer;

  const { status, because } = answer.value;
  report.progress(`GET ${probePath}: ${because}`);
  return status >= 500 || status === 0 ? failing('VERIFICATION_FAILED', `GET ${url}: ${because}`) : DONE;
}

/**
 * Sends calls of a unit over the new link, and compares what callers notice with the time before. A unit that something else
 * deleted or moved is not touched.
 */
export function switchUnit(
  tools: MoveTools,
  planned: PlannedUnit,
  options: Pick<RunMoveOptions, 'probePath' | 'callGateway'> & { readonly percent: number },
): Promise<StepResult<null>> {
  const { percent } = options;
  const { unit, name } = planned;
  // It had this share before, or more.
  if (unit.shift !== undefined && !unit.shift.steps.includes(percent)) return Promise.resolve(DONE);

  const share = percent === 100 ? '' : ` for ${percent} % of the calls`;
  const step = { unit: unit.id, step: `switch ${name}${share}`, kind: 'switch', resource: movedResource(planned) };
  return asStep(tools, step, async (report) => {
    const sent = await switched(tools, planned, options, report);
    const outcome = sent.ok && !tools.left.has(unit.id) ? await callUnit(tools, planned, options, report) : sent;
    return orLeft(tools, planned, outcome, { instead: null, report });
  });
}

async function switched(
  tools: MoveTools,
  planned: PlannedUnit,
  { percent }: { readonly percent: number },
  report: StepProgress,
): Promise<StepResult<null>> {
  const { unit, name } = planned;
  const { moves } = tools.driver;
  const known = await unitState(tools, unit);
  if (!known.ok) return known;

  const state = known.value;
  const goal = percent === 100 ? 'new' : 'canary';

  // A process that ended in between may have sent it: then the cloud shows where it is.
  const isSent = tools.history.begun(unit.id, 'shift');
  const seen = await lookUntil(tools, unit, state, (one) =>
    unit.shift === undefined ? isSent || one.at !== 'new' : lowered(tools, planned, one) === undefined,
  );
  if (!seen.ok) return seen;

  let before: MovePosition = seen.value;
  if (before.at === 'elsewhere') {
    await leave(tools, planned, before, report);
    return DONE;
  }

  const changed = lowered(tools, planned, before);
  if (changed !== undefined) return changed;

  if (!isAt(before, goal, percent) || isUnrecorded(tools, unit, before, percent)) {
    const ready = await untilReady(tools, planned, state, { side: 'new', report });
    if (!ready.ok) return ready;

    if (before.at !== 'moving') {
      const sent = await act(
        tools,
        unit.id,
        'shift',
        async (ctx) => {
          await moves.shift(unit, state, percent, ctx);
          return unit.shift === undefined ? null : percent;
        },
        { exclusive: unit.gateway.id, needsAgain: true, report },
      );
      if (!sent.ok) return sent;
    }
    const arrived = await arrive(tools, unit, state, { goal, percent, before, report });
    if (!arrived.ok) return arrived;

    before = arrived.value;
  }
  if (percent !== 100) return DONE;

  const settled = await settleUnit(tools, planned, state, { at: 'new', report });
  if (!settled.ok) return settled;

  return settled.value.length === 0
    ? DONE
    : failing('VERIFICATION_FAILED', `${name} after the switch: ${settled.value.join('; ')}`);
}

/** Of a shift: whether no record shows that exactly this share was given in full. It is given again: what was written may not be published. */
function isUnrecorded(
  { history }: MoveTools,
  { id, shift }: MoveUnit,
  { at, percent: is }: MovePosition,
  percent: number,
) {
  const given = Number(history.last(id, 'shift') ?? 0);
  return shift !== undefined && given < percent && (at === 'new' ? 100 : is) === percent;
}

/** Of a shift: the error where fewer calls use the new target than this move has led to it, since something else changed it. */
function lowered(
  { history }: MoveTools,
  { unit }: PlannedUnit,
  { at, percent = 0 }: MovePosition,
): StepResult<null> | undefined {
  const given = history.last(unit.id, 'shift');
  const is = at === 'new' ? 100 : at === 'canary' ? percent : 0;
  if (unit.shift === undefined || typeof given !== 'number' || is >= given) return undefined;

  const message = `${unit.to.id} has ${is} % of the calls, and this shift gave it ${given} %`;
  return failing('WORLD_MOVED', message, RETURN_FIRST);
}

const RETURN_FIRST = 'Find out what else changes it. `postern shift abort` returns the shares; then shift again.';

/** Whether so many calls are on the new link. A process that was killed may have sent more of them there: none returns. */
function isAt({ at, percent: is = 0 }: MovePosition, goal: 'new' | 'canary', percent: number): boolean {
  return at === 'new' || (at === goal && is >= percent);
}
