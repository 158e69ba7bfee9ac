import { authorizationTypeOf } from '../../authorizer.js';
import { notSimulated } from '../../../../operation/operation.js';
import { raise } from '../../../../../simulation/raise.js';
import type { Model, Authorizer } from '@aws-sdk/client-api-gateway';
import type { RestApiCopy, RestApiFields, MethodRow } from '../../state.js';
import type { Json, JsonObject } from '../extensions.js';
import { defined } from '../../../../../simulation/defined.js';
import { badRequest } from '../../words.js';
import { ownValue } from '../../../../../simulation/own-value.js';

/** The versions of documents, as the service names them: OpenAPI 3.0.1 and Swagger 2.0. */
export type ExportType = 'oas30' | 'swagger';

/** What an export has beside the methods. */
export interface ExportParts {
  /** `x-amazon-apigateway-integration` of each method. */
  readonly integrations: boolean;
  /** `x-amazon-apigateway-authorizer` of each security scheme. */
  readonly authorizers: boolean;
  /** The other extensions: validators, gateway responses, settings. */
  readonly settings: boolean;
}

/** An export in progress. */
export interface Export {
  /** The API's name, and what else no deployment freezes. */
  readonly fields: RestApiFields;
  /** What is deployed on the stage. */
  readonly copy: RestApiCopy;
  readonly type: ExportType;
  readonly parts: ExportParts;
  /** The models that the document refers to so far. */
  readonly models: Set<Model>;
  /** The names of the security schemes that the document refers to so far. */
  readonly schemes: Set<string>;
}

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
      return [name, authorizer ? authorizerScheme(authorizer, parts.authorizers) : ownValue(BUILT_IN, name)];
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
    'x-amazon-apigateway-authtype': row.authType ?? authorizationTypeOf(row).toLowerCase(),
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

/**
 * What each value of `extensions` adds. That `apigateway` has all, and `integrations` nothing but integrations, is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html
 */
const EXTENSIONS: Readonly<Record<string, Partial<ExportParts>>> = {
  integrations: { integrations: true },
  authorizers: { authorizers: true },
  apigateway: { integrations: true, authorizers: true, settings: true },
};

/**
 * Reads the parameters of an export: `{ extensions: 'integrations' }`. Several extensions are separated by commas [I].
 * @throws {ServiceError} NotImplemented for Postman and other parameters; BadRequestException for another extension [U]
 */
export function exportParts({ extensions = '', ...others }: Readonly<Record<string, string>>): ExportParts {
  const [other] = Object.keys(others);
  if (other !== undefined) throw notSimulated(`The export parameter ${other}`);

  const names = extensions.split(',').filter((name) => name !== '');
  return names.reduce<ExportParts>((parts, name) => ({ ...parts, ...partsOf(name) }), {
    integrations: false,
    authorizers: false,
    settings: false,
  });
}

function partsOf(name: string): Partial<ExportParts> {
  if (name === 'postman') throw notSimulated('An export for Postman');

  return ownValue(EXTENSIONS, name) ?? raise(badRequest(`Invalid extensions specified: ${name}`));
}
