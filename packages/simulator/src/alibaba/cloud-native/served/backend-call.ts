import type { Bucket } from '../../../simulation/dispatch/dispatcher.js';
import type { Decisions, Outcome } from '../../../simulation/traffic/outcomes.js';
import type { ConditionAt } from '../../../simulation/traffic/backends/backends.js';
import type { ApigServiceRow, BackendServiceRow } from '../control/state.js';
import { ELSEWHERE, type Endpoint } from '../control/service.js';
import type { AlibabaState, AlibabaRegionState } from '../../state/alibaba-state.js';
import type { Choose, Delivery, PrivateCall } from '../../traffic/delivery.js';
import type { BackendResult, AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import type { GatewayAnswer, GatewayCall, Journey, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { Finding } from '../../connects/connection.js';
import type { ApigView, CallableRoute } from './callable-routes.js';
import { numberOf, textOf, type Policies } from './policies.js';
import { modified, rewritten } from './rewrite.js';
import { ended } from '../../traffic/journey.js';
import { ownValue } from '../../../simulation/own-value.js';

/** What the data path of a gateway needs of the simulation. */
export interface ApigGround {
  readonly alibaba: AlibabaState;
  readonly state: AlibabaRegionState;
  /** Simulated milliseconds since the epoch; `realNow`: of the machine. */
  readonly now: () => number;
  readonly realNow: () => number;
  readonly choose: Choose;
  readonly decisions: Decisions;
  readonly conditionAt: ConditionAt;
  readonly requestId: () => string;
  /** Takes a token; false: the call is throttled. */
  readonly admits: (bucket: Bucket) => boolean;
  readonly deliver: (call: PrivateCall) => Delivery;
  /** The endpoints of a service, and those that count as unhealthy. */
  readonly endpoints: (service: ApigServiceRow) => {
    readonly all: readonly Endpoint[];
    readonly unhealthy: readonly string[];
  };
}

/** A call that has found its route. */
export interface Routed {
  readonly view: ApigView;
  readonly route: CallableRoute;
  readonly policies: Policies;
  readonly call: GatewayCall;
  readonly trace: Trace;
}

/** How long the gateway tries to connect [I]. */
const CONNECT_MS = 10_000;
/** Where no policy says how long it waits for a backend [U]. */
const TIMEOUT_MS = 60_000;

/** Calls a service of a route, one of several by weight, at one of its endpoints. */
export function callService(ground: ApigGround, routed: Routed): Journey {
  const { view, route, trace } = routed;
  const refuse = (refusal: Refusal, afterMs?: number): Journey => ended(ownAnswer(refusal, trace), afterMs);
  const weighted = route.services.filter(({ weight }) => weight > 0);
  const chosen = oneOf(weighted, ({ weight }) => weight, ground);
  const service = chosen && view.services.find(({ id }) => id === chosen.serviceId);
  if (!chosen || !service) {
    return refuse(noUpstream(`Service ${chosen?.serviceId ?? ''} of ${route.id} does not exist.`));
  }

  const { all, unhealthy } = ground.endpoints(service);
  const left = all.filter(({ text }) => !unhealthy.includes(text));
  const endpoint = oneOf(left, () => 1, ground);
  if (!endpoint) return refuse(noHealthyUpstream(`No endpoint of ${service.name} is healthy.`));

  return callEndpoint(ground, routed, chosen, endpoint);
}

const noUpstream = (because: string): Refusal => ({
  status: 503,
  body: 'no healthy upstream',
  outcome: 'no-integration',
  because,
});

function oneOf<T>(several: readonly T[], weightOf: (one: T) => number, { choose }: ApigGround): T | undefined {
  return several.length <= 1 ? several[0] : several[choose(several.map(weightOf))];
}

const OUTCOMES: Partial<Record<Finding['by'], Outcome>> = {
  listener: 'no-listener',
  'backend-servers': 'no-healthy-target',
};

function callEndpoint(
  ground: ApigGround,
  { view, route, policies, call, trace }: Routed,
  chosen: BackendServiceRow,
  { address, port: own, name }: Endpoint,
): Journey {
  // The port of a route is that of its service. Whether the service has it is not checked.
  const port = chosen.port ?? own;
  const timeoutMs = timeoutOf(route, policies);
  const { host, path } = rewritten(policies, route, call);
  const headers = headersToBackend(policies, call, host);
  const delivery = ground.deliver({
    linkId: view.gateway.id,
    vpcId: undefined,
    address,
    port,
    request: { host, path },
  });
  const source = delivery.kind === 'arrived' ? delivery.place.source : delivery.source;
  const there = { ...trace, source, target: `${name ?? address}:${port}` };
  const refuse = (refusal: Refusal, afterMs?: number): Journey => ended(ownAnswer(refusal, there), afterMs);
  switch (delivery.kind) {
    case 'stopped': {
      const { by, because } = delivery.stop;
      const outcome = OUTCOMES[by];
      if (outcome) return refuse(connectionRefused(outcome, because));
      if (timeoutMs < CONNECT_MS)
        return refuse({ ...requestTimeout(timeoutMs), outcome: 'unreachable', because }, timeoutMs);

      return refuse(connectFailure('unreachable', because), CONNECT_MS);
    }
    case 'answered':
      return ended(answerTo({ ...delivery.answer, kind: 'answered' }, there, timeoutMs));
    case 'arrived': {
      const { place, forwardedFor, headers: added } = delivery;
      // A name of the internet is called by itself: no record of this world has its address.
      const at = address === ELSEWHERE && name !== undefined ? name : place.address;
      const last = { ...there, target: at === place.address ? place.target : `${at}:${port}` };
      const forwarded =
        forwardedFor === undefined ? {} : { 'x-forwarded-for': `${headers['x-forwarded-for'] ?? ''}, ${forwardedFor}` };
      return {
        request: {
          ...place,
          address: at,
          target: last.target,
          method: call.method,
          path,
          headers: { ...headers, ...forwarded, ...added },
          body: call.body,
          link: view.gateway.id,
          gateway: view.gateway.id,
        },
        timeoutMs,
        broken: () => undefined,
        finish: (result) => answerTo(result, last, timeoutMs),
      };
    }
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function timeoutOf({ firstByteMs }: CallableRoute, policies: Policies): number {
  const { config } = policies.get('Timeout') ?? {};
  if (!config) return firstByteMs ?? TIMEOUT_MS;

  const ms = numberOf(config, 'unitNum', TIMEOUT_MS / 1000) * (ownValue(UNITS, textOf(config, 'timeUnit')) ?? 1000);
  return ms > 0 ? ms : TIMEOUT_MS;
}

const NOT_PASSED = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-connection',
  'content-length',
]);

/** The caller's headers, its address added to `X-Forwarded-For`, and the changes of a policy. */
function headersToBackend(
  policies: Policies,
  { headers, sourceIp }: GatewayCall,
  host: string,
): Record<string, string> {
  const passed = Object.entries(headers).filter(([name]) => !NOT_PASSED.has(name) && !name.startsWith('x-postern-'));
  const before = headers['x-forwarded-for'];
  const own = { host, 'x-forwarded-for': before === undefined ? sourceIp : `${before},${sourceIp}` };
  return modified(policies, 'Request', { ...Object.fromEntries(passed), ...own });
}

function answerTo(result: BackendResult, trace: Trace, timeoutMs: number): GatewayAnswer {
  switch (result.kind) {
    case 'answered': {
      const { status, headers, body, outcome = 'delivered', because } = result;
      return { status, headers, body, outcome, because, trace };
    }
    case 'timeout':
      return ownAnswer(requestTimeout(timeoutMs), trace);
    case 'reset':
      return ownAnswer(connectionReset(result.because), trace);
  }
}

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

const connectFailure = (outcome: Outcome, because: string): Refusal => ({
  status: 503,
  body: `${UPSTREAM} connection timeout`,
  outcome,
  because,
});

const connectionRefused = (outcome: Outcome, because: string): Refusal => ({
  status: 503,
  body: `${UPSTREAM} connection failure`,
  outcome,
  because,
});

const connectionReset = (because: string): Refusal => ({
  status: 503,
  body: `${UPSTREAM} connection termination`,
  outcome: 'reset',
  because,
});

const noHealthyUpstream = (because: string): Refusal => ({
  status: 503,
  body: 'no healthy upstream',
  outcome: 'no-healthy-target',
  because,
});

const requestTimeout = (ms: number): Refusal => ({
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
