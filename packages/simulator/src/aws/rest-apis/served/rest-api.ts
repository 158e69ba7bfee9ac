import { authorizationTypeOf } from '../control/authorizer.js';
import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { AuthorizerRow, RestStageRow } from '../control/state.js';
import { mappedValue, type MethodRequest } from '../control/execution/mapped-value.js';
import { answer, failing, integrate, type CallSettings, type Refusal, type Visit, type CallIds } from './integrate.js';
import { accountBucket, ownBucket, type RestView } from '../../traffic/throttled.js';
import { NOWHERE, type GatewayAnswer, type GatewayCall, type Trace } from '../../../simulation/traffic/gateway-call.js';
import { contextVariable, forbidden, gatewayAnswer } from '../control/execution/gateway-answer.js';
import { validateRequest } from '../control/execution/validate-request.js';
import { isPermitted } from '../../traffic/caller-headers.js';
import { type Front, type Ground, type Mapped, callId, splitTarget, LARGEST_PAYLOAD } from '../../traffic/front.js';
import { stageOfCall, type StageOfCall } from './front-door.js';
import { routeOf, type Route } from './router.js';
import { policyRefusal, throughCache } from './stage-cache.js';
import { usageRefusal } from './usage.js';

/**
 * Refuses a call without the credentials that its method asks for. Functions, user pools and policies of IAM are not
 * simulated: credentials that are there are accepted, unless another answer of the function is planted.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
function authorizerRefusal(visit: Visit): Refusal | undefined {
  const { copy, route, request, call } = visit;
  const { authorizationType = 'NONE', authorizerId = '' } = route.method;
  if (authorizationType === 'NONE') return undefined;
  if (authorizationType === 'AWS_IAM') return isPermitted(call) ? undefined : unsigned(call.headers['authorization']);

  const row = copy.authorizers.get(authorizerId);
  if (!row) return unauthorized(`The method has no authorizer ${authorizerId}.`);
  if (isPermitted(call)) return undefined;

  const sources = sourcesOf(row);
  const missing = sources.find((source) => !mappedValue(request, source));
  if (missing !== undefined) return unauthorized(`The call has no ${missing}, which authorizer ${row.name} requires.`);

  const { identityValidationExpression: expression = '' } = row;
  const token = mappedValue(request, sources[0] ?? '') ?? '';
  if (row.type === 'TOKEN' && expression !== '' && !matches(expression, token)) {
    return unauthorized(`The token does not match the expression of authorizer ${row.name}.`);
  }

  return authorizationTypeOf(row) === 'CUSTOM' ? byFunction(visit, row) : undefined;
}

/** The messages are those of the service; the type of the second is [U]. */
function byFunction({ ground, view }: Visit, { id, name }: AuthorizerRow): Refusal | undefined {
  const planted = ground.region.apiGateway.authorizerAnswers.get(`${view.fields.id}/${id}`) ?? 'allow';
  if (planted === 'allow') return undefined;
  if (planted === 'deny') {
    const message = 'User is not authorized to access this resource with an explicit deny';
    return { type: 'ACCESS_DENIED', outcome: 'unauthorized', because: `Authorizer ${name} denies the call.`, message };
  }

  const because = `The function of authorizer ${name} cannot be invoked.`;
  return { type: 'AUTHORIZER_FAILURE', outcome: 'unauthorized', because };
}

/** `method.request.header.Authorization, method.request.querystring.tenant`. A user pool reads the one header. */
function sourcesOf({ identitySource = '', type }: AuthorizerRow): readonly string[] {
  const sources = identitySource.split(',').flatMap((source) => (source.trim() === '' ? [] : [source.trim()]));
  return sources.length === 0 && type !== 'REQUEST' ? ['method.request.header.Authorization'] : sources;
}

/** The whole token has to match. An expression that is none matches nothing [I]. */
function matches(expression: string, token: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(token);
  } catch {
    return false;
  }
}

function unsigned(authorization: string | undefined): Refusal | undefined {
  if (authorization?.startsWith('AWS4-HMAC-SHA256 ') === true) return undefined;

  const because = 'The method asks for a signature of AWS (Authorization: AWS4-HMAC-SHA256 …), and the call has none.';
  return { type: 'MISSING_AUTHENTICATION_TOKEN', outcome: 'unauthorized', because };
}

