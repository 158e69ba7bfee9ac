import { sourceOf } from './sources.js';
import {
  type Reply,
  type Source,
  type Change,
  type Exchange,
  type Template,
  type Mapping,
  type CompiledIntegration,
  type CompiledRoute,
  type Visit,
  isPreflight,
  preflightHeaders,
} from './exchange.js';
import type { DeploymentRow, IntegrationRow } from '../control/state.js';
import { Router, variablesOf, partsOf } from './router.js';
import { NOWHERE, type GatewayCall, type Journey, type Trace } from '../../../simulation/traffic/gateway-call.js';
import { type Mapped, type Front, callId, splitTarget, LARGEST_PAYLOAD } from '../../traffic/front.js';
import { httpDate } from '../../../simulation/time/time.js';
import { ended } from './answers.js';
import { authorize } from './authorize.js';
import { send } from './send.js';
import { type ApiView, type ServedStage, throttledBy } from '../../traffic/throttled.js';

const EXPRESSION = /\$(?:\{([^{}]*)\}|([a-zA-Z](?:[\w.-]|\[\d+\])*))/g;

/**
 * Reads mappings: `append:header.x-user` → `$request.header.user`. All values are those of the call as it came.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
function mappingFrom(parameters: Readonly<Record<string, string>> = {}): Mapping {
  const entries = Object.entries(parameters).map(([key, value]) => ({ key, value: templateOf(value) }));
  const only = (key: string) => entries.find((entry) => entry.key === key)?.value;
  const changes = (place: string): Change[] =>
    entries.flatMap(({ key, value }) => {
      const [, action, name = ''] = new RegExp(`^(append|overwrite|remove):${place}\\.(.+)$`).exec(key) ?? [];
      const given = place === 'header' ? name.toLowerCase() : name;
      return action === undefined ? [] : [{ action: action as Change['action'], name: given, value }];
    });
  return {
    path: only('overwrite:path'),
    statusCode: only('overwrite:statuscode'),
    headers: changes('header'),
    query: changes('querystring'),
  };
}

function templateOf(value: string): Template {
  const parts: (string | Source)[] = [];
  let end = 0;
  for (const match of value.matchAll(EXPRESSION)) {
    const [whole, braced, bare] = match;
    parts.push(value.slice(end, match.index), sourceOf(braced ?? bare ?? ''));
    end = match.index + whole.length;
  }
  parts.push(value.slice(end));
  const given = parts.filter((part) => part !== '');
  const [first] = given;
  if (given.length === 1 && typeof first === 'function') return first;

  const read = (part: string | Source, exchange: Exchange, reply: Reply | undefined): string =>
    typeof part === 'string' ? part : (part(exchange, reply) ?? '');
  return (exchange, reply) => given.map((part) => read(part, exchange, reply)).join('');
}

const compiled = new WeakMap<DeploymentRow, Router<CompiledRoute>>();

/** The routes of a deployment. They are read once: a deployment never changes. */
function routerOf(deployment: DeploymentRow): Router<CompiledRoute> {
  const known = compiled.get(deployment);
  if (known) return known;

  const router = new Router<CompiledRoute>();
  const integrations = new Map(deployment.integrations.map((row) => [row.IntegrationId, compile(row)]));
  for (const row of deployment.routes) {
    const integration = integrations.get(row.Target?.replace(/^integrations\//, '') ?? '');
    router.add(row.RouteKey, { row, key: row.RouteKey, variables: variablesOf(row.RouteKey), integration });
  }
  compiled.set(deployment, router);
  return router;
}

function compile(row: IntegrationRow): CompiledIntegration {
  const responses = Object.entries(row.ResponseParameters ?? {});
  return {
    row,
    request: mappingFrom(row.RequestParameters),
    responses: new Map(responses.map(([status, parameters]) => [Number(status), mappingFrom(parameters)])),
  };
}

/** The stage that a call is for, and its path without the name of the stage. */
export interface StageOfCall {
  readonly served: ServedStage;
  readonly path: string;
  readonly query: string;
}

const DEFAULT = '$default';

/**
 * The stage that the first part of the path names exactly, else `$default`. A custom domain name's mapping has chosen
 * already.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
function stageOfCall({ stages }: ApiView, call: GatewayCall, mapped: Mapped | undefined): StageOfCall | undefined {
  const target = splitTarget(mapped?.path ?? call.path);
  if (mapped) return at(stages.get(mapped.stage), target.path, target.query);

  const end = target.path.indexOf('/', 1);
  const first = end < 0 ? target.path.slice(1) : target.path.slice(1, end);
  const named = first === DEFAULT ? undefined : stages.get(first);
  if (named) return at(named, end < 0 ? '/' : target.path.slice(end), target.query);

  return at(stages.get(DEFAULT), target.path, target.query);
}

function at(served: ServedStage | undefined, path: string, query: string): StageOfCall | undefined {
  return served && { served, path, query };
}

/**
 * What an HTTP API does with a call: it chooses stage and route, answers preflight requests, throttles, refuses bodies that are
 * too large, authorizes, and calls the route's private integration.
 *
 * By a custom domain name, backends get the path that the caller wrote, with the key of the mapping [I]. With another stage than
 * `$default` they get the name of the stage in the place of the key [U].
 * @see https://jonwallsten.com/cloudfront-api-gateway-integration-debugger
 * @see https://github.com/CodeGenieApp/serverless-express/issues/465
 */
export const httpApi: Front<ApiView> = (ground, view, given, mapped) => {
  const call = mapped && mapped.stage !== '$default' ? { ...given, path: `/${mapped.stage}${mapped.path}` } : given;
  const { ApiId: gateway } = view.fields;
  const now = ground.now();
  const id = callId(ground.random);
  const arrival = { now, id };
  const chosen = stageOfCall(view, call, mapped);
  if (!chosen) {
    const because = 'The path begins with no stage, and there is no stage $default.';
    return ended(arrival, 'notFound', { outcome: 'no-stage', because, trace: { ...NOWHERE, gateway } });
  }

  const { served, path, query } = chosen;
  const { stage, deployment } = served;
  const traceOf = (route: string): Trace => ({
    gateway,
    route,
    stage: stage.StageName,
    link: '',
    target: '',
    source: '',
  });
  const notFound = (because: string): Journey =>
    ended(arrival, 'notFound', { outcome: 'no-route', because, trace: traceOf('') });
  if (!deployment) return notFound(`Stage ${stage.StageName} has no deployment.`);

  const { CorsConfiguration: cors, DisableExecuteApiEndpoint: isDisabled } = deployment.api ?? view.fields;
  // 404: https://repost.aws/knowledge-center/api-gateway-disable-endpoint
  if (isDisabled === true && !mapped) return notFound('The default endpoint of the API is disabled.');

  const visit: Visit = { ground, view, call, stage, path, query, now, id };
  const parts = partsOf(path);
  const route = routerOf(deployment).find(call.method, parts);
  if (cors && isPreflight(call) && !needsPermission(route)) return preflight(visit, cors, traceOf(''));
  if (!route) return notFound(`No route fits ${call.method} ${path}.`);

  const trace = traceOf(route.key);
  const limit = throttledBy(visit, route.key);
  if (limit !== undefined) return ended(arrival, 'tooMany', { outcome: 'throttled', because: limit, trace });
  if (call.body.length > LARGEST_PAYLOAD) {
    const because = `The body has ${call.body.length} bytes; API Gateway takes ${LARGEST_PAYLOAD}.`;
    return ended(arrival, 'tooLarge', { outcome: 'too-large', because, trace });
  }

  const permission = authorize(visit, route);
  if ('refused' in permission) {
    const { refused, because, headers } = permission;
    return ended(arrival, refused, { outcome: 'unauthorized', because, trace }, headers);
  }

  const { claims } = permission;
  return send({ ground, view, call, stage, path, query, now, id, route, parts, claims, trace }, cors);
};

/**
 * A route `$default` with an authorizer catches preflight requests, too: they have no credentials, and are refused.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
function needsPermission(route: CompiledRoute | undefined): boolean {
  return route?.key === '$default' && (route.row.AuthorizationType ?? 'NONE') !== 'NONE';
}

/** The answer to a preflight request: 204 without a body [I]. */
function preflight({ call, now, id }: Visit, cors: Parameters<typeof preflightHeaders>[0], trace: Trace): Journey {
  const headers = {
    date: httpDate(now),
    ...preflightHeaders(cors, call.headers['origin'] ?? ''),
    'Apigw-Requestid': id,
  };
  const because = 'API Gateway answers preflight requests itself.';
  return { answer: { status: 204, headers, body: '', outcome: 'delivered', because, trace } };
}
