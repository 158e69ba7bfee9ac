import type { ApiKey, CreateApiKeyRequest } from '@aws-sdk/client-api-gateway';
import { tooMany } from '../../../rest-api/api/api-rules.js';
import { checkTags } from '../../../rest-api/api/tags.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { checkKey, newValue, showKey } from '../../../rest-api/usage/key-rules.js';
import { notSimulated } from '../../../rest-api/words.js';
import type { ApiKeyRow } from '../../../state/rest-api-state.js';

/** Creates an API key. It is disabled by default. Callers can use it once it is in a usage plan. */
export const createApiKey = restOperation<CreateApiKeyRequest, ApiKey>({
  name: 'CreateApiKey',
  kind: 'write',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 5, burst: 5 },
  run(call, { tags, value, stageKeys = [], generateDistinctId, ...input }) {
    const { apiKeys } = call.state.restApi;
    if (apiKeys.size >= call.quota('api-keys')) throw tooMany('API keys', 'account');
    checkKey(input);
    // Both are deprecated: stages belong to usage plans, and IDs are distinct from values.
    if (stageKeys.length > 0) throw notSimulated('An API key with stageKeys');
    if (generateDistinctId === false) throw notSimulated('An API key whose ID is its value');
    const { name, enabled = false, ...rest } = input;
    const now = new Date(call.now);
    const row: ApiKeyRow = {
      id: call.id('', 10, 'base36'),
      value: newValue(call, value),
      ...(name !== undefined && name !== '' && { name }),
      ...rest,
      enabled,
      createdDate: now,
      lastUpdatedDate: now,
      stageKeys: [],
      tags: checkTags(tags),
    };
    apiKeys.set(row.id, row);
    return showKey(row, { value: true, tags: Object.keys(row.tags).length > 0 });
  },
});
