import type { Model, RestApi, CreateRestApiRequest } from '@aws-sdk/client-api-gateway';
import { ofList, type AwsCall, type OwnRate, ServiceError } from '../../../operation/operation.js';
import { badRequest } from '../words.js';
import { tagCheck } from '../../../api-gateway/tag-rules.js';
import type { RestApiFields, RestApiRow } from '../state.js';
import { newEndpoint, withIpAddressType, withType, type Endpoint } from './references.js';
import { checkSecurityPolicy } from './security-policy.js';
import { rule, listItem, textMember, withMember, type PatchRule, type PatchTable } from '../patch.js';

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

function compressionSize(): ServiceError {
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

type Rule = PatchRule<RestApiFields>;

/**
 * What UpdateRestApi changes.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRestApi-Patch
 */
export function apiPatchTable(call: AwsCall): PatchTable<RestApiFields> {
  return {
    '/name': rule(['replace'], (row, { value = '' }) => ({ ...row, name: value })),
    '/description': DESCRIPTION,
    '/apiKeySource': oneOf('apiKeySource', ['HEADER', 'AUTHORIZER']),
    '/binaryMediaTypes/{type}': BINARY_MEDIA_TYPE,
    '/minimumCompressionSize': COMPRESSION,
    '/disableExecuteApiEndpoint': rule(['replace'], (row, { value }) => ({
      ...row,
      disableExecuteApiEndpoint: value?.toLowerCase() === 'true',
    })),
    '/policy': rule(['replace'], (row, { value = '' }) =>
      withMember(row, 'policy', value === '' ? undefined : storedPolicy(call, row.id, value)),
    ),
    '/endpointConfiguration/ipAddressType': endpoint(withIpAddressType),
    '/endpointConfiguration/types/{type}': TYPE,
    '/endpointConfiguration/vpcEndpointIds': VPC_ENDPOINT,
    '/securityPolicy': textMember('securityPolicy'),
    '/endpointAccessMode': textMember('endpointAccessMode'),
  };
}

const DESCRIPTION: Rule = rule(['replace', 'remove'], (row, { op, value = '' }) =>
  withMember(row, 'description', op === 'remove' || value === '' ? undefined : value),
);

const BINARY_MEDIA_TYPE: Rule = rule(['add', 'replace', 'remove'], (row, change) => {
  const changed = listItem<RestApiFields>('binaryMediaTypes').apply(row, change);
  return changed.binaryMediaTypes?.length === 0 ? withMember(changed, 'binaryMediaTypes', undefined) : changed;
});

/** An empty value turns compression off. */
const COMPRESSION: Rule = rule(['replace'], (row, { value = '' }) => {
  if (value !== '' && !/^\d+$/.test(value)) throw compressionSize();

  return withMember(row, 'minimumCompressionSize', value === '' ? undefined : Number(value));
});

/** The path names the present type or its index; an API has one. Other operations have a sentence of their own. */
const TYPE: Rule = rule(['add', 'remove', 'replace'], (row, change) => {
  if (change.op !== 'replace') throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");

  return endpoint(withType).apply(row, change);
});

const VPC_ENDPOINT: Rule = rule(['add', 'remove'], (row, { op, value = '' }) => {
  const rest = (row.endpointConfiguration?.vpcEndpointIds ?? []).filter((id) => id !== value);
  const vpcEndpointIds = op === 'add' ? [...rest, value] : rest;
  const configuration = withMember<Endpoint>(
    row.endpointConfiguration as Endpoint,
    'vpcEndpointIds',
    vpcEndpointIds.length > 0 ? vpcEndpointIds : undefined,
  );
  return { ...row, endpointConfiguration: configuration };
});

function endpoint(change: (endpoint: Endpoint, value: string | undefined) => Endpoint): Rule {
  return rule(['replace'], (row, { value }) => ({
    ...row,
    endpointConfiguration: change(row.endpointConfiguration as Endpoint, value),
  }));
}

/** A member of a few values. The sentence is [U]. */
function oneOf(name: 'apiKeySource', values: readonly string[]): Rule {
  return rule(['replace'], (row, { value = '' }) => {
    if (!values.includes(value))
      throw ofList(badRequest(`Invalid ${name} specified. Valid options are ${values.join(',')}`));

    return withMember(row, name, value);
  });
}
