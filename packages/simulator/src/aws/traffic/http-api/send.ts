import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { GatewayAnswer, Journey, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import { UNREAD_BACKEND } from '../../http-api/integration.js';
import type { Delivery } from '../delivery.js';
import { ended, ownAnswer, type Fate, type OwnAnswerName } from './answers.js';
import { backendAnswer } from './backend-answer.js';
import { backendRequest } from './backend-request.js';
import type { Exchange } from './exchange.js';
import { certificateProblem } from './tls.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const TIMEOUT_MS = 30_000;
/**
 * How long the service tries to connect where nothing answers, in milliseconds [I]: the one record there is, of a REST API.
 * @see https://github.com/aws/apprunner-roadmap/issues/193
 */
const CONNECT_MS = 10_000;

/** Calls the private integration of a route. */
export function send(exchange: Exchange, cors: Cors | undefined): Journey {
  const { ground, route, trace, id } = exchange;
  const { integration } = route;
  if (!integration) {
    const because = `Route ${route.key} has no integration.`; // the answer is [U]
    return ended(exchange, 'internal', { outcome: 'no-integration', because, trace });
  }
  const { row } = integration;
  if (row.ConnectionType !== 'VPC_LINK') return notSimulated(exchange);
  const delivery = ground.deliver(backendRequest(exchange, integration));
  const link = row.ConnectionId ?? '';
  const timeoutMs = row.TimeoutInMillis ?? TIMEOUT_MS;
  if (delivery.kind === 'stopped') {
    const { outcome, because, source, isRefused } = delivery;
    const fate = { outcome, because, trace: { ...trace, link, source } };
    const afterMs =
      outcome === 'unreachable' && source !== '' && isRefused !== true ? Math.min(CONNECT_MS, timeoutMs) : 0;
    const then = { id, now: exchange.now + afterMs };
    return { answer: ownAnswer(then, answerTo(delivery, row.IntegrationUri), fate), afterMs };
  }
  const there = traceTo(trace, link, delivery.kind === 'arrived' ? delivery.request : delivery);
  const because = certificateProblem(ground.region, row, delivery.tlsAt);
  if (because !== undefined) return ended(exchange, 'internal', { outcome: 'unreachable', because, trace: there });
  const answer = backendAnswer(exchange, integration, cors);
  const failed = (outcome: Outcome, because: string) =>
    ownAnswer({ id, now: ground.now() }, 'unavailable', { outcome, because, trace: there });
  const late = (): GatewayAnswer => failed('timeout', `There was no answer within ${timeoutMs} ms.`);
  if (delivery.kind === 'answered') {
    const { afterMs = 0 } = delivery;
    return afterMs > timeoutMs ? { answer: late(), afterMs: timeoutMs } : { answer: answer(delivery, there), afterMs };
  }
  return {
    request: delivery.request,
    timeoutMs,
    broken: delivery.broken,
    finish: (result) => {
      if (result.kind === 'timeout') return late();
      return result.kind === 'reset' ? failed('reset', result.because) : answer(result, there);
    },
  };
}

function traceTo(
  { gateway, route, stage }: Trace,
  link: string,
  { target, source }: { readonly target: string; readonly source: string },
): Trace {
  return { gateway, route, stage, link, target, source };
}

const NO_INSTANCE: ReadonlySet<Outcome> = new Set(['unreachable', 'no-healthy-target']);

/**
 * 503 where the network stops a call, 500 where a Cloud Map service has no instance to call: none was chosen then.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function answerTo({ outcome, source }: Extract<Delivery, { readonly kind: 'stopped' }>, uri = ''): OwnAnswerName {
  const isUnfound = uri.includes(':servicediscovery:') && source === '' && NO_INSTANCE.has(outcome);
  return isUnfound ? 'internal' : 'unavailable';
}

/** Status 501 tells the answer apart from those of the service. */
function notSimulated({ route, trace }: Exchange): Journey {
  const {
    IntegrationType: type,
    ConnectionType: connection = 'INTERNET',
    IntegrationUri: uri,
  } = route.integration?.row ?? {};
  const what =
    uri === UNREAD_BACKEND
      ? 'an integration without a link, whose type is not in the snapshot'
      : `type ${type} over ${connection}`;
  const because = `Only private integrations are simulated; route ${route.key} has ${what}.`;
  const fate: Fate = { outcome: 'no-integration', because, trace };
  const body = JSON.stringify({ message: because });
  const headers = { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` };
  return { answer: { status: 501, headers, body, ...fate } };
}
