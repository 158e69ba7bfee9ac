import type { MethodResponse } from '@aws-sdk/client-api-gateway';
import type { MethodRow, ResourceRow, RestApiRow, RestStageRow } from '../../state.js';
import { exportedModel, schemaOf, exportedSchemas } from './models.js';
import { exportedSecurity, exportedSchemes, type Export, type ExportParts, type ExportType } from './security.js';
import type { Json, JsonObject } from '../extensions.js';
import { defined } from '../../../../../simulation/defined.js';
import { exportedIntegration } from './integration.js';
import type { AwsCall } from '../../../../operation/operation.js';
import { getDeployment } from '../../collection.js';

const PARAMETER = /^method\.request\.(path|querystring|header)\.(.+)$/;
const HEADER = /^method\.response\.header\.(.+)$/;
const TEXT = { type: 'string' };

/** The parameters that a method declares. A placeholder of the path that it does not declare is none [I]. */
function exportedParameters({ type }: Export, { requestParameters = {} }: MethodRow): Json[] {
  return Object.entries(requestParameters).flatMap(([parameter, required]): Json[] => {
    const [, location, name = ''] = PARAMETER.exec(parameter) ?? [];
    if (location === undefined) return [];

    const place = { name, in: location === 'querystring' ? 'query' : location };
    if (type === 'swagger') return [{ ...place, required, ...TEXT }];

    return [{ ...place, ...(required && { required }), schema: TEXT }];
  });
}

/** The body of requests: a member of an OpenAPI method, one of the parameters of Swagger. */
function exportedBody(task: Export, method: MethodRow, where: string): JsonObject | undefined {
  const model = exportedModel(task, method.requestModels, where);
  if (!model) return undefined;

  const schema = schemaOf(task, model);
  return task.type === 'oas30'
    ? { content: { 'application/json': { schema } }, required: true }
    : { in: 'body', name: model.name, required: true, schema };
}

/** The responses that a method declares, by status. */
function exportedResponses(task: Export, { methodResponses = {} }: MethodRow, where: string): JsonObject {
  return Object.fromEntries(
    Object.entries(methodResponses).map(([status, response]) => [
      status,
      exportedResponse(task, status, response, where),
    ]),
  );
}

function exportedResponse(task: Export, status: string, response: MethodResponse, where: string): JsonObject {
  const model = exportedModel(task, response.responseModels, where);
  const schema = model && schemaOf(task, model);
  const headers = Object.keys(response.responseParameters ?? {}).flatMap((key) => HEADER.exec(key)?.[1] ?? []);
  const inOpenApi = task.type === 'oas30';
  const shape: Json = inOpenApi ? { schema: TEXT } : TEXT;
  return defined<JsonObject>({
    description: `${status} response`,
    schema: inOpenApi ? undefined : schema,
    headers: headers.length > 0 ? Object.fromEntries(headers.map((name) => [name, shape])) : undefined,
    content: inOpenApi ? (schema ? { 'application/json': { schema } } : {}) : undefined,
  });
}

/** The member of a path that is a method. */
function memberOf(verb: string): string {
  return verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
}

/**
 * A method as an export has it.
 * @see https://github.com/localstack/localstack `test_apigateway_extended.snapshot.json`, test_export_oas30_openapi
 * and test_export_swagger_openapi
 */
function exportedMethod(task: Export, resource: ResourceRow, method: MethodRow): JsonObject {
  const where = `${method.httpMethod} ${resource.path}`;
  const inOpenApi = task.type === 'oas30';
  const body = exportedBody(task, method, where);
  const parameters: Json[] = [...exportedParameters(task, method), ...(body && !inOpenApi ? [body] : [])];
  const responses = exportedResponses(task, method, where);
  const { requestValidatorId = '', methodIntegration } = method;
  const { parts, copy } = task;
  return defined<JsonObject>({
    operationId: method.operationName,
    ...(!inOpenApi && contentTypes(method)),
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: inOpenApi ? body : undefined,
    // Swagger cannot do without it. Whether OpenAPI has it empty is [I].
    responses: inOpenApi && Object.keys(responses).length === 0 ? undefined : responses,
    security: exportedSecurity(task, method),
    'x-amazon-apigateway-request-validator': parts.settings
      ? copy.requestValidators.get(requestValidatorId)?.name
      : undefined,
    'x-amazon-apigateway-integration':
      parts.integrations && methodIntegration ? exportedIntegration(methodIntegration, resource.id) : undefined,
  });
}

/** The content types of models and templates: `consumes` and `produces` of Swagger. */
function contentTypes({ requestModels, methodResponses, methodIntegration }: MethodRow): JsonObject {
  const { requestTemplates, integrationResponses } = methodIntegration ?? {};
  const types = (maps: readonly (object | undefined)[]) => [...new Set(maps.flatMap((map) => Object.keys(map ?? {})))];
  const consumes = types([requestModels, requestTemplates]);
  const produces = types([
    ...Object.values(methodResponses ?? {}).map(({ responseModels }) => responseModels),
    ...Object.values(integrationResponses ?? {}).map(({ responseTemplates }) => responseTemplates),
  ]);
  return { ...(consumes.length > 0 && { consumes }), ...(produces.length > 0 && { produces }) };
}

