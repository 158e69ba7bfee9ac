import type { GetRestApisRequest, RestApis } from '@aws-sdk/client-api-gateway';
import { showNewApi } from '../../../rest-api/api/show-api.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** All REST APIs. */
export const getRestApis = restOperation<GetRestApisRequest, RestApis>({
  name: 'GetRestApis',
  kind: 'read',
  run(call, input) {
    const rows = [...call.state.restApi.apis.values()].map(({ fields }) => fields);
    const { items, ...next } = listPage(rows, input, 'GetRestApis', ({ id }) => id);
    return { items: items.map(showNewApi), ...next };
  },
});