function unauthorized(because: string): Refusal {
  return { type: 'UNAUTHORIZED', outcome: 'unauthorized', because };
}

/** The settings of a stage's methods by `pets/{id}/GET` (`GET` of the root), and the one for all methods. */
interface Settings {
  readonly own: ReadonlyMap<string, MethodSetting>;
  readonly all: MethodSetting | undefined;
}

const settingsByStage = new WeakMap<RestStageRow, Settings>();

/**
 * Refuses calls above the stage's limit of the method, or its limit for all methods, which each method has for itself
 * [I]; and above the account's limit.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
function stageRefusal(visit: Visit): Refusal | undefined {
  const { region, admits } = visit.ground;
  const because = aboveStage(visit);
  if (because !== undefined) return { type: 'THROTTLED', outcome: 'throttled', because };
  if (admits(accountBucket(region.name))) return undefined;

  return {
    type: 'THROTTLED',
    outcome: 'throttled',
    because: 'Calls are above the limit of the account in the Region.',
  };
}

/** As the stage names a method that calls reach: `pets/{id}/GET`, and `GET` of the root. */
const methodName = ({ resource }: Route, verb: string): string => settingsName(`${resource.path}/${verb}`);

function callSettings(stage: RestStageRow, route: Route, verb: string): CallSettings {
  const { own, all } = settingsOf(stage);
  return { own: own.size === 0 ? undefined : own.get(methodName(route, verb)), all };
}

function aboveStage({ ground, view, stage, route, call, settings: { own, all } }: Visit): string | undefined {
  const limits = own ?? all;
  const method = methodName(route, call.method);
  const [rate, burst] = [limited(limits?.throttlingRateLimit), limited(limits?.throttlingBurstLimit)];
  if (rate === undefined && burst === undefined) return undefined;

  const bucket = ownBucket(ground.region.name, `stage/${view.fields.id}/${stage.stageName}/${method}`, { rate, burst });
  return ground.admits(bucket)
    ? undefined
    : `Calls of ${call.method} ${route.resource.path} are above the limit of stage ${stage.stageName}.`;
}

function settingsOf(stage: RestStageRow): Settings {
  const known = settingsByStage.get(stage);
  if (known) return known;

  const { '*/*': all, ...others } = stage.methodSettings ?? {};
  const own = new Map(Object.entries(others).map(([key, setting]) => [settingsName(key), setting]));
  const fresh = { own, all };
  settingsByStage.set(stage, fresh);
  return fresh;
}

/** Keys are as they were sent: with the slashes of the path escaped or not, and with the first one or not. */
function settingsName(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~').replace(/^\/+/, '');
}

/** -1 stands for no limit. */
const limited = (limit: number | undefined): number | undefined => (limit === -1 ? undefined : limit);

/** What a call has to pass before its method is executed, in this order. */
const CHECKS: readonly ((visit: Visit) => Refusal | undefined)[] = [
  tooLarge,
  policyRefusal,
  authorizerRefusal,
  usageRefusal,
  stageRefusal,
];

export const restApi: Front<RestView> = (ground, view, call, mapped) => {
  const requestId = ground.requestId();
  const extendedId = callId(ground.random);
  const ids = { requestId, extendedId, ground };
  const served = stageOfCall(ground, view, call, mapped);
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

  const about = { stage, copy, route, request, trace, vpcEndpointId, isCanary: served.isCanary };
  const visit: Visit = {
    requestId,
    extendedId,
    ground,
    view,
    call,
    ...about,
    settings: callSettings(stage, route, call.method),
  };
  return failing(visit, () => {
    for (const check of CHECKS) {
      const refusal = check(visit);
      if (refusal) return { answer: refused(visit, refusal) };
    }
    if (!isPermitted(call)) validateRequest(copy, route.method, request);
    return throughCache(visit, () => integrate(visit));
  });
};

const nameOf = (route: Route | undefined): string => (route ? `${route.method.httpMethod} ${route.resource.path}` : '');

function noRoute(
  { copy, path }: StageOfCall,
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
  { stage, variables, path, search, isCanary }: StageOfCall,
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
