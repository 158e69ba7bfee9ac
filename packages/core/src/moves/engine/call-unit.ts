import type { PlannedUnit } from '../plan/move-plan.js';
import type { RunMoveOptions } from './options.js';
import { act, failing, type MoveTools, type Outcome, type Told } from './tools.js';

/** No gateway of a kind that moves waits longer for an answer by default. */
const TIMEOUT_MS = 30_000;

/** Calls a unit by its public domain after its switch. It fails for a status of 500 or more, and without an answer. */
export async function callUnit(
  tools: MoveTools,
  { unit, host }: PlannedUnit,
  { probePath, callGateway }: Pick<RunMoveOptions, 'probePath' | 'callGateway'>,
  told: Told,
): Promise<Outcome<null>> {
  if (probePath === undefined || callGateway === undefined) return DONE;
  if (host === undefined) {
    told.progress('not called: it has no public domain');
    return DONE;
  }
  const answer = await act(tools, unit.id, 'call', async () => {
    try {
      const { status } = await callGateway({
        url: `https://${host}${probePath}`,
        method: 'GET',
        timeoutMs: TIMEOUT_MS,
      });
      return { status, because: `status ${status}` };
    } catch (error) {
      return { status: 0, because: error instanceof Error ? error.message : String(error) };
    }
  });
  if (!answer.ok) return answer;
  const { status, because } = answer.value;
  told.progress(`GET ${probePath}: ${because}`);
  return status >= 500 || status === 0
    ? failing('VERIFICATION_FAILED', `GET https://${host}${probePath}: ${because}`)
    : DONE;
}

const DONE = { ok: true, value: null } as const;
