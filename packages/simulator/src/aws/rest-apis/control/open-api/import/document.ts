import type { Authorizer, AuthorizerType } from '@aws-sdk/client-api-gateway';
import { checkResponseType, gatewayResponse } from '../../gateway-response.js';
import { checkStatusCode, setMethod } from '../../method.js';
import { newValidator } from '../../model.js';
import { attempt, commit, draftOf, checkReport, type Import, type ImportMode } from '../draft.js';
import {
  extension,
  isTrue,
  list,
  object,
  text,
  texts,
  checkExtensions,
  checkMembers,
  isObject,
  number,
  type JsonObject,
} from '../extensions.js';
import { defined } from '../../../../../simulation/defined.js';
import { newAuthorizer, setAuthorizer, authorizerType } from '../../authorizer.js';
import { badRequest } from '../../words.js';
import type { ResourceRow, RestApiRow } from '../../state.js';
import { addResource } from '../../resource.js';
import { resolved, basePathMode, pathsBelow, type OpenApiDocument } from '../document.js';
import { importMethod } from './method.js';
import { type AwsCall, notSimulated } from '../../../../operation/operation.js';
import { apiInfo, importedFields, importModels } from './models.js';

/** Adds the document's request validators. One of the same name keeps its ID. */
function importValidators({ call, api, document }: Import): void {
  const ids = new Map([...api.requestValidators.values()].map((row) => [row.name, row.id]));
  for (const [name, value] of Object.entries(object(extension(document.root, 'request-validators')))) {
    const own = object(value);
    const fresh = newValidator(call, {
      name,
      validateRequestBody: isTrue(own['validateRequestBody']),
      validateRequestParameters: isTrue(own['validateRequestParameters']),
    });
    const id = ids.get(name) ?? fresh.id;
    api.requestValidators.set(id, { ...fresh, id });
  }
}

/** Sets the document's gateway responses. */
function importGatewayResponses({ api, document, report }: Import): void {
  for (const [type, value] of Object.entries(object(extension(document.root, 'gateway-responses')))) {
    // The beginning of the error is [U].
    attempt(report, `Unable to put gateway response '${type}'`, () => {
      checkResponseType(type);
      const own = object(value);
      const statusCode = text(own['statusCode']);
      const input = defined({
        statusCode: statusCode === undefined ? undefined : checkStatusCode(statusCode),
        responseParameters: texts(own['responseParameters']),
        responseTemplates: texts(own['responseTemplates']),
      });
      api.gatewayResponses.set(type, gatewayResponse(type, input));
    });
  }
}

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
function importAuthorizers({ call, api, document, report }: Import): void {
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
  const type = authorizerType(text(own['type'])?.toUpperCase()) as AuthorizerType;
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

/** The members of a path that are methods. */
const VERBS: Readonly<Record<string, string>> = {
  get: 'GET',
  put: 'PUT',
  post: 'POST',
  delete: 'DELETE',
  patch: 'PATCH',
  options: 'OPTIONS',
  head: 'HEAD',
  trace: 'TRACE',
  'x-amazon-apigateway-any-method': 'ANY',
};

/** Adds the document's paths as resources, with those above them, and their methods. A method that exists is replaced. */
function importPaths(task: Import): void {
  for (const [path, value] of Object.entries(object(task.document.root['paths']))) {
    const item = resolved(task.document, value);
    checkExtensions('path', item);
    const resource = attempt(task.report, `Unable to create resource at path '${path}'`, () => resourceAt(task, path));
    if (resource) importMethods(task, resource.id, item);
  }
}

function importMethods(task: Import, resourceId: string, path: ReturnType<typeof object>): void {
  for (const [member, verb] of Object.entries(VERBS)) {
    const method = path[member];
    const resource = task.api.resources.get(resourceId);
    if (!isObject(method) || !resource) continue;

    const row = importMethod(task, resource, { verb, path, method });
    if (row) setMethod(task.api, resource, row);
  }
}

/** The resource of a path. A slash at the end of the path is ignored [U]. */
function resourceAt({ call, api, below }: Import, path: string): ResourceRow {
  if (!path.startsWith('/')) throw badRequest(`Resource ${path} should start with /`);

  const root = api.resources.get(api.fields.rootResourceId);
  if (!root) throw new Error(`API ${api.fields.id} has no root resource.`);

  const parts = below(path)
    .split('/')
    .filter((part) => part !== '');
  return parts.reduce<ResourceRow>((parent, pathPart) => {
    const known = [...api.resources.values()].find((row) => row.parentId === parent.id && row.pathPart === pathPart);
    return known ?? addResource(call, api, parent, pathPart);
  }, root);
}

/** How a document is imported. */
export interface ImportOptions {
  readonly mode: ImportMode;
  readonly failOnWarnings: boolean;
  /** The parameters of the query that have no member of their own. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Imports a document into an API: all of it, or nothing. Deployments stay as they are.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
 * @returns the warnings
 * @throws {ServiceError} BadRequestException; NotImplemented for what the document has and is not simulated
 */
export function importDocument(
  call: AwsCall,
  api: RestApiRow,
  document: OpenApiDocument,
  { mode, failOnWarnings, parameters }: ImportOptions,
): readonly string[] {
  checkExtensions('api', document.root);
  for (const server of list(document.root['servers'])) checkExtensions('server', object(server));
  const draft = draftOf(api, mode);
  draft.fields = importedFields(call, api.fields, apiInfo(document), mode);
  const below = pathsBelow(document, basePathMode(parameters['basepath']));
  const task: Import = { call, api: draft, document, mode, report: { errors: [], warnings: [] }, below };
  importModels(task);
  importAuthorizers(task);
  importValidators(task);
  importGatewayResponses(task);
  importPaths(task);
  checkReport(task.report, failOnWarnings);
  commit(api, draft);
  return task.report.warnings;
}

/**
 * Refuses parameters of an import that are not simulated.
 * @param known those that the operation has itself
 * @throws {ServiceError} NotImplemented
 */
export function checkParameters(parameters: Readonly<Record<string, string>>, known: readonly string[] = []): void {
  for (const [name, value] of Object.entries(parameters)) {
    const simulated = `${name}=${value}` === 'ignore=documentation' || name === 'basepath' || known.includes(name);
    if (!simulated) throw notSimulated(`The import parameter ${name}=${value}`);
  }
}
