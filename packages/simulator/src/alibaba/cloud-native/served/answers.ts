import type { AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import type { GatewayAnswer, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';

/** What became of a call that the gateway answers by itself. */
export interface Refusal {
  readonly status: number;
  readonly body?: string;
  readonly headers?: AnswerHeaders;
  readonly outcome: Outcome;
  readonly because?: string;
}

const OWN_HEADERS = { server: 'istio-envoy' } as const;

/** An answer of the gateway itself. Bodies are texts. */
export function ownAnswer({ status, body = '', headers = {}, outcome, because }: Refusal, trace: Trace): GatewayAnswer {
  const type = body === '' ? {} : { 'content-type': 'text/plain' };
  return { status, headers: { ...type, ...OWN_HEADERS, ...headers }, body, outcome, because, trace };
}

/**
 * The text of calls that reach no backend. The status is [I].
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/support/faq ("upstream connect error or disconnect/reset header")
 */
const UPSTREAM = 'upstream connect error or disconnect/reset before headers. reset reason:';

export const connectFailure = (outcome: Outcome, because: string): Refusal => ({
  status: 503,
  body: `${UPSTREAM} connection timeout`,
  outcome,
  because,
});

export const connectionRefused = (outcome: Outcome, because: string): Refusal => ({
  status: 503,
  body: `${UPSTREAM} connection failure`,
  outcome,
  because,
});

export const connectionReset = (because: string): Refusal => ({
  status: 503,
  body: `${UPSTREAM} connection termination`,
  outcome: 'reset',
  because,
});

export const noHealthyUpstream = (because: string): Refusal => ({
  status: 503,
  body: 'no healthy upstream',
  outcome: 'no-healthy-target',
  because,
});

export const requestTimeout = (ms: number): Refusal => ({
  status: 504,
  body: 'upstream request timeout',
  outcome: 'timeout',
  because: `The backend did not answer within ${ms} ms.`,
});

/** No route has a call. */
export const notFound = (outcome: 'no-route' | 'no-integration', because: string): Refusal => ({
  status: 404,
  outcome,
  because,
});
