import type { ApiKeys, GetApiKeysRequest } from '@aws-sdk/client-api-gateway';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { inListOrder, showKey } from '../../../rest-api/usage/key-rules.js';

/** The API keys, by the beginning of their names and by customer; their values only with `includeValues`. */
export const getApiKeys = restOperation<GetApiKeysRequest, ApiKeys>({
  name: 'GetApiKeys',
  kind: 'read',
  run(call, input) {
    const { nameQuery = '', customerId, includeValues = false } = input;
    const rows = [...call.state.restApi.apiKeys.values()]
      .filter((row) => (row.name ?? '').startsWith(nameQuery))
      .filter((row) => customerId === undefined || row.customerId === customerId)
      .map((row) => showKey(row, { value: includeValues, tags: false }));
    const list = JSON.stringify(['GetApiKeys', nameQuery, customerId]);
    // A negative limit is not refused here; it counts as none [I]. LocalStack, snapshot test_negative_get_usage_plan_api_keys
    const limit = (input.limit ?? 0) < 0 ? undefined : input.limit;
    return listPage(inListOrder(rows), { ...input, limit }, list, ({ id }) => id ?? '');
  },
});
