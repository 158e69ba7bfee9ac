import { defined, sentMethod, type Route, type Stage } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput, RestMethodOutput } from '../sdk-types.js';
import { plain } from '../client/plain.js';
import { type Backends, onStages, variablesOf, resolveIntegration, onlyOne } from '../gateways/integration-target.js';
import { ownerOfMethod } from './rest-owner.js';
import { unfilledIn, uriPath } from '../cloud/backend-paths.js';
import { toSettings } from './rest-settings.js';
import { tlsOf } from '../gateways/backend-uri.js';

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
