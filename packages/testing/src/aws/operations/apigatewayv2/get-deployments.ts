import type { GetDeploymentsRequest, GetDeploymentsResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi } from '../../api-gateway/find.js';
import { listPage } from '../../api-gateway/list.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** All deployments of an API, newest first. */
export const getDeployments = gatewayOperation<GetDeploymentsRequest, GetDeploymentsResponse>({
  name: 'GetDeployments',
  kind: 'read',
  run(call, input) {
    const rows = [...getApi(call, input.ApiId).deployments.values()].map(({ fields }) => fields).reverse();
    return listPage(rows, input, `GetDeployments ${input.ApiId}`, (row) => row.DeploymentId);
  },
});
