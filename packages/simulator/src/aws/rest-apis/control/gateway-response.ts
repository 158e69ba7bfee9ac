import { defined } from '../../../simulation/defined.js';
import type { GatewayResponse, GatewayResponseType } from '@aws-sdk/client-api-gateway';
import { rule, withMember, type PatchRule, type PatchTable, type PatchWords } from './patch.js';
import { badRequest, notFound } from './words.js';
import type { GatewayResponseRow } from './state.js';
import { ofList, ServiceError } from '../../operation/operation.js';

/** The sentences of UpdateGatewayResponse: one for a path that is unknown and for one that does not take the operation. */
export const RESPONSE_WORDS: PatchWords = {
  operationFirst: false,
  path: (_, path) => badRequest(`Invalid patch path ${path}`),
  operation: (_, path) => badRequest(`Invalid patch path ${path}`),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
export const RESPONSE_PATCH: PatchTable<GatewayResponseRow> = {
  '/statusCode': rule(['replace'], (row, { value = '' }) => {
    if (!/^[1-5]\d\d$/.test(value)) throw badRequest(`Invalid status code specified: ${value}`); // [U]

    return withMember(row, 'statusCode', value);
  }),
  '/responseParameters/{name}': entry('responseParameters'),
  '/responseTemplates/{type}': entry('responseTemplates'),
};

/** An entry of a map. Only one that exists can be replaced. */
function entry(name: 'responseParameters' | 'responseTemplates'): PatchRule<GatewayResponseRow> {
  return rule(['add', 'replace', 'remove'], (row, { op, keys: [key = ''], value = '' }) => {
    const entries = row[name] ?? {};
    const { [key]: _, ...rest } = entries;
    if (op === 'remove') return withMember(row, name, rest);
    if (value === '') throw badRequest(`Invalid null or empty value in ${name}`);
    if (op === 'replace' && !Object.hasOwn(entries, key)) throw notFound('Invalid parameter name specified');

    return withMember(row, name, { ...rest, [key]: value });
  });
}

/**
 * The status of each type's default response. The order is that of the service's sentence.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const STATUSES: Readonly<Record<GatewayResponseType, string | undefined>> = {
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  MISSING_AUTHENTICATION_TOKEN: '403',
  BAD_REQUEST_BODY: '400',
  INVALID_SIGNATURE: '403',
  INVALID_API_KEY: '403',
  BAD_REQUEST_PARAMETERS: '400',
  AUTHORIZER_FAILURE: '500',
  UNAUTHORIZED: '401',
  INTEGRATION_TIMEOUT: '504',
  ACCESS_DENIED: '403',
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  WAF_FILTERED: '403',
  QUOTA_EXCEEDED: '429',
  THROTTLED: '429',
  API_CONFIGURATION_ERROR: '500',
  UNSUPPORTED_MEDIA_TYPE: '415',
  INTEGRATION_FAILURE: '504',
  EXPIRED_TOKEN: '403',
};

/** All types, in the order of lists. */
export const RESPONSE_TYPES = (Object.keys(STATUSES) as GatewayResponseType[]).sort();

const TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

/**
 * Refuses a type that does not exist. The sentence names the member of the path alone, so `limits` cannot say it.
 * @throws {ServiceError} ValidationException
 */
export function checkResponseType(type: string): asserts type is GatewayResponseType {
  if (Object.hasOwn(STATUSES, type)) return;

  const error = new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${type}' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: [${Object.keys(STATUSES).join(', ')}]`,
  );
  throw ofList(error);
}

/** A response that was set, complete with the defaults of its type. */
export function gatewayResponse(
  type: GatewayResponseType,
  input: Omit<GatewayResponse, 'responseType'>,
): GatewayResponseRow {
  const statusCode = input.statusCode ?? STATUSES[type];
  return {
    responseType: type,
    ...defined({ statusCode }),
    responseParameters: input.responseParameters ?? {},
    responseTemplates: input.responseTemplates ?? TEMPLATES,
    defaultResponse: false,
  };
}

/** The response of a type as GetGatewayResponse answers it: as set, or that of `DEFAULT_4XX` or `DEFAULT_5XX`, or the service's. */
export function shownResponse(
  api: { readonly gatewayResponses: ReadonlyMap<string, GatewayResponseRow> },
  type: GatewayResponseType,
): GatewayResponseRow {
  const own = api.gatewayResponses.get(type);
  if (own) return own;

  const status = STATUSES[type];
  const general = status === undefined ? undefined : api.gatewayResponses.get(`DEFAULT_${status.charAt(0)}XX`);
  const inherited = {
    ...general,
    ...(general?.statusCode === undefined && status !== undefined && { statusCode: status }),
  };
  return { ...gatewayResponse(type, inherited), defaultResponse: true };
}
