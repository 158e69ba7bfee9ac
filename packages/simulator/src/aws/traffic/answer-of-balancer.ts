import type { BackendResult } from '../../simulation/traffic/backends/backend.js';
import { answerForServer, balancerPage, type BalancerAnswer } from '../../simulation/traffic/balancer-page.js';
import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { Finding } from '../connects/connection.js';
import type { OwnStatus } from '../connects/one-call.js';
import type { Action } from '../load-balancing/state.js';
import { outcomeOf } from './outcome-of.js';

/** What became of calls that a load balancer answers with a status that its cause has. */
const OUTCOMES = {
  400: 'unreachable',
  401: 'unauthorized',
  464: 'no-listener',
  502: 'no-healthy-target',
} as const satisfies Record<OwnStatus, Outcome>;

/** How long an application load balancer tries to connect to a target. */
const CONNECT_MS = 10_000;

/**
 * What an application load balancer answers where it does not forward: what its rule says, or an error of its own.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html 502, 503 and 504
 */
export function answerInstead(
  stop: Finding,
  actions: readonly Action[],
  status: OwnStatus | undefined,
): BalancerAnswer & { readonly afterMs?: number } {
  const fixed = actions.find(({ Type }) => Type === 'fixed-response')?.FixedResponseConfig;
  if (fixed) return fixedResponse(fixed, stop);
  const redirect = actions.find(({ Type }) => Type === 'redirect')?.RedirectConfig;
  if (redirect) {
    const { StatusCode = 'HTTP_302', Protocol = '#{protocol}', Host = '#{host}', Path = '/#{path}' } = redirect;
    const location = `${Protocol}://${Host}${Path}`;
    return { ...page(Number(StatusCode.slice(-3)), 'delivered'), headers: { ...OWN, location } };
  }
  if (status === 400) return { ...page(400, OUTCOMES[400], PLAIN_HTTP), because: stop.because };
  if (status !== undefined) return { ...page(status, OUTCOMES[status]), because: stop.because };
  if (stop.by === 'target-health' || stop.by === 'zone') {
    return { ...page(503, 'no-healthy-target'), because: stop.because };
  }
  return { ...page(504, outcomeOf(stop.by)), because: stop.because, afterMs: CONNECT_MS };
}

/** What an application load balancer answers where its target does not. */
export function answerForTarget(result: BackendResult): BackendResult {
  return answerForServer(result, OWN, 'The target did not answer within the idle timeout of the load balancer.');
}

const OWN = { server: 'awselb/2.0', 'content-type': 'text/html' } as const;

const page = (status: number, outcome: Outcome, text?: string): BalancerAnswer =>
  balancerPage(status, outcome, OWN, text);

/** @see https://repost.aws/knowledge-center/api-gateway-private-integration-errors */
const PLAIN_HTTP = 'The plain HTTP request was sent to HTTPS port';

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
