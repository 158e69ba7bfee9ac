import type { ApiKey, UpdateApiKeyRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { PATCH_LIMITS, patched, readMember, textMember, type PatchTable } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { getKey } from '../../../rest-api/usage/find.js';
import { checkKey, showKey } from '../../../rest-api/usage/key-rules.js';
import type { ApiKeyRow } from '../../../state/rest-api-state.js';

/**
 * A value of `/enabled` that is not `true` is `false`.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
const TABLE: PatchTable<ApiKeyRow> = {
  '/description': textMember('description'),
  '/enabled': readMember('enabled', (value) => value?.toLowerCase() === 'true'),
  '/name': textMember('name'),
  '/customerId': textMember('customerId'),
};

/** Changes an API key. Its value stays. */
export const updateApiKey = restOperation<Given<UpdateApiKeyRequest>, ApiKey>({
  name: 'UpdateApiKey',
  kind: 'write',
  limits: PATCH_LIMITS,
  run(call, { apiKey, patchOperations }) {
    const changed = patched(getKey(call, apiKey), patchOperations, TABLE);
    checkKey(changed);
    const row = { ...changed, lastUpdatedDate: new Date(call.now) };
    call.state.restApi.apiKeys.set(row.id, row);
    return showKey(row, { value: false, tags: true });
  },
});
