import type { HandoverProof, SwitchResult } from '@postern/alibaba/handover';
import type { EventError } from '@postern/core/plan';

/** How many routes an error names. */
const MOST_ROUTES = 3;

/** Why a hand-over is not proven. */
export function proofError({ stages }: HandoverProof): EventError {
  const open = stages.flatMap(({ missing, routes }) => [
    ...missing.map((text) => `${text} is missing or not as planned`),
    ...routes
      .filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown')
      .map(({ route, key, code, message }) => `${key} (${route}): ${code}: ${message}`),
  ]);
  const more = open.length > MOST_ROUTES ? `; and ${open.length - MOST_ROUTES} more` : '';
  return {
    code: 'FINDINGS_FAILED',
    message: `the target is not proven: ${open.slice(0, MOST_ROUTES).join('; ')}${more}`,
    remedy: 'Correct it, or add the name of the route to `accept` or `calls` of the hand-over, and begin another run.',
  };
}

/** Why a switch has not ended at 100 %. */
export function switchError({ state, failures, notes }: SwitchResult): EventError {
  const [first] = failures;
  if (first !== undefined) {
    const back = state === 'switched-back' ? 'the former records are restored: ' : '';
    return { code: first.code, message: `${back}${first.message}` };
  }
  return {
    code: 'WAIT_TIMEOUT',
    message: `the switch has not ended: ${notes.join('; ')}`,
    remedy: 'Do what it says, and begin another run: it goes on there.',
  };
}
