import { authorizationTypeOf } from '../../authorizer.js';
import { notSimulated } from '../../../../operation/operation.js';
import type { Method, MethodResponse } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../../words.js';
import { resolved } from '../document.js';
import { attempt, type Import } from '../draft.js';
import { modelOfSchema } from './models.js';
import {
  isTrue,
  list,
  object,
  text,
  checkMembers,
  extension,
  isObject,
  checkExtensions,
  type JsonObject,
  type Json,
} from '../extensions.js';
import { defined } from '../../../../../simulation/defined.js';
import type { MethodRow, ResourceRow } from '../../state.js';
import { checkIntegration, newIntegration } from '../../integration/integration.js';
import { checkIntegrationResponse, withIntegrationResponse } from '../../integration/responses.js';
import {
  checkedMethod,
  checkVerb,
  checkMethodResponse,
  checkStatusCode,
  withMethodResponse,
  METHOD_WORDS,
} from '../../method.js';
import { integrationOf, integrationResponsesOf } from './integration.js';
import { ownValue } from '../../../../../simulation/own-value.js';

type Request = Pick<Method, 'requestParameters' | 'requestModels'>;

const LOCATIONS: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };

/**
 * The parameters and the models of a method's requests. The parameters of its path are its own, too, unless it has the
 * same ones.
 * @param name `GET /pets`
 * @throws {ServiceError} NotImplemented for cookies and forms
 */
function requestOf(task: Import, path: JsonObject, method: JsonObject, name: string): Request {
  const all = [...list(path['parameters']), ...list(method['parameters'])].map((each) => resolved(task.document, each));
  const parameters: Record<string, boolean> = {};
  let models = contentOf(task, resolved(task.document, method['requestBody']), requestTo(name));
  for (const each of all) {
    const where = text(each['in']) ?? '';
    const location = ownValue(LOCATIONS, where);
    if (location !== undefined)
      parameters[`method.request.${location}.${text(each['name']) ?? ''}`] = isTrue(each['required']);
    else if (where === 'body' && task.document.version === 'swagger')
      models = { ...models, ...bodyOf(task, method, each, name) };
    else throw notSimulated(`A parameter in ${where === '' ? 'no place' : where}`);
  }
  return defined<Request>({
    requestParameters: Object.keys(parameters).length > 0 ? parameters : undefined,
    requestModels: Object.keys(models).length > 0 ? models : undefined,
  });
}

/** The body of Swagger, for each content type that the method consumes. */
function bodyOf(task: Import, method: JsonObject, body: JsonObject, name: string): Record<string, string> {
  const model = modelOfSchema(task, body['schema'], requestTo(name));
  return model === undefined ? {} : perType(list(method['consumes'] ?? task.document.root['consumes']), model);
}

/** Where a request is, in a warning [I]. */
const requestTo = (name: string) => `request to method '${name}'`;

/** The models of `content`, by content type. */
function contentOf(task: Import, body: JsonObject, where: string): Record<string, string> {
  const models = Object.entries(object(body['content'])).map(([type, value]) => [
    type,
    modelOfSchema(task, object(value)['schema'], where),
  ]);
  return Object.fromEntries(models.filter(([, model]) => model !== undefined)) as Record<string, string>;
}

/** One model for several content types; for JSON where none is named. */
function perType(types: JsonObject[string], model: string): Record<string, string> {
  const named = list(types).flatMap((type) => text(type) ?? []);
  return Object.fromEntries((named.length > 0 ? named : ['application/json']).map((type) => [type, model]));
}

type Security = Pick<Method, 'apiKeyRequired' | 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

/**
 * Who may call a method: its own `security`, or that of the document.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
 * @throws {ServiceError} BadRequestException for a scheme that does not exist [U]; NotImplemented for one that API
 * Gateway has nothing for
 */
function securityOf(task: Import, method: JsonObject): Security {
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
  const value = ownValue(document.schemes, name);
  if (!isObject(value)) throw badRequest(`Invalid security scheme specified: ${name}`);
  if (isObject(extension(value, 'authorizer'))) {
    const row = [...api.authorizers.values()].find((each) => each.name === name);
    // An authorizer that was refused is an error already.
    if (!row) return {};

    const authorizationType = authorizationTypeOf(row);
    return {
      authorizationType,
      authorizerId: row.id,
      ...(authorizationType !== 'CUSTOM' && scopes.length > 0 && { authorizationScopes: scopes }),
    };
  }
  if (text(extension(value, 'authtype'))?.toLowerCase() === 'awssigv4') return { authorizationType: 'AWS_IAM' };

  const isKey = value['type'] === 'apiKey' && value['in'] === 'header';
  if (isKey && text(value['name'])?.toLowerCase() === 'x-api-key') return { apiKeyRequired: true };

  throw notSimulated(`A security scheme without an authorizer: ${name}`);
}

