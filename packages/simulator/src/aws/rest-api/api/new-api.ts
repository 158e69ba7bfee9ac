import type { CreateRestApiRequest } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { RestApiFields, RestApiRow } from '../state.js';
import { checkApi, checkApiQuota } from './api-rules.js';
import { defaultModels } from './default-models.js';
import { newEndpoint } from './endpoint.js';
import { storedPolicy } from './policy.js';
import { checkSecurityPolicy } from './security-policy.js';
import { checkTags } from './tags.js';

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
    documentationParts: new Map(),
    deployments: new Map(),
    stages: new Map(),
  };
  call.state.restApi.apis.set(id, row);
  return row;
}
