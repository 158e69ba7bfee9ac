import type { Journey, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import type { Finding } from '../../connects/connection.js';
import { mergedHeaders } from '../../../simulation/traffic/merged-headers.js';
import type { Behind } from './behind.js';
import type { Delivery, Choose } from '../../traffic/delivery.js';
import { errorAnswer, type Failure, answerTo, type Ground, type Received } from './received.js';
import { backendSignature } from './plugins/backend-signature.js';
import { requestToBackend, type RequestToBackend } from './request-to-backend.js';
import { mockAnswer } from './parameters.js';
import { ended, notSimulated } from '../../traffic/journey.js';

/** How long the gateway tries to connect, at most as long as it waits for the backend [U]. */
const CONNECT_MS = 5_000;

/** Calls what is behind an API, or answers why it cannot. */
export function callBackend(ground: Ground, received: Received): Journey {
  const { instance, requestId, trace, served } = received;
  const behind = ground.behind(instance, served);
  switch (behind.kind) {
    case 'mock':
      return ended(answerTo({ kind: 'answered', ...mockAnswer(behind.config) }, received));
    case 'missing': {
      const { code, because } = behind;
      return ended(errorAnswer({ code, outcome: 'no-integration', because }, requestId, trace));
    }
    case 'not-simulated':
      return notSimulated(behind.because, 'no-integration', trace);
  }
  const sent = requestToBackend(received);
  if ('notSimulated' in sent) return notSimulated(sent.notSimulated, 'no-integration', trace);

  switch (behind.kind) {
    case 'group':
      return callGroup(ground, received, behind, sent);
    case 'public': {
      const { address, port } = behind;
      const place = { address, port, source: instance.internetEgressAddress, target: `${address}:${port}` };
      return underway(ground, received, behind, sent, { place, forwardedFor: undefined, headers: {} });
    }
    case 'private':
      return callPrivate(ground, received, behind, sent);
  }
}

function callPrivate(
  ground: Ground,
  received: Received,
  behind: Extract<Behind, { kind: 'private' }>,
  sent: RequestToBackend,
): Journey {
  const { instance, requestId, trace } = received;
  const { address, port } = oneOf(behind.places, ground.choose);
  const request = { host: behind.host, path: `${behind.prefix}${sent.path}` };
  const delivery = ground.deliver({ linkId: instance.id, vpcId: behind.vpcId, address, port, request });
  if (delivery.kind === 'arrived') return underway(ground, received, behind, sent, delivery);

  const there = { ...trace, source: delivery.source, target: `${address}:${port}` };
  if (delivery.kind === 'answered') return ended(answerTo(delivery.answer, { ...received, trace: there }));

  const { failure, afterMs } = failureOf(delivery.stop, `${address}:${port}`, received);
  return ended(errorAnswer(failure, requestId, there), afterMs);
}

function oneOf<T extends { readonly weight: number }>(several: readonly [T, ...T[]] | readonly T[], choose: Choose): T {
  return (several.length === 1 ? several[0] : several[choose(several.map(({ weight }) => weight))]) as T;
}

const OUTCOMES: Partial<Record<Finding['by'], Outcome>> = {
  listener: 'no-listener',
  'backend-servers': 'no-healthy-target',
  authorization: 'no-integration',
};

/** A load balancer refuses connections to ports without a listener, and without a healthy server; packets to others are lost [I]. */
function failureOf(
  { by, because }: Finding,
  place: string,
  { match }: Received,
): { readonly failure: Failure; readonly afterMs?: number } {
  const outcome = OUTCOMES[by] ?? 'unreachable';
  if (outcome === 'no-integration') return { failure: { code: 'X504VE', outcome, because } };
  if (outcome !== 'unreachable') {
    return { failure: { code: 'D504CO', detail: 'Connection refused', outcome, because } };
  }

  const detail = `Timeout connecting to [/${place}]`;
  const afterMs = Math.min(CONNECT_MS, match.route.service.timeoutMs);
  return { failure: { code: 'D504CO', detail, outcome, because }, afterMs };
}

type Arrived = Omit<Extract<Delivery, { readonly kind: 'arrived' }>, 'kind'>;

function underway(
  ground: Ground,
  received: Received,
  { host, prefix }: { readonly host: string; readonly prefix: string },
  sent: RequestToBackend,
  { place, forwardedFor, headers }: Arrived,
): Journey {
  const { call, instance, requestId, trace, match } = received;
  const { service } = match.route;
  const { address, port, instance: server, network, source, target, balancer } = place;
  const there = { requestId, match, trace: { ...trace, source, target } };
  const method = service.method === '' ? call.method : service.method;
  const path = `${prefix}${sent.path}`;
  return {
    request: {
      address,
      port,
      instance: server,
      network,
      source,
      target,
      balancer,
      method,
      path,
      headers: mergedHeaders(
        headersToBackend(received, sent, host, forwardedFor),
        headers,
        backendSignature(received.served, { method, path, body: sent.body }),
      ),
      body: sent.body,
      link: instance.id,
      gateway: trace.gateway,
    },
    timeoutMs: service.timeoutMs,
    broken: () => ground.broken(instance.id),
    finish: (result) => answerTo(result, there),
  };
}

const NOT_PASSED = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
  'proxy-connection',
  'content-length',
]);

/** The headers of the mapped request, and those that the gateway adds [U]. */
function headersToBackend(
  { call, requestId }: Received,
  sent: RequestToBackend,
  host: string,
  forwardedFor: string | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in sent.headers) {
    if (!NOT_PASSED.has(name) && !name.startsWith('x-postern-')) headers[name] = sent.headers[name] ?? '';
  }
  const { 'x-forwarded-for': before } = headers;
  const caller = before === undefined ? call.sourceIp : `${before}, ${call.sourceIp}`;
  headers['host'] = host;
  headers['x-ca-request-id'] = requestId;
  headers['x-forwarded-for'] = forwardedFor === undefined ? caller : `${caller}, ${forwardedFor}`;
  return headers;
}

/** An API whose backend is the domain of another group: the gateway calls itself. */
function callGroup(
  ground: Ground,
  received: Received,
  behind: Extract<Behind, { kind: 'group' }>,
  sent: RequestToBackend,
): Journey {
  const { call, instance, requestId, trace, match } = received;
  const { domain, prefix } = behind;
  const inner = {
    ...call,
    host: domain,
    method: match.route.service.method === '' ? call.method : match.route.service.method,
    path: `${prefix}${sent.path}`,
    headers: headersToBackend(received, sent, domain, undefined),
    body: sent.body,
  };
  const journey = ground.callGroup(inner, instance.id);
  if (!journey) {
    const because = `No API group has the domain ${domain}, or calls go in a circle.`;
    return ended(errorAnswer({ code: 'D504RE', outcome: 'no-integration', because }, requestId, trace));
  }
  if ('answer' in journey) {
    const { answer, afterMs } = journey;
    return ended(
      answerTo({ kind: 'answered', ...answer }, { ...received, trace: through(trace, answer.trace) }),
      afterMs,
    );
  }

  const finish: typeof journey.finish = (result) => {
    const answer = journey.finish(result);
    return answerTo({ kind: 'answered', ...answer }, { ...received, trace: through(trace, answer.trace) });
  };
  return { ...journey, finish };
}

/** The way of a call of the gateway to itself ends where the inner one ends. */
function through(outer: Trace, { target, source }: Trace): Trace {
  return { ...outer, target, source };
}
