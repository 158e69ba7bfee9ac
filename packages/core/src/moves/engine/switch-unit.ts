import type { MovePosition } from '../../do/move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { arrive, look } from './arrive.js';
import { leave, orLeft } from './leave.js';
import type { RunMoveOptions } from './options.js';
import { DONE, act, failing, shown, type MoveTools, type StepResult, type StepProgress } from './tools.js';
import { unitState } from './unit-state.js';

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
  const { base, headers } = address;
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
      return { status: 0, because: error instanceof Error ? error.message : String(error) };
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
  const share = percent === 100 ? '' : ` for ${percent} % of the calls`;
  const step = { unit: unit.id, step: `switch ${name}${share}`, kind: 'switch', resource: movedResource(planned) };
  return shown(tools, step, async (report) => {
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
  const seen = await look(tools, unit, state);
  if (!seen.ok) return seen;
  let before: MovePosition = seen.value;
  if (before.at === 'elsewhere') {
    await leave(tools, planned, before, report);
    return DONE;
  }
  if (!isAt(before, goal, percent)) {
    if (before.at !== 'moving') {
      const sent = await act(
        tools,
        unit.id,
        'shift',
        async (ctx) => {
          await moves.shift(unit, state, percent, ctx);
          return null;
        },
        { exclusive: unit.gateway.id, needsAgain: true, report },
      );
      if (!sent.ok) return sent;
    }
    const arrived = await arrive(tools, unit, state, { goal, before, report });
    if (!arrived.ok) return arrived;
    before = arrived.value;
  }
  if (percent !== 100) return DONE;
  const settled = await act(tools, unit.id, 'settle', async (ctx) => [...(await moves.settle(unit, state, ctx))], {
    report,
  });
  if (!settled.ok) return settled;
  for (const text of settled.value) {
    report.progress(text);
    tools.notes.push(`${name}: ${text}`);
  }
  const verified = await act(tools, unit.id, 'verify', async (ctx) => [...(await moves.verify(unit, state, ctx))], {
    report,
  });
  if (!verified.ok) return verified;
  return verified.value.length === 0
    ? DONE
    : failing('VERIFICATION_FAILED', `${name} after the switch: ${verified.value.join('; ')}`);
}

/** Whether so many calls are on the new link. A process that was killed may have sent more of them there: none returns. */
function isAt({ at, percent: is = 0 }: MovePosition, goal: 'new' | 'canary', percent: number): boolean {
  return at === 'new' || (at === goal && is >= percent);
}

/** The resource that events name. */
export function movedResource({ unit: { gateway }, name }: PlannedUnit): {
  readonly type: string;
  readonly name: string;
} {
  return { type: gateway.kind, name };
}
