import { defined, sentMethod, type Route, type Stage, pathVariables } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput, RestMethodOutput } from '../sdk-types.js';
import { plain } from '../client/session.js';
import {
  type Backends,
  onStages,
  variablesOf,
  resolveIntegration,
  onlyOne,
  parseBackendUri,
  tlsOf,
} from '../gateways/integration-target.js';
import { ownerOfMethod } from './rest-owner.js';
import { unfilledIn, uriPath } from '../cloud/backend-paths.js';

type RouteSettings = NonNullable<Route['settings']>;
type Parameters = NonNullable<RouteSettings['parameters']>;
type Part = keyof Parameters;

const PARTS: readonly (readonly [native: string, part: Part])[] = [
  ['path', 'path'],
  ['querystring', 'query'],
  ['header', 'header'],
];

/** The settings of a route, from its method and its integration over a link. */
function toSettings(path: string, method: RestMethodOutput, integration: RestIntegrationOutput): RouteSettings {
  const { authorizationScopes: scopes, apiKeyRequired } = method;
  const host = parseBackendUri(integration.uri)?.host;
  const authorizer = authorizerOf(method);
  const parameters = toParameters(path, integration.requestParameters);
  return {
    ...defined({ host, timeoutMs: integration.timeoutInMillis, parameters, authorizer }),
    ...(scopes === undefined || scopes.length === 0 ? {} : { scopes: [...scopes] }),
    apiKey: apiKeyRequired === true,
    stream: integration.responseTransferMode === 'STREAM',
  };
}

/** `none`, `iam`, or the ID of the authorizer. */
function authorizerOf({ authorizationType, authorizerId }: RestMethodOutput): string | undefined {
  if (authorizationType === 'NONE') return 'none';

  return authorizationType === 'AWS_IAM' ? 'iam' : authorizerId;
}

/**
 * The parameters of a backend request, without those that only pass on the variables of the path:
 * `{ 'integration.request.header.x-tenant': 'method.request.header.tenant' }` → `{ header: { 'x-tenant': 'header.tenant' } }`.
 * A source that a spec cannot name stays as it is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
function toParameters(path: string, mapped: RestIntegrationOutput['requestParameters'] = {}): Parameters | undefined {
  const variables = new Map(pathVariables(path));
  const found: Partial<Record<Part, Record<string, string>>> = {};
  for (const [target, source] of Object.entries(mapped)) {
    if (source === variables.get(target)) continue;

    const [, native, name] = /^integration\.request\.(path|querystring|header)\.(.+)$/.exec(target) ?? [];
    const part = PARTS.find(([one]) => one === native)?.[1];
    if (part === undefined || name === undefined) continue;

    found[part] = { ...found[part], [name]: toSource(source) };
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

/** `method.request.querystring.x` → `query.x`; a constant and a variable of the context stay as they are. */
function toSource(source: string): string {
  const [, native, name] = /^method\.request\.(path|querystring|header)\.(.+)$/.exec(source) ?? [];
  const part = PARTS.find(([one]) => one === native)?.[1];
  return part === undefined || name === undefined ? source : `${part}.${name}`;
}

/** A method of a resource, as a list of resources answers it. */
export interface RestMethod {
  readonly apiId: string;
  readonly resourceId: string;
  readonly path: string;
  readonly verb: string;
  readonly method: RestMethodOutput;
}

/** The ID of a method, and of its integration: `<resource ID>/<verb>`. */
export function methodId({ resourceId, verb }: Pick<RestMethod, 'resourceId' | 'verb'>): string {
  return `${resourceId}/${verb}`;
}

/** The key of its route: `GET /orders/{id}`. */
export function routeKeyOf({ verb, path }: Pick<RestMethod, 'verb' | 'path'>): string {
  return `${verb} ${path}`;
}

/** A method in the portable form, with the link and the target of its integration. */
export function toRestRoute(one: RestMethod, stages: readonly Stage[], backends: Backends): Route {
  const { apiId, path, verb, method } = one;
  const { methodIntegration: integration } = method;
  const base = {
    id: methodId(one),
    gatewayId: apiId,
    key: routeKeyOf(one),
    ...(integration === undefined ? {} : { integrationId: methodId(one) }),
    ...authorizationOf(method),
    owner: ownerOfMethod(method.operationName, { apiId, path, verb }),
    raw: plain(method),
  };
  if (integration?.connectionType !== 'VPC_LINK') return base;

  const variables = variablesOf(integration);
  const unfilled = unfilledIn(path, integration);
  const sends = sentMethod(base.key, integration.httpMethod);
  const leads = onStages(integration, stages);
  const resolved = leads.map((leading) => resolveIntegration(leading, backends));
  return {
    ...base,
    linkId: onlyOne(resolved.map(({ linkId }) => linkId)),
    targetId: onlyOne(resolved.map(({ targetId }) => targetId)),
    tls: tlsOf(integration),
    // Where stages have other values, what the URI has of its path without them.
    ...uriPath(path, onlyOne(leads.map(({ uri }) => uri)) ?? integration.uri, integration.requestParameters),
    ...defined({ method: sends }),
    ...(integration.tlsConfig?.insecureSkipVerification === true ? { anyAuthority: true } : {}),
    ...(lacksResponse(method, integration) ? { lacks: 'response' as const } : {}),
    ...defined({ unfilled }),
    settings: toSettings(path, method, integration),
    ...(variables.length === 0 ? {} : { variables }),
  };
}

/**
 * Whether no response of a method is made from what its backend answers with status 200: an integration of type HTTP needs one
 * that has this pattern, or none, and becomes a response of the method.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 */
function lacksResponse({ methodResponses = {} }: RestMethodOutput, integration: RestIntegrationOutput): boolean {
  if (integration.type !== 'HTTP') return false;

  const responses = Object.values(integration.integrationResponses ?? {});
  const patternOf = ({ selectionPattern = '' }: (typeof responses)[number]): string => selectionPattern;
  const chosen =
    responses.find((one) => patternOf(one) !== '' && matches200(patternOf(one))) ??
    responses.find((one) => patternOf(one) === '');
  return chosen === undefined || !Object.hasOwn(methodResponses, chosen.statusCode ?? '');
}

/** The service reads patterns as Java does. */
function matches200(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test('200');
  } catch {
    return false;
  }
}

/** Whether a method can be called by anyone; `API_KEY` where a key is all that a caller needs. */
function authorizationOf({
  authorizationType,
  apiKeyRequired,
}: RestMethodOutput): Pick<Route, 'open' | 'authorization'> {
  if (authorizationType === undefined) return {};

  const isNone = authorizationType === 'NONE';
  const needsKey = apiKeyRequired === true;
  return { open: isNone && !needsKey, authorization: isNone && needsKey ? 'API_KEY' : authorizationType };
}
