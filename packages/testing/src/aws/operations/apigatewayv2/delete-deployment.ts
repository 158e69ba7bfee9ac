import type { DeleteDeploymentRequest } from '@aws-sdk/client-apigatewayv2';
import { getDeployment, getApi } from '../../api-gateway/find.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Deletes a deployment that no stage serves. */
export const deleteDeployment = gatewayOperation<DeleteDeploymentRequest, Record<string, never>>({
  name: 'DeleteDeployment',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, DeploymentId }) {
    const api = getApi(call, ApiId);
    const { fields } = getDeployment(api, DeploymentId);
    const served = [...api.stages.values()].some((stage) => stage.DeploymentId === fields.DeploymentId);
    if (served) throw WORDS.deploymentInUse();
    api.deployments.delete(fields.DeploymentId);
    return {};
  },
});
