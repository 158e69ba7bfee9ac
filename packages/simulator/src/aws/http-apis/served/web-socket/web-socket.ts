import type { DeploymentRow, RouteRow, IntegrationResponseRow } from '../../control/state.js';
import {
  NOWHERE,
  type GatewayAnswer,
  type Ended,
  type GatewayCall,
  type Journey,
  type Trace,
} from '../../../../simulation/traffic/gateway-call.js';
import { statusPattern } from '../../control/web-socket.js';
import type { SocketSession, SocketStart } from '../../../../simulation/traffic/sockets.js';
import { type Ground, type Mapped, callId } from '../../../traffic/front.js';
import { type ApiView, type ServedStage, throttledBy } from '../../../traffic/throttled.js';
import { textIn, type SocketEvent, integrate, made } from './integrate.js';
import { ownValue } from '../../../../simulation/own-value.js';

/**
 * The route of a message: the one whose key the selection expression yields, else `$default`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 */
function routeOfMessage(deployment: DeploymentRow, expression: string, body: string): RouteRow | undefined {
  const key = keyOf(expression, body);
  return routeOf(deployment, key) ?? routeOf(deployment, '$default');
}

function routeOf({ routes }: DeploymentRow, key: string): RouteRow | undefined {
  return routes.find(({ RouteKey }) => RouteKey === key);
}

/** `$request.body.action`, or several with text between them: `${request.body.service}/${request.body.action}`. */
function keyOf(expression: string, body: string): string {
  const [, single] = /^\$request\.body\.([\w.]+)$/.exec(expression) ?? [];
  if (single !== undefined) return textIn(body, single) ?? '';

  return expression.replaceAll(/\$\{request\.body\.([\w.]+)\}/g, (_, path: string) => textIn(body, path) ?? '');
}

/** What an error message to a caller names. */
interface MessageIds {
  readonly connectionId: string;
  readonly requestId: string;
}

const MESSAGES: Readonly<Record<string, string>> = { 'no-route': 'Forbidden', throttled: 'Too Many Requests' };
const INTERNAL = 'Internal server error';

/**
 * What a caller gets for a message: the backend's answer, where the route has a response; an error in any case.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 * @see https://repost.aws/knowledge-center/api-gateway-websocket-error
 */
function replyOf(
  { outcome, status, body, trace }: GatewayAnswer,
  deployment: DeploymentRow | undefined,
  ids: MessageIds,
): string | undefined {
  if (outcome !== 'delivered') return errorMessage(MESSAGES[outcome] ?? INTERNAL, ids);

  const route = deployment && routeOf(deployment, trace.route);
  if (!deployment?.routeResponses?.some(({ RouteId }) => RouteId === route?.RouteId)) return undefined;

  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const [, id] = /^integrations\/(.+)$/.exec(route?.Target ?? '') ?? [];
  const integration = deployment.integrations.find(({ IntegrationId }) => IntegrationId === id);
  const reply =
    integration?.IntegrationType?.endsWith('_PROXY') === false
      ? mapped(text, status, deployment.integrationResponses?.filter((row) => row.IntegrationId === id) ?? [])
      : { text };
  if ('error' in reply) return errorMessage(reply.error, ids);

  return reply.text === '' ? undefined : reply.text;
}

function errorMessage(message: string, { connectionId, requestId }: MessageIds): string {
  return `{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
}

/**
 * The answer of a backend without a proxy, as the first response says whose key fits the status, else the one for `$default`.
 * Without either there is none, as with REST APIs [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 */
function mapped(
  body: string,
  status: number,
  responses: readonly IntegrationResponseRow[],
): { readonly text: string } | { readonly error: string } {
  const fitting = responses.find(({ IntegrationResponseKey: key = '' }) => statusPattern(key)?.test(`${status}`));
  const response = fitting ?? responses.find(({ IntegrationResponseKey: key }) => key === '$default');
  if (!response) return { error: INTERNAL };

  const { ResponseTemplates: templates = {}, TemplateSelectionExpression: selection = '$default' } = response;
  // A backslash stands before the dollar sign of a key, as it is not a variable: `\$default`.
  const template = ownValue(templates, selection.trim().replace(/^\\/, ''));
  if (template === undefined) return { text: body };
  if (/[#$]/.test(template)) return { error: 'Postern: a template that is not plain text is not simulated' };

  return { text: template };
}

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
