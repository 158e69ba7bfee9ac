import { NOWHERE, type GatewayAnswer, type GatewayCall, type Trace } from '../../../simulation/traffic/gateway-call.js';
import { contextVariable, forbidden, gatewayAnswer } from '../../rest-api/execution/gateway-answer.js';
import type { MethodRequest } from '../../rest-api/execution/mapped-value.js';
import { validateRequest } from '../../rest-api/execution/validate-request.js';
import type { RestView } from '../api-view.js';
import type { Front, Ground, Mapped } from '../front.js';
import { LARGEST_PAYLOAD } from '../payload.js';
import { callId } from '../request-ids.js';
import { splitTarget } from '../request-target.js';
import { authorizerRefusal } from './authorizers.js';
import { failing } from './failing.js';
import { servedBy, type Served } from './front-door.js';
import { integrate } from './integrate.js';
import { policyRefusal } from './policy-refusal.js';
import { routeOf, type Route } from './router.js';
import { stageRefusal } from './throttle.js';
import { usageRefusal } from './usage.js';
import { answer, type CallIds, type Refusal, type Visit } from './visit.js';

/** What a call has to pass before its method is executed, in this order. */
const CHECKS: readonly ((visit: Visit) => Refusal | undefined)[] = [
  tooLarge,
  policyRefusal,
  authorizerRefusal,
  usageRefusal,
  stageRefusal,
];

/** What a REST API does with a call. */
export const restApi: Front<RestView> = (ground, view, call, mapped) => {
  const requestId = ground.requestId();
  const extendedId = callId(ground.random);
  const ids = { requestId, extendedId, ground };
  const served = servedBy(ground, view, call, mapped);
  if ('outcome' in served) {
    const { outcome, because, stage } = served;
    const trace = { ...NOWHERE, gateway: view.fields.id, stage };
    return { answer: answer(ids, forbidden(), { outcome, because, trace }) };
  }
  const route = routeOf(served.copy, call.method, served.path);
  const request = requestOf(ground, view, { call, mapped }, served, route, ids);
  const { stage, copy, vpcEndpointId } = served;
  const stageName = served.isCanary ? `${stage.stageName}/Canary` : stage.stageName;
  const trace: Trace = { ...NOWHERE, gateway: view.fields.id, stage: stageName, route: nameOf(route) };
  if (!route) return { answer: noRoute(served, request, ids, trace) };
  const visit: Visit = { requestId, extendedId, ground, view, call, stage, copy, route, request, trace, vpcEndpointId };
  return failing(visit, () => {
    for (const check of CHECKS) {
      const refusal = check(visit);
      if (refusal) return { answer: refused(visit, refusal) };
    }
    validateRequest(copy, route.method, request);
    return integrate(visit);
  });
};

const nameOf = (route: Route | undefined): string => (route ? `${route.method.httpMethod} ${route.resource.path}` : '');

function noRoute(
  { copy, path }: Served,
  request: MethodRequest,
  ids: Parameters<typeof answer>[0],
  trace: Trace,
): GatewayAnswer {
  const because = `The deployment has no method ${request.verb} for ${path}.`;
  const response = gatewayAnswer(copy, 'MISSING_AUTHENTICATION_TOKEN', request);
  return answer(ids, response, { outcome: 'no-route', because, trace });
}

function refused(visit: Visit, { type, outcome, because, message }: Refusal): GatewayAnswer {
  const { copy, request, trace } = visit;
  return answer(visit, gatewayAnswer(copy, type, request, message), { outcome, because, trace });
}

function tooLarge({ call }: Visit): Refusal | undefined {
  if (call.body.length <= LARGEST_PAYLOAD) return undefined;
  const because = `The body has ${call.body.length} bytes, and at most ${LARGEST_PAYLOAD} are accepted.`;
  return { type: 'REQUEST_TOO_LARGE', outcome: 'too-large', because };
}

function requestOf(
  ground: Ground,
  { fields }: RestView,
  { call, mapped }: { readonly call: GatewayCall; readonly mapped: Mapped | undefined },
  { stage, variables, path, search, isCanary }: Served,
  route: Route | undefined,
  { requestId, extendedId }: CallIds,
): MethodRequest {
  const { method: verb, headers, body, host, sourceIp } = call;
  return {
    verb,
    path,
    pathParameters: route?.pathParameters ?? {},
    search,
    headers,
    body,
    stageVariables: variables,
    context: (name) => {
      ground.decisions.differByCall(); // the time and the ID of the call are among them
      return contextVariable(
        {
          apiId: fields.id,
          account: ground.account,
          stage: stage.stageName,
          verb,
          // By a custom domain name, the base path is in it, and the stage only where the caller named it:
          // https://github.com/localstack/localstack/pull/12296
          path: mapped ? splitTarget(call.path).path : `/${stage.stageName}${path}`,
          resourceId: route?.resource.id ?? '',
          resourcePath: route?.resource.path ?? '',
          requestId,
          extendedRequestId: extendedId,
          domainName: host,
          sourceIp,
          userAgent: headers['user-agent'],
          isCanary,
          nowMs: ground.now(),
        },
        name,
      );
    },
  };
}
