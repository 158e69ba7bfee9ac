import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../../words.js';
import {
  checkMembers,
  isObject,
  isTrue,
  list,
  number,
  object,
  text,
  texts,
  type Json,
  type JsonObject,
} from '../extensions.js';
import { defined } from '../../../../../simulation/defined.js';

const TYPES: readonly string[] = ['HTTP', 'HTTP_PROXY', 'AWS', 'AWS_PROXY', 'MOCK'];

/** `payloadFormatVersion` is for HTTP APIs: the service ignores it here. A `description` is kept nowhere. */
const MEMBERS = [
  'type',
  'description',
  'httpMethod',
  'uri',
  'connectionType',
  'connectionId',
  'integrationTarget',
  'credentials',
  'requestParameters',
  'requestTemplates',
  'passthroughBehavior',
  'contentHandling',
  'timeoutInMillis',
  'cacheNamespace',
  'cacheKeyParameters',
  'tlsConfig',
  'responseTransferMode',
  'responses',
  'payloadFormatVersion',
];

/**
 * Reads the integration of a method. Words such as `http_proxy` can be in small letters.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 * @param warn takes a warning about a request parameter that is not a text, and is left out
 * @throws {ServiceError} BadRequestException; NotImplemented for a member that is not simulated
 */
export function integrationOf(own: JsonObject, warn: (name: string, value: string) => void): Integration {
  checkMembers('integration', own, MEMBERS);
  const word = (name: string) => text(own[name])?.toUpperCase();
  const type = word('type');
  if (type === undefined || !TYPES.includes(type))
    throw badRequest(`Invalid integration type specified: ${type ?? 'null'}`); // [U]

  const keys = own['cacheKeyParameters'];
  const tls = object(own['tlsConfig'])['insecureSkipVerification'];
  return defined({
    type,
    httpMethod: word('httpMethod'),
    uri: text(own['uri']),
    connectionType: word('connectionType'),
    connectionId: text(own['connectionId']),
    integrationTarget: text(own['integrationTarget']),
    credentials: text(own['credentials']),
    requestParameters: parametersOf(own['requestParameters'], warn),
    requestTemplates: texts(own['requestTemplates']),
    passthroughBehavior: word('passthroughBehavior'),
    contentHandling: word('contentHandling'),
    timeoutInMillis: number(own['timeoutInMillis']),
    cacheNamespace: text(own['cacheNamespace']),
    cacheKeyParameters: keys === undefined ? undefined : list(keys).flatMap((key) => text(key) ?? []),
    tlsConfig: tls === undefined ? undefined : { insecureSkipVerification: isTrue(tls) },
    responseTransferMode: word('responseTransferMode'),
  }) as Integration;
}

/** The responses of an integration. The key of each is its pattern; `default` has none. */
export function integrationResponsesOf(own: JsonObject): (IntegrationResponse & { readonly statusCode: string })[] {
  return Object.entries(object(own['responses'])).map(([pattern, value]) => {
    const response = object(value);
    const handling = text(response['contentHandling'])?.toUpperCase();
    return defined({
      statusCode: text(response['statusCode']) ?? '',
      selectionPattern: pattern === 'default' ? undefined : pattern,
      responseParameters: texts(response['responseParameters']),
      responseTemplates: texts(response['responseTemplates']),
      contentHandling: handling as IntegrationResponse['contentHandling'],
    });
  });
}

function parametersOf(
  value: Json | undefined,
  warn: (name: string, value: string) => void,
): Record<string, string> | undefined {
  if (!isObject(value)) return undefined;

  const entries = Object.entries(value).flatMap(([name, item]): [string, string][] => {
    if (typeof item === 'string') return [[name, item]];

    warn(name, JSON.stringify(item ?? null));
    return [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
