import type { Model, RestApi, CreateRestApiRequest } from '@aws-sdk/client-api-gateway';
import { type AwsCall, type OwnRate, ServiceError } from '../../../operation/operation.js';
import { badRequest } from '../words.js';
import { tagCheck } from '../../../api-gateway/tag-rules.js';
import type { RestApiFields, RestApiRow } from '../state.js';
import { newEndpoint } from './references.js';
import { checkSecurityPolicy } from './security-policy.js';

const SCHEMA = 'http://json-schema.org/draft-04/schema#';

/** The models that every new API has, by name. */
export function defaultModels(call: AwsCall): Map<string, Model> {
  const model = (name: string, schema: object): [string, Model] => [
    name,
    {
      id: call.id('', 6, 'base36'),
      name,
      description: `This is a default ${name.toLowerCase()} schema model`,
      contentType: 'application/json',
      schema: JSON.stringify({ $schema: SCHEMA, title: `${name} Schema`, type: 'object', ...schema }, undefined, 2),
    },
  ];
  return new Map([model('Empty', {}), model('Error', { properties: { message: { type: 'string' } } })]);
}

/**
 * A resource policy as it is stored. A resource without an ARN (`execute-api:/prod/GET/pets`) becomes one
 * of the API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
 * @throws {ServiceError} BadRequestException
 */
export function storedPolicy(call: AwsCall, apiId: string, text: string): string {
  const prefix = `arn:${call.partition}:execute-api:${call.region}:${call.account}:${apiId}/`;
  let document: unknown;
  try {
    document = JSON.parse(text, (key, value: unknown) =>
      key === 'Resource' || key === 'NotResource' ? absolute(value, prefix) : value,
    );
  } catch {
    throw invalidPolicy();
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw invalidPolicy();

  return JSON.stringify(document);
}

/**
 * A policy as the service answers it: escaped once more, slashes included.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/rest_api.go `flattenAPIPolicy`
 */
function shownPolicy(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/');
}

function absolute(resource: unknown, prefix: string): unknown {
  if (Array.isArray(resource)) return resource.map((item) => absolute(item, prefix));

  return typeof resource === 'string' ? resource.replace(/^execute-api:\/+/, prefix) : resource;
}

/** @see https://github.com/hashicorp/terraform-provider-aws/issues/29392 */
function invalidPolicy() {
  return badRequest('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.');
}

/**
 * Bytes.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
 */
const LARGEST_COMPRESSION_SIZE = 10_485_760;

/**
 * How often APIs are created or imported: edge-optimized ones once in 30 seconds, others once in three.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function creationRate(type: string | undefined): OwnRate {
  const edge = (type ?? 'EDGE') === 'EDGE';
  return { perSecond: edge ? 1 / 30 : 1 / 3, burst: 1, bucket: edge ? '/edge' : '' };
}

/** Refuses an API that the service would refuse. @throws {ServiceError} BadRequestException */
export function checkApi(fields: RestApi): void {
  if (fields.description === '') throw badRequest('Description cannot be an empty string');
  if ((fields.name ?? '').trim() === '') throw badRequest('Name cannot be empty'); // [I], a V1 link's sentence

  const size = fields.minimumCompressionSize;
  if (size !== undefined && !(Number.isInteger(size) && size >= 0 && size <= LARGEST_COMPRESSION_SIZE)) {
    throw compressionSize();
  }
}

export function compressionSize(): ServiceError {
  return badRequest(`Invalid minimum compression size, must be between 0 and ${LARGEST_COMPRESSION_SIZE}`);
}

/**
 * Refuses an API beyond the quota of its endpoint type.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 * @throws {ServiceError} LimitExceededException; the message is that of the quota of resources [I]
 */
function checkApiQuota(call: AwsCall, type: string): void {
  const most = call.quota(`${type.toLowerCase()}-rest-apis`);
  const rows = [...call.state.restApi.apis.values()];
  if (rows.filter(({ fields }) => fields.endpointConfiguration?.types?.[0] === type).length >= most) {
    throw tooMany('APIs', 'account');
  }
}

/** @see https://github.com/hashicorp/terraform-provider-aws/issues/37605 */
export function tooMany(what: string, where = 'API'): ServiceError {
  const message = `Maximum number of ${what} for this ${where} has been reached.  Please contact AWS if you need additional ${what}.`;
  return new ServiceError('LimitExceededException', message, 429);
}

/**
 * Refuses tags that no resource may have.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
export const checkTags = tagCheck(256);

/** An API as GetRestApi and UpdateRestApi answer it: with its tags, even if it has none. */
export function showApi(fields: RestApiFields): RestApi {
  return { ...fields, ...(fields.policy !== undefined && { policy: shownPolicy(fields.policy) }) };
}

/** An API as CreateRestApi and GetRestApis answer it: without `tags` if it has none. */
export function showNewApi(fields: RestApiFields): RestApi {
  const { tags, ...rest } = showApi(fields);
  return Object.keys(fields.tags).length > 0 ? { ...rest, tags } : rest;
}

/**
 * Makes an API with its root resource and its default models.
 * @throws {ServiceError} BadRequestException; LimitExceededException beyond a quota
 */
export function addApi(call: AwsCall, input: Omit<CreateRestApiRequest, 'cloneFrom'>): RestApiRow {
  const id = call.id('', 10, 'base36');
  const rootResourceId = call.id('', 10, 'base36');
  const { binaryMediaTypes = [], endpointConfiguration, policy, tags, ...rest } = input;
  checkApi(rest);
  const endpoint = newEndpoint(endpointConfiguration);
  const fields: RestApiFields = {
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    ...rest,
    id,
    name: input.name ?? '',
    createdDate: new Date(call.now),
    rootResourceId,
    endpointConfiguration: endpoint,
    ...(binaryMediaTypes.length > 0 && { binaryMediaTypes: [...new Set(binaryMediaTypes)] }),
    ...(policy !== undefined && policy !== '' && { policy: storedPolicy(call, id, policy) }),
    tags: checkTags(tags),
  };
  checkSecurityPolicy(fields);
  checkApiQuota(call, endpoint.types[0]);
  const row: RestApiRow = {
    fields,
    resources: new Map([[rootResourceId, { id: rootResourceId, path: '/', methods: new Map() }]]),
    authorizers: new Map(),
    gatewayResponses: new Map(),
    models: defaultModels(call),
    requestValidators: new Map(),
    deployments: new Map(),
    stages: new Map(),
  };
  call.state.restApi.apis.set(id, row);
  return row;
}
