import type { CreateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import { ServiceError, type AwsCall } from '../../../operation/operation.js';
import {
  resolved,
  readDocument,
  basePathMode,
  pathsBelow,
  type OpenApiDocument,
} from '../../../rest-apis/control/open-api/document.js';
import {
  isObject,
  isTrue,
  list,
  number,
  object,
  text,
  type JsonObject,
  type Json,
} from '../../../rest-apis/control/open-api/extensions.js';
import { defined } from '../../../../simulation/defined.js';
import { checkAuthorizer } from '../route.js';
import type { AuthorizerRow, ApiFields, ApiRow } from '../state.js';
import { badRequest } from '../../../api-gateway/words.js';
import { checkReport, type ImportReport } from '../../../rest-apis/control/open-api/draft.js';
import { checkCors } from '../new-api.js';
import { checkTags } from '../request.js';
import { type Import, importRoutes } from './import-routes.js';

/**
 * Adds the authorizers of the document's security schemes, and answers them by the names of their schemes. One that is refused is a
 * warning, and its routes have none.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
function importAuthorizers({ call, api, document, report }: Import): ReadonlyMap<string, AuthorizerRow> {
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

type AuthorizerDefinition = Omit<CreateAuthorizerRequest, 'ApiId'> & { readonly Name: string };

/** Several sources of an identity are separated by commas. */
function authorizerOf(Name: string, own: JsonObject): AuthorizerDefinition {
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
    // The type of the SDK requires a source, which a JWT authorizer may lack.
  }) as AuthorizerDefinition;
}

/** What both operations of an import are given. */
export interface ImportInput {
  readonly Body: string;
  readonly Basepath?: string | undefined;
  readonly FailOnWarnings?: boolean | undefined;
}

/** @throws {ServiceError} BadRequestException for another document than OpenAPI 3.0; the sentence for Swagger is [U] */
export function readOpenApi({ Body }: ImportInput): OpenApiDocument {
  const document = readDocument(new TextEncoder().encode(Body));
  if (document.version === 'swagger') throw badRequest('Only OpenAPI 3.0 definitions are supported for HTTP APIs');

  return document;
}

/**
 * Imports a document into a copy of an API: routes, integrations and authorizers are those of the document. Stages, deployments and tags
 * stay. Authorizers that are refused are warnings [M], routes and integrations are errors [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 * @see https://loige.co/api-gateway-jwt-authorizer (a refused authorizer)
 * @throws {ServiceError} BadRequestException, with all errors or warnings
 */
export function imported(
  call: AwsCall,
  before: ApiRow,
  document: OpenApiDocument,
  { Basepath, FailOnWarnings = false }: ImportInput,
): { readonly api: ApiRow; readonly warnings: readonly string[] } {
  const api: ApiRow = {
    ...before,
    fields: importedFields(before.fields, document.root),
    integrations: new Map(),
    routes: new Map(),
    authorizers: new Map(),
  };
  const report: ImportReport = { errors: [], warnings: [] };
  const task: Import = { call, api, document, report, below: pathsBelow(document, basePathMode(Basepath)) };
  const authorizers = importAuthorizers(task);
  importRoutes(task, authorizers);
  checkReport(report, FailOnWarnings);
  return { api, warnings: report.warnings };
}

/** What `info` and the extensions of the document say. Settings that it does not have return to their defaults [I]. */
function importedFields(before: ApiFields, root: JsonObject): ApiFields {
  const { CorsConfiguration: _, Description: __, Version: ___, ...kept } = before;
  const info = object(root['info']);
  const [name, description, version] = [text(info['title']), text(info['description']), text(info['version'])];
  if (name === undefined || name === '' || name.length > 128) throw badRequest('Name must have 1 to 128 characters'); // [U]

  const places = [root, ...list(root['servers']).map(object)].map((place) => object(place[ENDPOINT]));
  const cors = root['x-amazon-apigateway-cors'];
  return {
    ...kept,
    Name: name,
    DisableExecuteApiEndpoint: places.some((place) => isTrue(place['disableExecuteApiEndpoint'])),
    Tags: checkTags({ ...before.Tags, ...tagsOf(root) }),
    ...(description !== undefined && description !== '' && { Description: description }),
    ...(version !== undefined && version !== '' && { Version: version }),
    ...(isObject(cors) && { CorsConfiguration: corsOf(cors) }),
  };
}

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-openapi-cors-configuration.html */
function corsOf(cors: JsonObject) {
  const texts = (value: Json | undefined) => list(value).flatMap((item) => text(item) ?? []);
  const lists = { AllowOrigins: 'allowOrigins', AllowMethods: 'allowMethods', AllowHeaders: 'allowHeaders' } as const;
  const given = Object.entries({ ...lists, ExposeHeaders: 'exposeHeaders' }).filter(([, member]) => cors[member]);
  const age = number(cors['maxAge']);
  return checkCors({
    AllowCredentials: isTrue(cors['allowCredentials']),
    ...Object.fromEntries(given.map(([name, member]) => [name, texts(cors[member])])),
    ...defined({ MaxAge: age }),
  });
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-openapi-extensions-tag-value.html */
function tagsOf(root: JsonObject): Record<string, string> {
  const tags = list(root['tags']).map(object);
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const [name, value] = [text(tag['name']), text(tag['x-amazon-apigateway-tag-value'])];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}
