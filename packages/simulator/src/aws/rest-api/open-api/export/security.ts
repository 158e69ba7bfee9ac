import type { Authorizer } from '@aws-sdk/client-api-gateway';
import type { MethodRow } from '../../state.js';
import type { Export } from './task.js';
import { defined, type Json, type JsonObject } from '../json.js';

/** The names of the schemes that are not authorizers. */
const API_KEY = 'api_key';
const SIGV4 = 'sigv4';
const HEADER = /^method\.request\.header\.([^,\s]+)$/;

/**
 * The `security` of a method, whose schemes the document then has; undefined where all callers may.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
 */
export function exportedSecurity({ copy, schemes }: Export, method: MethodRow): Json | undefined {
  const { authorizationType, authorizerId = '', authorizationScopes = [], apiKeyRequired = false } = method;
  const authorizer = copy.authorizers.get(authorizerId);
  const entries: [name: string, scopes: string[]][] = [
    ...(authorizationType === 'AWS_IAM' ? ([[SIGV4, []]] as [string, string[]][]) : []),
    ...(authorizer ? ([[authorizer.name, [...authorizationScopes]]] as [string, string[]][]) : []),
    ...(apiKeyRequired ? ([[API_KEY, []]] as [string, string[]][]) : []),
  ];
  for (const [name] of entries) schemes.add(name);
  return entries.length > 0 ? entries.map(([name, scopes]) => ({ [name]: scopes })) : undefined;
}

/** The schemes that the document refers to. */
export function exportedSchemes({ copy, schemes, parts }: Export): JsonObject {
  const authorizers = [...copy.authorizers.values()];
  return Object.fromEntries(
    [...schemes].map((name) => {
      const authorizer = authorizers.find((row) => row.name === name);
      return [name, authorizer ? authorizerScheme(authorizer, parts.authorizers) : BUILT_IN[name]];
    }),
  );
}

const BUILT_IN: JsonObject = {
  [API_KEY]: { type: 'apiKey', name: 'x-api-key', in: 'header' },
  [SIGV4]: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
};

/**
 * The scheme of an authorizer. The header is the one that identifies callers; an authorizer of requests has none, and
 * the name is `Unused` then.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
function authorizerScheme(row: Authorizer, withExtension: boolean): JsonObject {
  const { type = 'TOKEN', identitySource = '' } = row;
  const [, header] = HEADER.exec(identitySource) ?? [];
  return {
    type: 'apiKey',
    name: type === 'REQUEST' ? 'Unused' : (header ?? 'Authorization'),
    in: 'header',
    'x-amazon-apigateway-authtype': row.authType ?? (type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom'),
    ...(withExtension && {
      'x-amazon-apigateway-authorizer': defined<JsonObject>({
        type: type.toLowerCase(),
        authorizerUri: row.authorizerUri,
        authorizerCredentials: row.authorizerCredentials,
        identitySource: type === 'REQUEST' ? row.identitySource : undefined,
        identityValidationExpression: row.identityValidationExpression,
        authorizerResultTtlInSeconds: row.authorizerResultTtlInSeconds,
        providerARNs: row.providerARNs,
      }),
    }),
  };
}
