import type { Deployments, GetDeploymentsRequest } from '@aws-sdk/client-api-gateway';
import { getApi } from '../../../rest-api/find.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** All deployments of an API, the oldest first [U]. */
export const getDeployments = restOperation<GetDeploymentsRequest, Deployments>({
  name: 'GetDeployments',
  kind: 'read',
  run(call, input) {
    const rows = [...getApi(call, input.restApiId).deployments.values()].map(({ fields }) => fields);
    return listPage(rows, input, `GetDeployments ${input.restApiId ?? ''}`, (row) => row.id);
  },
});
