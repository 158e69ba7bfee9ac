import type { UpdateDeploymentRequest, UpdateDeploymentResponse } from '@aws-sdk/client-apigatewayv2';
import { getDeployment, getApi } from '../../api-gateway/find.js';
import { patch } from '../../api-gateway/patch.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Changes a deployment's description. */
export const updateDeployment = gatewayOperation<UpdateDeploymentRequest, UpdateDeploymentResponse>({
  name: 'UpdateDeployment',
  kind: 'write',
  limits: { Description: { length: [0, 1024] } },
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, DeploymentId, Description }) {
    const api = getApi(call, ApiId);
    const row = getDeployment(api, DeploymentId);
    const fields = patch(row.fields, { Description });
    api.deployments.set(fields.DeploymentId, { ...row, fields });
    return { ...fields };
  },
});
