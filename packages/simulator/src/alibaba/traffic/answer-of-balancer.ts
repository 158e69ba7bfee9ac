import type { BackendResult } from '../../simulation/traffic/backends/backend.js';
import { answerForServer, balancerPage, type BalancerAnswer } from '../../simulation/traffic/balancer-page.js';
import type { Finding } from '../connects/connection.js';
import type { ListenerRow } from '../slb/state.js';

/** Of its pages; their text is not documented [U]. */
const OWN = { 'content-type': 'text/html' } as const;
const LATE = 'The server did not answer within the request timeout of the listener.';

/** How long a listener waits for a server by default. */
const REQUEST_TIMEOUT_SECONDS = 60;

/** What a layer 7 listener answers where none of its servers can be called: 503 without a healthy one, 502 otherwise [I]. */
export function answerInstead({ by, because }: Finding): BalancerAnswer {
  if (by === 'backend-servers') return { ...balancerPage(503, 'no-healthy-target', OWN), because };
  return { ...balancerPage(502, 'unreachable', OWN), because };
}

/**
 * What a layer 7 listener adds to the way to its server: how long it waits, and what it answers where the server does not.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/support/troubleshoot-the-http-500-502-503-504-errors
 */
export function listenerInFront({ settings }: ListenerRow): {
  readonly idleMs: number;
  readonly answer: (result: BackendResult) => BackendResult;
} {
  return {
    idleMs: Number(settings['RequestTimeout'] ?? REQUEST_TIMEOUT_SECONDS) * 1000,
    answer: (result) => answerForServer(result, OWN, LATE),
  };
}
