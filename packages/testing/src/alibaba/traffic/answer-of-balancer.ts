import { STATUS_CODES } from 'node:http';
import type { BackendResult } from '../../simulation/traffic/backend.js';
import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { Finding } from '../connects/connection.js';
import type { ListenerRow } from '../state/slb-state.js';

/** An answer that a layer 7 listener makes itself. */
export type BalancerAnswer = Extract<BackendResult, { readonly kind: 'answered' }>;

/** How long a listener waits for a server by default. */
const REQUEST_TIMEOUT_SECONDS = 60;

/** What a layer 7 listener answers where none of its servers can be called: 503 without a healthy one, 502 otherwise [I]. */
export function answerInstead({ by, because }: Finding): BalancerAnswer {
  if (by === 'backend-servers') return { ...page(503, 'no-healthy-target'), because };
  return { ...page(502, 'unreachable'), because };
}

/**
 * What a layer 7 listener adds to the way to its server: how long it waits, and what it answers where the server does not.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/support/troubleshoot-the-http-500-502-503-504-errors
 */
export function listenerInFront({ settings }: ListenerRow): {
  readonly idleMs: number;
  readonly answer: (result: BackendResult) => BackendResult;
} {
  return { idleMs: Number(settings['RequestTimeout'] ?? REQUEST_TIMEOUT_SECONDS) * 1000, answer: answerForServer };
}

function answerForServer(result: BackendResult): BackendResult {
  if (result.kind === 'answered') return result;
  return result.kind === 'reset'
    ? { ...page(502, 'reset'), because: result.because }
    : { ...page(504, 'timeout'), because: 'The server did not answer within the request timeout of the listener.' };
}

/** A page of the load balancer; its text is not documented [U]. */
function page(status: number, outcome: Outcome): BalancerAnswer {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { kind: 'answered', status, headers: { 'content-type': 'text/html' }, body, outcome };
}
