import type { BackendResult } from '../../simulation/traffic/backends/backend.js';
import { answerForServer, balancerPage, type BalancerAnswer } from '../../simulation/traffic/balancer-page.js';
import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { Finding } from '../connects/connection.js';
import type { OwnStatus, Accepted } from '../connects/one-call.js';
import type { Action, ListenerRow } from '../load-balancing/state.js';
import { outcomeOf } from './outcome-of.js';
import { loadBalancerAttribute } from '../load-balancing/load-balancer/load-balancer-attributes.js';
import { ownValue } from '../../simulation/own-value.js';

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

type Redirect = NonNullable<Action['RedirectConfig']>;

/** What a redirect takes from the call. */
interface RedirectedCall {
  /** The `Host` of the request. */
  readonly host: string;
  /** With its query string. */
  readonly path: string;
}

/**
 * The `Location` of a redirect, in which the placeholders for the call are still open. The port is always written, and the question mark
 * is added to a query [M]: `https://#{host}:443/#{path}?#{query}`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 */
function redirectTo(
  { Protocol = '#{protocol}', Port = '#{port}', Host = '#{host}', Path = '/#{path}', Query = '#{query}' }: Redirect,
  { Protocol: protocol = 'HTTP', Port: port }: Pick<ListenerRow['fields'], 'Protocol' | 'Port'>,
): string {
  const own: Values = { protocol: protocol.toLowerCase(), port: `${port}` };
  return filled(`${Protocol.toLowerCase()}://${Host}:${Port}${Path}${Query === '' ? '' : `?${Query}`}`, own);
}

/** An answer with what its `Location` takes from the call; any other answer as it is. */
export function redirected<T extends Pick<BalancerAnswer, 'headers'>>(answer: T, { host, path }: RedirectedCall): T {
  const { location } = answer.headers;
  if (typeof location !== 'string') return answer;

  const [way = '', ...query] = path.split('?');
  const values: Values = { host: host.replace(/:\d+$/, ''), path: way.replace(/^\//, ''), query: query.join('?') };
  return { ...answer, headers: { ...answer.headers, location: filled(location, values).replace(/\?$/, '') } };
}

type Values = Readonly<Record<string, string>>;

function filled(text: string, values: Values): string {
  return text.replaceAll(/#\{(\w+)\}/g, (whole, name: string) => ownValue(values, name) ?? whole);
}