/**
 * The extensions of the API itself: what its deployment froze beside the methods. The endpoint configuration is not
 * frozen. Which of them an export has is [I], except the validators.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
function exportedSettings({ fields, copy, parts }: Export): JsonObject {
  if (!parts.settings) return {};

  const { policy, apiKeySource, binaryMediaTypes = [], minimumCompressionSize } = copy;
  return defined<JsonObject>({
    'x-amazon-apigateway-endpoint-configuration': endpoint(fields),
    'x-amazon-apigateway-api-key-source': apiKeySource === 'HEADER' ? undefined : apiKeySource,
    'x-amazon-apigateway-policy': policy === undefined ? undefined : (JSON.parse(policy) as Json),
    'x-amazon-apigateway-request-validators': validators(copy),
    'x-amazon-apigateway-gateway-responses': gatewayResponses(copy),
    'x-amazon-apigateway-binary-media-types': binaryMediaTypes.length > 0 ? binaryMediaTypes : undefined,
    'x-amazon-apigateway-minimum-compression-size': minimumCompressionSize,
  });
}

function endpoint({ disableExecuteApiEndpoint, endpointConfiguration }: Export['fields']): JsonObject | undefined {
  const { vpcEndpointIds = [] } = endpointConfiguration ?? {};
  const own = defined<JsonObject>({
    disableExecuteApiEndpoint: disableExecuteApiEndpoint === true ? true : undefined,
    vpcEndpointIds: vpcEndpointIds.length > 0 ? vpcEndpointIds : undefined,
  });
  return Object.keys(own).length > 0 ? own : undefined;
}

/** A validator without a name cannot be referred to. */
function validators({ requestValidators }: Export['copy']): JsonObject | undefined {
  const named = [...requestValidators.values()].flatMap(({ name, validateRequestBody, validateRequestParameters }) =>
    name === undefined
      ? []
      : [
          [
            name,
            {
              validateRequestParameters: validateRequestParameters === true,
              validateRequestBody: validateRequestBody === true,
            },
          ] as const,
        ],
  );
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

function gatewayResponses({ gatewayResponses: rows }: Export['copy']): JsonObject | undefined {
  if (rows.size === 0) return undefined;

  return Object.fromEntries(
    [...rows].map(([type, { statusCode, responseParameters = {}, responseTemplates = {} }]) => [
      type,
      defined<JsonObject>({
        statusCode: statusCode === undefined ? undefined : Number(statusCode),
        responseParameters: Object.keys(responseParameters).length > 0 ? responseParameters : undefined,
        responseTemplates,
      }),
    ]),
  );
}

/** How a stage is exported. */
export interface ExportOptions {
  readonly type: ExportType;
  readonly parts: ExportParts;
}

/**
 * What is deployed on a stage, as a document. The working copy and a canary are not part of it; the name, the
 * description and the version are those that the API has now [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
export function exportedDocument(
  call: AwsCall,
  api: RestApiRow,
  { stageName, deploymentId }: RestStageRow,
  { type, parts }: ExportOptions,
): JsonObject {
  const { copy } = getDeployment(api, deploymentId);
  const task: Export = { fields: api.fields, copy, type, parts, models: new Set(), schemes: new Set() };
  const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `${api.fields.id}.execute-api.${call.region}.${suffix}`;
  const info = defined<JsonObject>({
    title: api.fields.name,
    description: api.fields.description,
    version: exportedVersion(api),
  });
  const paths = exportedPaths(task);
  const settings = exportedSettings(task);
  const [schemas, schemes] = [exportedSchemas(task), exportedSchemes(task)];
  if (type === 'oas30') {
    const url = `https://${host}/{basePath}`;
    const servers = [{ url, variables: { basePath: { default: stageName } } }];
    const components = filled({ schemas, securitySchemes: schemes });
    return { openapi: '3.0.1', info, servers, paths, components, ...settings };
  }

  return {
    swagger: '2.0',
    info,
    host,
    basePath: `/${stageName}`,
    schemes: ['https'],
    paths,
    ...filled({ securityDefinitions: schemes, definitions: schemas }),
    ...settings,
  };
}

/** The version of the API, or when it was created where it has none: `2026-06-01T00:00:00Z`. */
export function exportedVersion({ fields: { version, createdDate } }: RestApiRow): string {
  return version ?? (createdDate ?? new Date(0)).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Resources without methods are not part of it. */
function exportedPaths(task: Export): JsonObject {
  const resources = [...task.copy.resources.values()].filter(({ methods }) => methods.size > 0);
  return Object.fromEntries(
    resources.map((resource) => [
      resource.path,
      Object.fromEntries(
        [...resource.methods].map(([verb, method]) => [memberOf(verb), exportedMethod(task, resource, method)]),
      ),
    ]),
  );
}

/** The objects that have members. */
function filled(objects: Readonly<Record<string, JsonObject>>): JsonObject {
  return Object.fromEntries(Object.entries(objects).filter(([, value]) => Object.keys(value).length > 0));
}
