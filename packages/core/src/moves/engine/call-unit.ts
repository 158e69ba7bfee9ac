import type { PlannedUnit } from '../plan/move-plan.js';
import type { RunMoveOptions } from './options.js';
import { DONE, act, failing, type MoveTools, type StepResult, type StepProgress } from './tools.js';

/** No gateway of a kind that moves waits longer for an answer by default. */
const TIMEOUT_MS = 30_000;

/** Calls a unit by its public domain after its switch. It fails for a status of 500 or more, and without an answer. */
export async function callUnit(
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
