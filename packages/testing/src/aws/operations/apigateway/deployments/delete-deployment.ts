import type { DeleteDeploymentRequest } from '@aws-sdk/client-api-gateway';
import { getApi, getDeployment } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { WORDS } from '../../../rest-api/words.js';

/**
 * Deletes a deployment that no stage points to. That a canary protects its deployment in the same words
 * is [U].
 */
export const deleteDeployment = restOperation<DeleteDeploymentRequest, Record<string, never>>({
  name: 'DeleteDeployment',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, deploymentId }) {
    const api = getApi(call, restApiId);
    const { id } = getDeployment(api, deploymentId).fields;
    const used = [...api.stages.values()].some(
      (stage) => stage.deploymentId === id || stage.canarySettings?.deploymentId === id,
    );
    if (used) throw WORDS.deploymentInUse();
    api.deployments.delete(id);
    return {};
  },
});
