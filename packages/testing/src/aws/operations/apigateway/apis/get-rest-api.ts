import type { GetRestApiRequest, RestApi } from '@aws-sdk/client-api-gateway';
import { showApi } from '../../../rest-api/api/show-api.js';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One API. */
export const getRestApi = restOperation<GetRestApiRequest, RestApi>({
  name: 'GetRestApi',
  kind: 'read',
  run: (call, { restApiId }) => showApi(getApi(call, restApiId).fields),
});
