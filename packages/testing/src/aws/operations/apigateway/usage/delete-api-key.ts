import type { DeleteApiKeyRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { getKey } from '../../../rest-api/usage/find.js';

/** Deletes an API key. It leaves its usage plans. */
export const deleteApiKey = restOperation<Given<DeleteApiKeyRequest>, Record<string, never>>({
  name: 'DeleteApiKey',
  kind: 'write',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 5, burst: 5 },
  run(call, { apiKey }) {
    const { id } = getKey(call, apiKey);
    const { apiKeys, usagePlans } = call.state.restApi;
    apiKeys.delete(id);
    for (const { keys } of usagePlans.values()) keys.delete(id);
    return {};
  },
});
