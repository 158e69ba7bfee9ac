import type { ApiKeys, GetApiKeysRequest } from '@aws-sdk/client-api-gateway';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { showKey } from '../../../rest-api/usage/key-rules.js';

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
    return listPage(rows, input, list, ({ id }) => id ?? '');
  },
});
