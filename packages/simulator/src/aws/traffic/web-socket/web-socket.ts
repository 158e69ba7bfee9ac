import {
  NOWHERE,
  type Ended,
  type GatewayAnswer,
  type GatewayCall,
  type Journey,
  type Trace,
} from '../../../simulation/traffic/gateway-call.js';
import type { SocketSession, SocketStart } from '../../../simulation/traffic/socket.js';
import type { RouteRow } from '../../http-api/state.js';
import type { ApiView, ServedStage } from '../api-view.js';
import type { Ground, Mapped } from '../front.js';
import { callId } from '../request-ids.js';
import { throttledBy } from '../throttled.js';
import type { SocketEvent } from './event.js';
import { integrate, made } from './integrate.js';
import { replyOf } from './reply.js';
import { routeOf, routeOfMessage } from './route-of.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const IDLE_MS = 10 * 60_000;
const LIFE_MS = 2 * 3_600_000;

/** The API as the data path has it at the moment: sockets survive a deployment [I]. */
export type CurrentView = () => ApiView | undefined;

/**
 * What a WebSocket API does with a request for a connection. Where there is a route `$connect`, the backend behind it agrees or refuses.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
 */
export function webSocket(
  ground: Ground,
  view: ApiView,
  call: GatewayCall,
  current: CurrentView,
  mapped: Mapped | undefined,
): SocketStart | Ended {
  const { ApiId: gateway } = view.fields;
  const stageName = mapped?.stage ?? call.path.split(/[/?]/)[1] ?? '';
  const served = view.stages.get(stageName);
  const trace: Trace = { ...NOWHERE, gateway, stage: served ? stageName : '', route: '$connect' };
  if (!served?.deployment) return refused(trace, 403, 'no-stage', `There is no stage ${JSON.stringify(stageName)}.`);
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-disable-default-endpoint.html
  const { DisableExecuteApiEndpoint: isDisabled } = served.deployment.api ?? view.fields;
  if (isDisabled === true && !mapped) {
    return refused(trace, 403, 'unauthorized', `The default endpoint of API ${gateway} is disabled.`);
  }
  const connectedAt = ground.now();
  const connectionId = callId(ground.random);
  const eventOf = (type: SocketEvent['type'], routeKey: string, body = ''): SocketEvent => ({
    type,
    routeKey,
    body,
    requestId: callId(ground.random),
    connectionId,
    at: ground.now(),
    connectedAt,
    opening: call,
  });
  const session = sessionOf({ ground, stageName, connectionId, current, trace, eventOf, opening: call });
  return { connect: connectOf({ ground, view, served }, trace, eventOf), session };
}

type EventOf = (type: SocketEvent['type'], routeKey: string, body?: string) => SocketEvent;

interface Opening {
  readonly ground: Ground;
  readonly view: ApiView;
  readonly served: ServedStage;
}

function connectOf({ ground, view, served }: Opening, trace: Trace, eventOf: EventOf): Journey {
  const { deployment, stage } = served;
  const route = deployment && routeOf(deployment, '$connect');
  const limit = throttledBy({ ground, view, stage }, '$connect');
  if (limit !== undefined) return refused(trace, 429, 'throttled', limit);
  if (!route) return made(trace, 200, 'delivered');
  if ((route.AuthorizationType ?? 'NONE') !== 'NONE' && !mayConnect(route, eventOf('CONNECT', '$connect'))) {
    return refused(trace, 401, 'unauthorized', `Route $connect of stage ${stage.StageName} asks for authorization.`);
  }
  return integrate({ ground, served, route, event: eventOf('CONNECT', '$connect'), trace });
}

/** No authorizer is asked: a request that carries credentials passes. */
function mayConnect({ AuthorizationType: type }: RouteRow, { opening }: SocketEvent): boolean {
  const isSigned = 'authorization' in opening.headers || /[?&]X-Amz-Signature=/.test(opening.path);
  return type === 'AWS_IAM' ? isSigned : isSigned || opening.path.includes('?');
}

interface Connected {
  readonly ground: Ground;
  readonly stageName: string;
  readonly connectionId: string;
  readonly current: CurrentView;
  readonly trace: Trace;
  readonly eventOf: EventOf;
  readonly opening: GatewayCall;
}

function sessionOf({ ground, stageName, connectionId, current, trace, eventOf, opening }: Connected): SocketSession {
  const arrive = (type: SocketEvent['type'], body: string): Journey => {
    const view = current();
    const served = view?.stages.get(stageName);
    if (!view || !served?.deployment) return made(trace, 500, 'no-stage', `Stage ${stageName} is gone.`);
    const expression = view.fields.RouteSelectionExpression ?? '';
    const route =
      type === 'DISCONNECT'
        ? routeOf(served.deployment, '$disconnect')
        : routeOfMessage(served.deployment, expression, body);
    const limit =
      type === 'MESSAGE' ? throttledBy({ ground, view, stage: served.stage }, route?.RouteKey ?? '') : undefined;
    if (limit !== undefined) return made({ ...trace, route: route?.RouteKey ?? '' }, 429, 'throttled', limit);
    if (!route) return made({ ...trace, route: '' }, 403, 'no-route', 'No route fits the message.');
    const matched = { ground, served, route, event: eventOf(type, route.RouteKey, body) };
    return integrate({ ...matched, trace: { ...trace, route: route.RouteKey } });
  };
  const deploymentOf = (stage: string) => current()?.stages.get(stage)?.deployment;
  return {
    id: connectionId,
    caller: { sourceIp: opening.sourceIp, userAgent: opening.headers['user-agent'] },
    idleMs: IDLE_MS,
    lifeMs: LIFE_MS,
    message: (body) => {
      const requestId = callId(ground.random);
      return {
        journey: arrive('MESSAGE', body),
        reply: (answer) => replyOf(answer, deploymentOf(answer.trace.stage), { connectionId, requestId }),
      };
    },
    closed: () => {
      const deployment = deploymentOf(stageName);
      return deployment && routeOf(deployment, '$disconnect') ? arrive('DISCONNECT', '') : undefined;
    },
  };
}

function refused(trace: Trace, status: number, outcome: GatewayAnswer['outcome'], because: string): Ended {
  const message = { 401: 'Unauthorized', 403: 'Forbidden', 429: 'Too Many Requests' }[status] ?? '';
  const headers = { 'content-type': 'application/json' };
  return { answer: { status, headers, body: JSON.stringify({ message }), outcome, because, trace } };
}
