import type { GetDeploymentRequest, GetDeploymentResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi, getDeployment as find } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** One deployment. */
export const getDeployment = operation<GetDeploymentRequest, GetDeploymentResponse>({
  service: 'apigatewayv2',
  name: 'GetDeployment',
  kind: 'read',
  run: (call, { ApiId, DeploymentId }) => ({ ...find(getApi(call, ApiId), DeploymentId).fields }),
});
