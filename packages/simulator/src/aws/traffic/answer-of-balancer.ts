import type { BackendResult } from '../../simulation/traffic/backends/backend.js';
import { answerForServer, balancerPage, type BalancerAnswer } from '../../simulation/traffic/balancer-page.js';
import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { Finding } from '../connects/connection.js';
import type { OwnStatus, Accepted } from '../connects/one-call.js';
import type { Action } from '../load-balancing/state.js';
import { redirectTo } from './redirect.js';
import { outcomeOf } from './outcome-of.js';
import { loadBalancerAttribute } from '../load-balancing/load-balancer/load-balancer-attributes.js';

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
  { actions, listener }: Accepted,
  status: OwnStatus | undefined,
): BalancerAnswer & { readonly afterMs?: number } {
  const fixed = actions.find(({ Type }) => Type === 'fixed-response')?.FixedResponseConfig;
  if (fixed) return fixedResponse(fixed, stop);

  const redirect = actions.find(({ Type }) => Type === 'redirect')?.RedirectConfig;
  if (redirect) {
    const { StatusCode = 'HTTP_302' } = redirect;
    const location = redirectTo(redirect, listener.fields);
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

/** What an application load balancer changes in the headers of a request; the same for all calls of one way. */
export interface HeaderChanges {
  /** Of `X-Forwarded-For`: `append`, `preserve` or `remove`. */
  readonly forwardedFor: string;
  /** The address that called the load balancer. */
  readonly client: string;
  /** `https` or `http`, and the listener's port. */
  readonly protocol: string;
  readonly port: string;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html */
export function headerChanges({ balancer, listener, client }: Accepted): HeaderChanges {
  return {
    forwardedFor: loadBalancerAttribute(balancer, 'routing.http.xff_header_processing.mode') ?? 'append',
    client,
    protocol: listener.fields.Protocol === 'HTTPS' ? 'https' : 'http',
    port: `${listener.fields.Port}`,
  };
}

/**
 * Changes the headers of a request to those that a target gets. What another proxy wrote into `X-Forwarded-Proto` and `X-Forwarded-Port` is replaced [I]; the port of
 * the client in `X-Forwarded-For` (`routing.http.xff_client_port.enabled`) is not simulated.
 * @param changed names in lower case
 */
export function changeHeaders(changed: Record<string, string>, changes: HeaderChanges, traceId: () => string): void {
  const { forwardedFor, client, protocol, port } = changes;
  const before = changed['x-forwarded-for'];
  if (forwardedFor === 'append') changed['x-forwarded-for'] = before === undefined ? client : `${before}, ${client}`;
  if (forwardedFor === 'remove') delete changed['x-forwarded-for'];
  changed['x-forwarded-proto'] = protocol;
  changed['x-forwarded-port'] = port;
  changed['x-amzn-trace-id'] = traced(changed['x-amzn-trace-id'], traceId());
}

/**
 * A trace that came in has a field `Self`, which is new at each load balancer; without one a trace begins.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
function traced(before: string | undefined, id: string): string {
  if (before?.startsWith('Root=') === true && !before.includes('Self=')) return `Self=${id};${before}`;

  const fields = (before ?? '').split(';').filter((field) => field !== '' && !field.startsWith('Self='));
  const isTraced = fields.some((field) => field.startsWith('Root='));
  return [`${isTraced ? 'Self' : 'Root'}=${id}`, ...fields].join(';');
}
