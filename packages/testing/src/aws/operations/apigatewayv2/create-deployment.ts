import type { CreateDeploymentRequest, CreateDeploymentResponse } from '@aws-sdk/client-apigatewayv2';
import { addDeployment, pointStage } from '../../api-gateway/deployments.js';
import { getApi, getStage } from '../../api-gateway/find.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Copies the current routes and integrations, for a stage without automatic deployment. */
export const createDeployment = gatewayOperation<CreateDeploymentRequest, CreateDeploymentResponse>({
  name: 'CreateDeployment',
  kind: 'write',
  limits: { Description: { length: [0, 1024] } },
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, StageName, Description }) {
    const api = getApi(call, ApiId);
    const stage = StageName === undefined ? undefined : getStage(api, StageName);
    if (stage?.AutoDeploy === true) throw WORDS.deploymentOfAutoDeploy();
    if (api.routes.size === 0) throw WORDS.noRoutes();
    const { fields } = addDeployment(call, api, Description);
    if (stage) pointStage(call, api, stage, fields.DeploymentId);
    return { ...fields };
  },
});
