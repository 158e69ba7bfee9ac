import type { Authorizer, AuthorizerType } from '@aws-sdk/client-api-gateway';
import { newAuthorizer, setAuthorizer } from '../../authorizer/authorizer-rules.js';
import { badRequest } from '../../words.js';
import type { Import } from '../draft.js';
import { checkExtensions, checkMembers, extension } from '../extensions.js';
import { defined, isObject, list, number, object, text, type JsonObject } from '../json.js';
import { attempt } from '../report.js';

const MEMBERS = [
  'type',
  'authorizerUri',
  'authorizerCredentials',
  'identitySource',
  'identityValidationExpression',
  'authorizerResultTtlInSeconds',
  'providerARNs',
];

/**
 * Adds the authorizers of the document's security schemes, used or not. One of the same name keeps its ID.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function importAuthorizers({ call, api, document, report }: Import): void {
  for (const [name, value] of Object.entries(document.schemes)) {
    const scheme = object(value);
    checkExtensions('scheme', scheme);
    const own = extension(scheme, 'authorizer');
    if (!isObject(own)) continue;
    attempt(report, `Unable to create Authorizer '${name}'`, () => {
      const known = [...api.authorizers.values()].find((row) => row.name === name);
      const fresh = newAuthorizer(call, { name, ...authorizerOf(scheme, own) });
      setAuthorizer(call, api, known ? { ...fresh, id: known.id } : fresh);
    });
  }
}

function authorizerOf(scheme: JsonObject, own: JsonObject): Omit<Authorizer, 'id' | 'name'> {
  checkMembers('authorizer', own, MEMBERS);
  const type = typeOf(own);
  const header = text(scheme['name']);
  // Only a REQUEST authorizer says itself what it identifies callers by.
  const source = type === 'REQUEST' || header === undefined ? undefined : `method.request.header.${header}`;
  return defined<Omit<Authorizer, 'id' | 'name'>>({
    type,
    authType: text(extension(scheme, 'authtype')),
    providerARNs:
      own['providerARNs'] === undefined ? undefined : list(own['providerARNs']).flatMap((arn) => text(arn) ?? []),
    authorizerUri: text(own['authorizerUri']),
    authorizerCredentials: text(own['authorizerCredentials']),
    // An empty one counts as none: LocalStack, snapshot test_import_rest_api
    identitySource: text(own['identitySource']) || source,
    identityValidationExpression: text(own['identityValidationExpression']),
    authorizerResultTtlInSeconds: number(own['authorizerResultTtlInSeconds']),
  });
}

function typeOf(own: JsonObject): AuthorizerType {
  const type = text(own['type'])?.toUpperCase();
  if (type === 'TOKEN' || type === 'REQUEST' || type === 'COGNITO_USER_POOLS') return type;
  throw badRequest(`Invalid authorizer type specified: ${type ?? ''}`); // [U]
}
