import type { GetModelsRequest, Models } from '@aws-sdk/client-api-gateway';
import { getApi } from '../../../rest-api/find.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The models of an API, the default ones included. */
export const getModels = restOperation<GetModelsRequest, Models>({
  name: 'GetModels',
  kind: 'read',
  run(call, input) {
    const api = getApi(call, input.restApiId);
    return listPage(api.models.values(), input, `GetModels ${input.restApiId}`, ({ name }) => name ?? '');
  },
});
