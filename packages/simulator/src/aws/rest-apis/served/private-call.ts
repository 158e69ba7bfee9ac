import type { Integration } from '@aws-sdk/client-api-gateway';
import { covers } from '../control/domain/domain.js';
import { CONFIGURATION_ERROR, type AnsweredType } from '../control/execution/failure.js';
import { certificatesOf } from '../../load-balancing/find.js';
import type { ListenerRow } from '../../load-balancing/state.js';
import type { RegionState } from '../../state/aws-state.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import { addressOf, type Endpoint, type EndpointRequest } from '../control/execution/endpoint-request.js';
import type { MethodRequest } from '../control/execution/mapped-value.js';
import type { Delivery, PrivateCall } from '../../traffic/delivery.js';

/** Why a connection that was made carries no request. */
export interface TlsProblem {
  readonly because: string;
  /** As the execution log has it. */
  readonly reason: string;
}

/**
 * Whether no certificate of the listener at which an integration's TLS session ends is for the host of the URI.
 * `insecureSkipVerification` leaves only the check of the issuer out. The certificate of a backend that ends TLS itself is taken to be
 * right.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html
 */
function certificateProblem(
  { acm }: RegionState,
  listener: ListenerRow | undefined,
  { name }: Endpoint,
): TlsProblem | undefined {
  if (!listener) return undefined;

  const certificates = certificatesOf(listener).map((arn) => acm.certificates.get(arn));
  const names = certificates.flatMap((one) =>
    one ? [one.fields.DomainName, ...one.fields.SubjectAlternativeNames] : [],
  );
  const isKnown = certificates.length > 0 && !certificates.includes(undefined);
  if (!isKnown || names.some((one) => covers(one, name.toLowerCase()))) return undefined;

  return {
    because: `No certificate of the listener on port ${listener.fields.Port} is for ${name}: they are for ${names.join(', ')}.`,
    reason: `${CONFIGURATION_ERROR} Host name '${name}' does not match the certificate subject provided by the peer (CN=${names[0]})`,
  };
}

/** A call of an integration that does not get to its backend. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly outcome: Outcome;
  readonly because: string;
  /** As the execution log has it. */
  readonly reason: string;
  /** The gateway response that the caller gets. */
  readonly type: AnsweredType;
  /** Milliseconds until it is known. */
  readonly afterMs: number;
  readonly source: string;
}

/** The ground that calls of integrations need: of the data path, or of a test. */
export interface LinkGround {
  readonly region: RegionState;
  readonly deliver: (call: PrivateCall) => Delivery;
}

/** What calls through a link: an API, with the client certificate of its stage. A test has none. */
export interface Caller extends Pick<PrivateCall, 'certificate'> {
  readonly apiId: string;
}

/** What an integration waits for its endpoint by default, in milliseconds. */
export const TIMEOUT_MS = 29_000;

/**
 * How long the service tries to connect, in milliseconds: one record, of a V1 link; for V2 it is [U].
 * @see https://github.com/aws/apprunner-roadmap/issues/193
 */
const CONNECT_MS = 10_000;

const LINK_ERROR = 'Execution failed due to an vpc link error';
const UNREACHABLE = `${CONFIGURATION_ERROR} There was an internal error while executing your request`;

/**
 * Sends the request of a private integration through its link. With a V1 link the load balancer is the link's; with a V2
 * link it is the integration's target. The port of the URI names the listener.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @see https://repost.aws/knowledge-center/api-gateway-500-error-vpc
 */
export function callThroughLink(
  ground: LinkGround,
  { apiId, certificate }: Caller,
  own: Integration,
  request: MethodRequest,
  sent: EndpointRequest,
): { readonly linkId: string; readonly delivery: Exclude<Delivery, { kind: 'stopped' }> | Stopped } {
  const stop = (because: string, reason: string, linkId = '') => ({
    linkId,
    delivery: stopped('no-integration', because, reason),
  });
  const { linkId, unset } = addressOf(own, request.stageVariables);
  if (unset.inLink !== undefined) return stop(`Stage variable ${unset.inLink} is not set.`, LINK_ERROR);
  if (unset.inUri !== undefined) return stop(`Stage variable ${unset.inUri} is not set.`, INVALID_ADDRESS, linkId);

  const { endpoint } = sent;
  if (!endpoint) return stop(`${sent.uri} is not an HTTP endpoint.`, INVALID_ADDRESS, linkId);

  const { restApi, apiGateway } = ground.region;
  const targetId = restApi.vpcLinks.get(linkId)?.fields.targetArns[0] ?? own.integrationTarget;
  if (targetId === undefined && apiGateway.vpcLinks.has(linkId)) {
    return stop(`The integration through VPC link ${linkId} has no target.`, LINK_ERROR, linkId);
  }

  const { port, path, name: host, isTls } = endpoint;
  const { method, headers, body } = sent;
  const delivery = ground.deliver({
    gateway: apiId,
    linkId,
    targetId: targetId ?? '',
    port,
    isTls,
    certificate,
    method,
    path,
    host,
    headers,
    body,
  });
  if (delivery.kind === 'stopped') return { linkId, delivery: unreached(own, delivery) };

  const problem = certificateProblem(ground.region, delivery.tlsAt, endpoint);
  if (!problem) return { linkId, delivery };

  return { linkId, delivery: stopped('unreachable', problem.because, problem.reason) };
}

/** @see https://github.com/localstack/localstack `test_apigateway_api.py`, test_failed_invoke_test_method */
export const INVALID_ADDRESS = `${CONFIGURATION_ERROR} Invalid endpoint address`;

/**
 * A link that cannot be used is an error at once; what is behind it and cannot be reached, after ten seconds, or after the
 * integration's timeout where that is shorter [I].
 * @see https://heroween.hateblo.jp/entry/2022/08/30/065339
 */
function unreached(
  { timeoutInMillis: timeoutMs = TIMEOUT_MS }: Integration,
  { outcome, because, source, isRefused }: Extract<Delivery, { kind: 'stopped' }>,
): Stopped {
  if (isRefused === true) return { ...stopped(outcome, because, UNREACHABLE), source };
  if (outcome.startsWith('link-')) return { ...stopped(outcome, because, LINK_ERROR), source };
  if (timeoutMs < CONNECT_MS) return { ...timedOut(because, timeoutMs), outcome, source };

  return { ...stopped(outcome, because, UNREACHABLE), afterMs: CONNECT_MS, source };
}

/** The integration takes longer than its timeout. */
export function timedOut(because: string, afterMs: number): Stopped {
  const reason = 'Execution failed due to a timeout error';
  return { kind: 'stopped', outcome: 'timeout', because, reason, type: 'INTEGRATION_TIMEOUT', afterMs, source: '' };
}

/** The connection breaks before there is an answer. */
export function broken(because: string): Stopped {
  const reason = 'Execution failed due to configuration error: Network error communicating with endpoint';
  return { kind: 'stopped', outcome: 'reset', because, reason, type: 'INTEGRATION_FAILURE', afterMs: 0, source: '' };
}

function stopped(outcome: Outcome, because: string, reason: string): Stopped {
  return { kind: 'stopped', outcome, because, reason, type: 'API_CONFIGURATION_ERROR', afterMs: 0, source: '' };
}
