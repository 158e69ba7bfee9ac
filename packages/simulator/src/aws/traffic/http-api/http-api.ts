import { NOWHERE, type Journey, type Trace } from '../../../simulation/traffic/gateway-call.js';
import type { ApiView } from '../api-view.js';
import type { Front } from '../front.js';
import { httpDate } from '../../../simulation/time/http-date.js';
import { LARGEST_PAYLOAD } from '../payload.js';
import { callId } from '../request-ids.js';
import { ended } from './answers.js';
import { authorize } from './authorize.js';
import { routerOf } from './compiled-route.js';
import type { CompiledRoute, Visit } from './exchange.js';
import { isPreflight, preflightHeaders } from './cors.js';
import { partsOf } from './router.js';
import { send } from './send.js';
import { stageOfCall } from './stage-of-call.js';
import { throttledBy } from '../throttled.js';

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
