import type { DeleteDeploymentRequest } from '@aws-sdk/client-apigatewayv2';
import { getDeployment, getHttpApi } from '../../api-gateway/find.js';
import { WORDS } from '../../api-gateway/words.js';
import { operation } from '../../operation.js';

/** Deletes a deployment that no stage serves. */
export const deleteDeployment = operation<DeleteDeploymentRequest, Record<string, never>>({
  service: 'apigatewayv2',
  name: 'DeleteDeployment',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, DeploymentId }) {
    const api = getHttpApi(call, ApiId);
    const { fields } = getDeployment(api, DeploymentId);
    const served = [...api.stages.values()].some((stage) => stage.DeploymentId === fields.DeploymentId);
    if (served) throw WORDS.deploymentInUse();
    api.deployments.delete(fields.DeploymentId);
    return {};
  },
});
