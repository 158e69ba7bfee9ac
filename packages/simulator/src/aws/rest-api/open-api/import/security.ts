import type { Method } from '@aws-sdk/client-api-gateway';
import { badRequest, notSimulated } from '../../words.js';
import type { Import } from '../draft.js';
import { checkMembers, extension } from '../extensions.js';
import { isObject, list, object, text, type JsonObject } from '../json.js';

type Security = Pick<Method, 'apiKeyRequired' | 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

/**
 * Who may call a method: its own `security`, or that of the document.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
 * @throws {ServiceError} BadRequestException for a scheme that does not exist [U]; NotImplemented for one that API
 * Gateway has nothing for
 */
export function securityOf(task: Import, method: JsonObject): Security {
  const requirements = list(method['security'] ?? task.document.root['security']);
  const schemes = requirements.flatMap((each) => Object.entries(object(each)));
  const start: Security = { apiKeyRequired: false, authorizationType: 'NONE' };
  const security = schemes.reduce<Security>(
    (known, [name, scopes]) => ({
      ...known,
      ...schemeOf(
        task,
        name,
        list(scopes).flatMap((scope) => text(scope) ?? []),
      ),
    }),
    start,
  );
  const own = extension(method, 'auth');
  if (!isObject(own)) return security;
  checkMembers('auth', own, ['type']);
  const type = text(own['type']);
  return type === undefined ? security : { ...security, authorizationType: type };
}

function schemeOf({ api, document }: Import, name: string, scopes: string[]): Security {
  const value = Object.hasOwn(document.schemes, name) ? document.schemes[name] : undefined;
  if (!isObject(value)) throw badRequest(`Invalid security scheme specified: ${name}`);
  if (isObject(extension(value, 'authorizer'))) {
    const row = [...api.authorizers.values()].find((each) => each.name === name);
    // An authorizer that was refused is an error already.
    if (!row) return {};
    const pools = row.type === 'COGNITO_USER_POOLS';
    return {
      authorizationType: pools ? 'COGNITO_USER_POOLS' : 'CUSTOM',
      authorizerId: row.id,
      ...(pools && scopes.length > 0 && { authorizationScopes: scopes }),
    };
  }
  if (text(extension(value, 'authtype'))?.toLowerCase() === 'awssigv4') return { authorizationType: 'AWS_IAM' };
  const isKey = value['type'] === 'apiKey' && value['in'] === 'header';
  if (isKey && text(value['name'])?.toLowerCase() === 'x-api-key') return { apiKeyRequired: true };
  throw notSimulated(`A security scheme without an authorizer: ${name}`);
}
