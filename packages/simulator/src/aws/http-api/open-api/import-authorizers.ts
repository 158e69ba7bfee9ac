import type { CreateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import { ServiceError } from '../../operation/service-error.js';
import { resolved } from '../../rest-api/open-api/document.js';
import {
  defined,
  isObject,
  isTrue,
  list,
  number,
  object,
  text,
  type JsonObject,
} from '../../rest-api/open-api/json.js';
import { checkAuthorizer } from '../route/authorizer-rules.js';
import type { AuthorizerRow } from '../state.js';
import type { Import } from './task.js';

/**
 * Adds the authorizers of the document's security schemes, and answers them by the names of their schemes. One that is refused is a
 * warning, and its routes have none.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function importAuthorizers({ call, api, document, report }: Import): ReadonlyMap<string, AuthorizerRow> {
  const rows = new Map<string, AuthorizerRow>();
  for (const [name, value] of Object.entries(document.schemes)) {
    const own = resolved(document, value)['x-amazon-apigateway-authorizer'];
    if (!isObject(own)) continue;
    const row = { ...authorizerOf(name, own), AuthorizerId: call.id('', 6, 'base36') };
    try {
      checkAuthorizer(api, row);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      report.warnings.push(`Unable to create Authorizer '${name}': ${error.message}`);
      continue;
    }
    api.authorizers?.set(row.AuthorizerId, row);
    rows.set(name, row);
  }
  return rows;
}

/** Several sources of an identity are separated by commas. */
function authorizerOf(Name: string, own: JsonObject): Omit<CreateAuthorizerRequest, 'ApiId'> & { Name: string } {
  const jwt = object(own['jwtConfiguration']);
  const source = text(own['identitySource']);
  return defined({
    Name,
    AuthorizerType: text(own['type'])?.toUpperCase() === 'JWT' ? ('JWT' as const) : ('REQUEST' as const),
    AuthorizerUri: text(own['authorizerUri']),
    AuthorizerCredentialsArn: text(own['authorizerCredentials']),
    AuthorizerPayloadFormatVersion: text(own['authorizerPayloadFormatVersion']),
    AuthorizerResultTtlInSeconds: number(own['authorizerResultTtlInSeconds']),
    EnableSimpleResponses:
      own['enableSimpleResponses'] === undefined ? undefined : isTrue(own['enableSimpleResponses']),
    IdentitySource: source?.split(',').map((one) => one.trim()),
    JwtConfiguration: isObject(own['jwtConfiguration'])
      ? defined({
          Issuer: text(jwt['issuer']),
          Audience: list(jwt['audience']).flatMap((one) => text(one) ?? []),
        })
      : undefined,
  });
}
