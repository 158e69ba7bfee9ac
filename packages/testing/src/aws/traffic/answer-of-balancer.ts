import { STATUS_CODES } from 'node:http';
import type { BackendResult } from '../../simulation/traffic/backend.js';
import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { Finding } from '../connects/connection.js';
import type { Action } from '../state/load-balancing-state.js';
import { outcomeOf } from './outcome-of.js';

/** An answer that a load balancer makes itself. */
export type BalancerAnswer = Extract<BackendResult, { readonly kind: 'answered' }>;

/** How long an application load balancer tries to connect to a target. */
const CONNECT_MS = 10_000;

/**
 * What an application load balancer answers where it does not forward: what its rule says, or an error of its own.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html 502, 503 and 504
 */
export function answerInstead(
  stop: Finding,
  actions: readonly Action[],
): BalancerAnswer & { readonly afterMs?: number } {
  const fixed = actions.find(({ Type }) => Type === 'fixed-response')?.FixedResponseConfig;
  if (fixed) return fixedResponse(fixed, stop);
  const redirect = actions.find(({ Type }) => Type === 'redirect')?.RedirectConfig;
  if (redirect) {
    const { StatusCode = 'HTTP_302', Protocol = '#{protocol}', Host = '#{host}', Path = '/#{path}' } = redirect;
    const location = `${Protocol}://${Host}${Path}`;
    return { ...page(Number(StatusCode.slice(-3)), 'delivered'), headers: { ...OWN, location } };
  }
  if (stop.because.includes('have to log in first')) return { ...page(401, 'unauthorized'), because: stop.because };
  if (stop.by === 'target-health' || stop.by === 'zone') {
    const silent = stop.because.includes('sent to unhealthy ones');
    return { ...page(silent ? 502 : 503, 'no-healthy-target'), because: stop.because };
  }
  if (stop.because.endsWith(': 464.')) return { ...page(464, 'no-listener'), because: stop.because };
  return { ...page(504, outcomeOf(stop.by)), because: stop.because, afterMs: CONNECT_MS };
}

/** What an application load balancer answers where its target does not. */
export function answerForTarget(result: BackendResult): BackendResult {
  if (result.kind === 'answered') return result;
  return result.kind === 'reset'
    ? { ...page(502, 'reset'), because: result.because }
    : { ...page(504, 'timeout'), because: 'The target did not answer within the idle timeout of the load balancer.' };
}

const OWN = { server: 'awselb/2.0', 'content-type': 'text/html' } as const;

/** A page of the load balancer: the status and its name. */
function page(status: number, outcome: Outcome): BalancerAnswer {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { kind: 'answered', status, headers: OWN, body, outcome };
}

/** One that is an error means that no rule forwards the call. */
function fixedResponse(
  { StatusCode = '200', ContentType, MessageBody = '' }: NonNullable<Action['FixedResponseConfig']>,
  { because }: Finding,
): BalancerAnswer {
  const status = Number(StatusCode);
  const type = ContentType ?? 'text/plain';
  const answer = { kind: 'answered', status, headers: { ...OWN, 'content-type': type }, body: MessageBody } as const;
  return status < 400 ? { ...answer, outcome: 'delivered' } : { ...answer, outcome: 'no-listener', because };
}
