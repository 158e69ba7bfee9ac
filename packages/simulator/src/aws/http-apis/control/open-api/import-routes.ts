import { WORDS } from '../../../api-gateway/words.js';
import { resolved, type OpenApiDocument } from '../../../rest-apis/control/open-api/document.js';
import {
  camel,
  isObject,
  list,
  number,
  object,
  text,
  texts,
  type JsonObject,
} from '../../../rest-apis/control/open-api/extensions.js';
import { defined } from '../../../../simulation/defined.js';
import { attempt, type ImportReport } from '../../../rest-apis/control/open-api/draft.js';
import { checkIntegration } from '../integration.js';
import { checkRoute } from '../route.js';
import type { AuthorizerRow, IntegrationRow, RouteRow, ApiRow } from '../state.js';
import type { AwsCall } from '../../../operation/operation.js';

/** An import in progress. The API is a copy: nothing of the real one changes before the import has succeeded. */
export interface Import {
  readonly call: AwsCall;
  readonly api: ApiRow;
  readonly document: OpenApiDocument;
  readonly report: ImportReport;
  /** Where a path of the document is in the API. */
  readonly below: (path: string) => string;
}

/** The members of a path that are routes. */
const VERBS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'x-amazon-apigateway-any-method'];
const INTEGRATION = 'x-amazon-apigateway-integration';
/** Of the path that `$default` has in a document. */
const DEFAULT = /^\/?\$default$/;

/** Adds the document's operations as routes, each with its integration; one of the components is made once. */
export function importRoutes(task: Import, authorizers: ReadonlyMap<string, AuthorizerRow>): void {
  const shared = new Map<string, string>();
  for (const [path, value] of Object.entries(object(task.document.root['paths']))) {
    // https://github.com/aws/serverless-application-model/issues/2297
    if (!path.startsWith('/')) {
      task.report.warnings.push(`Parse issue: attribute paths. Resource ${path} should start with /`);
    }
    const item = resolved(task.document, value);
    for (const member of VERBS) {
      const operation = item[member];
      if (!isObject(operation)) continue;

      const verb = member.startsWith('x-') ? 'ANY' : member.toUpperCase();
      const RouteKey = DEFAULT.test(path) ? '$default' : `${verb} ${task.below(rooted(path))}`;
      missingSchemas(task, { path, verb: member, operation });
      attempt(task.report, `Unable to put route '${RouteKey}'`, () => {
        addRoute(task, { RouteKey, operation, Target: targetOf(task, shared, operation) }, authorizers);
      });
    }
  }
}

const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

interface Operation {
  readonly RouteKey: string;
  readonly operation: JsonObject;
  readonly Target: string | undefined;
}

function addRoute(
  { call, api, document }: Import,
  { RouteKey, operation, Target }: Operation,
  authorizers: ReadonlyMap<string, AuthorizerRow>,
): void {
  const most = call.quota('routes-per-api');
  if (api.routes.size >= most) throw WORDS.quota('routes', most);

  const [requirement] = list(operation['security'] ?? document.root['security']).map(object);
  const [scheme, scopes] = Object.entries(requirement ?? {}).find(([name]) => authorizers.has(name)) ?? [];
  const authorizer = authorizers.get(scheme ?? '');
  const isJwt = authorizer?.AuthorizerType === 'JWT';
  const allowed = list(scopes).flatMap((one) => text(one) ?? []);
  const isSigned = text(object(operation['x-amazon-apigateway-auth'])['type'])?.toUpperCase() === 'AWS_IAM';
  const row: RouteRow = {
    ApiKeyRequired: false,
    AuthorizationType: authorizer ? (isJwt ? 'JWT' : 'CUSTOM') : isSigned ? 'AWS_IAM' : 'NONE',
    RouteId: call.id('', 7, 'base36'),
    RouteKey,
    ...defined({
      AuthorizerId: authorizer?.AuthorizerId,
      AuthorizationScopes: isJwt && allowed.length > 0 ? allowed : undefined,
      OperationName: text(operation['operationId'])?.slice(0, 64),
      Target,
    }),
  };
  checkRoute(api, row);
  api.routes.set(row.RouteId, row);
}

/** The target of an operation: its own integration, or one of the components, which it refers to. */
function targetOf(task: Import, shared: Map<string, string>, operation: JsonObject): string | undefined {
  const given = operation[INTEGRATION];
  if (!isObject(given)) return undefined;

  const reference = text(given['$ref']);
  const known = reference === undefined ? undefined : shared.get(reference);
  if (known !== undefined) return known;

  const target = `integrations/${addIntegration(task, resolved(task.document, given))}`;
  if (reference !== undefined) shared.set(reference, target);
  return target;
}

/**
 * Adds an integration. Members that are of REST APIs are ignored.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
function addIntegration({ call, api, report }: Import, own: JsonObject): string {
  const most = call.quota('integrations-per-api');
  if (api.integrations.size >= most) throw WORDS.quota('integrations', most);

  // What the service does with names of Terraform is not documented: it ignores what it does not know [U].
  for (const name of ['connection_type', 'connection_id'].filter((one) => one in own)) {
    report.warnings.push(`${name} of ${INTEGRATION} is ignored: API Gateway documents ${camel(name)}`);
  }
  const word = (name: string) => text(own[name])?.toUpperCase();
  const responses = Object.entries(object(own['responseParameters'])).map(([status, mapping]) => [
    status,
    texts(mapping) ?? {},
  ]);
  const server = text(object(own['tlsConfig'])['serverNameToVerify']);
  const row = {
    IntegrationId: call.id('', 7, 'base36'),
    // https://github.com/getmoto/moto/blob/master/moto/apigatewayv2/models.py (of an import that was recorded)
    Description: 'AutoCreate from OpenAPI Import',
    ...defined({
      ConnectionId: text(own['connectionId']),
      ConnectionType: word('connectionType') ?? 'INTERNET',
      CredentialsArn: text(own['credentials']),
      IntegrationMethod: word('httpMethod'),
      IntegrationSubtype: text(own['integrationSubtype']),
      IntegrationType: word('type'),
      IntegrationUri: text(own['uri']),
      PayloadFormatVersion: text(own['payloadFormatVersion']),
      RequestParameters: texts(own['requestParameters']),
      ResponseParameters: responses.length > 0 ? Object.fromEntries(responses) : undefined,
      TimeoutInMillis: number(own['timeoutInMillis']) ?? 30_000,
      TlsConfig: server === undefined ? undefined : { ServerNameToVerify: server },
    }),
  } as IntegrationRow;
  checkIntegration(call, api, row);
  api.integrations.set(row.IntegrationId, row);
  return row.IntegrationId;
}

/**
 * Warns of references to schemas that the document does not have. Schemas have no other meaning for an HTTP API.
 * @see https://github.com/getmoto/moto/blob/master/tests/test_apigatewayv2/test_apigatewayv2_reimport.py
 */
function missingSchemas(
  { document, report }: Import,
  { path, verb, operation }: { readonly path: string; readonly verb: string; readonly operation: JsonObject },
): void {
  for (const [status, response] of Object.entries(object(operation['responses']))) {
    for (const media of Object.values(object(object(response)['content']))) {
      const reference = text(object(object(media)['schema'])['$ref']);
      const [, name] = /^#\/components\/schemas\/(.+)$/.exec(reference ?? '') ?? [];
      if (name === undefined || Object.hasOwn(document.schemas, name)) continue;

      const place = `paths.'${path}'(${verb}).responses.${status}.content.schema.${reference}`;
      report.warnings.push(`Parse issue: attribute ${place} is missing`);
    }
  }
}
