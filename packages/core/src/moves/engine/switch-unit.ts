import { asStep, failing, type FailedStep, type StepProgress } from '../../do/apply/step.js';
import type { MovePosition, MoveUnit } from '../../do/move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { arrive, giveShare, lookUntil } from './arrive.js';
import { leave, orLeft } from './leave.js';
import type { RunMoveOptions } from './options.js';
import { act, unitStep, type MoveTools } from './tools.js';
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
): Promise<void> {
  if (probePath === undefined || callGateway === undefined) return;
  if (address === undefined) return report.progress('not called: it has no public name');

  const { base } = address;
  // Where a stage has a cache and any caller may pass it, the backend answers.
  const headers = { ...address.headers, ...tools.clouds.gateway(unit.gateway.kind).rules.passesCache };
  const url = `${base}${probePath}`;
  const { status, because } = await act(tools, unit.id, 'call', async () => {
    try {
      const { status } = await callGateway({ url, method: 'GET', headers, timeoutMs: TIMEOUT_MS });
      return { status, because: `status ${status}` };
    } catch (error) {
      return { status: 0, because: thrownText(error) };
    }
  });
  report.progress(`GET ${probePath}: ${because}`);
  if (status >= 500 || status === 0) throw failing('VERIFICATION_FAILED', `GET ${url}: ${because}`);
}

/**
 * Sends calls of a unit over the new link, and compares what callers notice with the time before. A unit that something else
 * deleted or moved is not touched.
 */
export async function switchUnit(
  tools: MoveTools,
  planned: PlannedUnit,
  options: Pick<RunMoveOptions, 'probePath' | 'callGateway'> & { readonly percent: number },
): Promise<void> {
  const { percent } = options;
  const { unit, name } = planned;
  // It had this share before, or more.
  if (unit.shift !== undefined && !unit.shift.steps.includes(percent)) return;

  const share = percent === 100 ? '' : ` for ${percent} % of the calls`;
  const work = async (report: StepProgress): Promise<void> => {
    await sendForward(tools, planned, options, report);
    if (!tools.left.has(unit.id)) await callUnit(tools, planned, options, report);
  };
  await asStep(tools, unitStep(planned, 'switch', `switch ${name}${share}`), (report) =>
    orLeft(tools, planned, work(report), report),
  );
}

async function sendForward(
  tools: MoveTools,
  planned: PlannedUnit,
  { percent }: { readonly percent: number },
  report: StepProgress,
): Promise<void> {
  const { unit, name } = planned;
  const state = await unitState(tools, unit);
  const goal = percent === 100 ? 'new' : 'canary';

  // A process that ended in between may have sent it: then the cloud shows where it is.
  const isSent = tools.history.begun(unit.id, 'shift');
  const before = await lookUntil(tools, unit, state, (one) =>
    unit.shift === undefined ? isSent || one.at !== 'new' : lowered(tools, planned, one) === undefined,
  );
  if (before.at === 'elsewhere') return leave(tools, planned, before, report);

  const changed = lowered(tools, planned, before);
  if (changed !== undefined) throw changed;

  if (!isAt(before, goal, percent) || isUnrecorded(tools, unit, before, percent)) {
    await untilReady(tools, planned, state, { side: 'new', report });
    if (before.at !== 'moving') await giveShare(tools, unit, state, { percent, report });
    await arrive(tools, unit, state, { goal, percent, before, report });
  }
  if (percent !== 100) return;

  const differing = await settleUnit(tools, planned, state, { at: 'new', report });
  if (differing.length > 0) throw failing('VERIFICATION_FAILED', `${name} after the switch: ${differing.join('; ')}`);
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
): FailedStep | undefined {
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