/**
 * The responses that a method declares. One without any gives no warning (LocalStack, snapshot
 * test_import_and_validate_rest_api[swagger-mock-cors.json]). `default`, and classes of statuses such as `2XX`, are none of the service's [U].
 * @param place.name `GET /pets`
 * @param place.at the end of an error: `'GET' for resource at path '/pets'`
 */
function methodResponses(
  task: Import,
  method: JsonObject,
  { name, at }: { readonly name: string; readonly at: string },
): MethodResponse[] {
  const responses = Object.entries(object(method['responses']));
  return responses.flatMap(([statusCode, value]) => {
    if (!/^\d{3}$/.test(statusCode)) return [];

    const made = attempt(task.report, `Unable to put method response on ${at}`, () =>
      responseOf(task, method, { statusCode, value, where: `${statusCode} response to method '${name}'` }),
    );
    return made ? [made] : [];
  });
}

interface ResponseSource {
  readonly statusCode: string;
  readonly value: Json | undefined;
  /** Where it is, in a warning. */
  readonly where: string;
}

function responseOf(task: Import, method: JsonObject, { statusCode, value, where }: ResponseSource): MethodResponse {
  const response = resolved(task.document, value);
  const names = Object.keys(object(response['headers'])).map((name) => `method.response.header.${name}`);
  const models = modelsOf(task, method, response, where);
  return {
    statusCode,
    ...(names.length > 0 && { responseParameters: Object.fromEntries(names.map((name) => [name, false])) }),
    ...(Object.keys(models).length > 0 && { responseModels: models }),
  };
}

function modelsOf(task: Import, method: JsonObject, response: JsonObject, where: string): Record<string, string> {
  if (task.document.version === 'openapi') return contentOf(task, response, where);

  const model = modelOfSchema(task, response['schema'], where);
  return model === undefined ? {} : perType(method['produces'] ?? task.document.root['produces'], model);
}

/** A method in the document. */
export interface MethodSource {
  readonly verb: string;
  readonly path: JsonObject;
  readonly method: JsonObject;
}

/** Makes a method with its responses and its integration; undefined if it was refused. */
export function importMethod(task: Import, resource: ResourceRow, source: MethodSource): MethodRow | undefined {
  const { verb, method } = source;
  checkExtensions('method', method);
  const at = `'${verb}' for resource at path '${resource.path}'`;
  const plain = attempt(task.report, `Unable to put method '${verb}' on resource at path '${resource.path}'`, () =>
    plainMethod(task, source, `${verb} ${resource.path}`),
  );
  if (!plain) return undefined;

  const declared = methodResponses(task, method, { name: `${verb} ${resource.path}`, at }).reduce((row, response) => {
    const set = () => {
      checkMethodResponse(task.api, response);
      return withMethodResponse(row, checkStatusCode(response.statusCode), response);
    };
    return attempt(task.report, `Unable to put method response on ${at}`, set) ?? row;
  }, plain);
  const own = extension(method, 'integration') ?? null;
  if (own === null) return declared;

  return attempt(task.report, `Unable to put integration on ${at}`, () =>
    integrated(task, resource, declared, object(own), at),
  );
}

function plainMethod(task: Import, { verb, path, method }: MethodSource, name: string): MethodRow {
  const operationName = text(method['operationId']);
  const requestValidatorId = validatorId(task, method);
  return checkedMethod(task.api, {
    httpMethod: checkVerb(verb),
    ...securityOf(task, method),
    ...defined({ operationName, requestValidatorId }),
    ...requestOf(task, path, method, name),
  });
}

/** The validator that the method names, or the document. */
function validatorId({ api, document }: Import, method: JsonObject): string | undefined {
  const name = text(extension(method, 'request-validator') ?? extension(document.root, 'request-validator'));
  if (name === undefined) return undefined;

  const row = [...api.requestValidators.values()].find((each) => each.name === name);
  if (!row) throw METHOD_WORDS.requestValidator();

  return row.id;
}

function integrated(task: Import, resource: ResourceRow, row: MethodRow, own: JsonObject, at: string): MethodRow {
  const warn = (name: string, value: string) =>
    task.report.warnings.push(
      `Invalid format for 'requestParameters'. Expected type string for property '${name}' of resource '${resource.path}' and method '${row.httpMethod}' but got '${value}'`,
    );
  const integration = newIntegration(resource.id, integrationOf(own, warn));
  const endpointType = task.api.fields.endpointConfiguration?.types?.[0];
  checkIntegration(task.call, integration, { method: row, endpointType });
  return integrationResponsesOf(own).reduce<MethodRow>(
    (known, response) => {
      const code = checkStatusCode(response.statusCode);
      const set = () => {
        checkIntegrationResponse(known, code, response);
        return withIntegrationResponse(known, code, response);
      };
      return attempt(task.report, `Unable to put integration response on ${at}`, set) ?? known;
    },
    { ...row, methodIntegration: integration },
  );
}
