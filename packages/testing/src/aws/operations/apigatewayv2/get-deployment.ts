import type { GetDeploymentRequest, GetDeploymentResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi, getDeployment as find } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** One deployment. */
export const getDeployment = gatewayOperation<GetDeploymentRequest, GetDeploymentResponse>({
  name: 'GetDeployment',
  kind: 'read',
  run: (call, { ApiId, DeploymentId }) => ({ ...find(getApi(call, ApiId), DeploymentId).fields }),
});
