import type { ApiKey, GetApiKeyRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { getKey } from '../../../rest-api/usage/find.js';
import { showKey } from '../../../rest-api/usage/key-rules.js';

/** One API key; its value only with `includeValue`. */
export const getApiKey = restOperation<Given<GetApiKeyRequest>, ApiKey>({
  name: 'GetApiKey',
  kind: 'read',
  run: (call, { apiKey, includeValue = false }) => showKey(getKey(call, apiKey), { value: includeValue, tags: true }),
});
