import { defined, pathVariables, type Route } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput, RestMethodOutput } from '../sdk-types.js';
import { parseBackendUri } from '../gateways/integration-target.js';

type RouteSettings = NonNullable<Route['settings']>;
type Parameters = NonNullable<RouteSettings['parameters']>;
type Part = keyof Parameters;

const PARTS: readonly (readonly [native: string, part: Part])[] = [
  ['path', 'path'],
  ['querystring', 'query'],
  ['header', 'header'],
];

/** The settings of a route, from its method and its integration over a link. */
export function toSettings(path: string, method: RestMethodOutput, integration: RestIntegrationOutput): RouteSettings {
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
