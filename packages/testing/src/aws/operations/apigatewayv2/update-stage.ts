import type { UpdateStageRequest, UpdateStageResponse } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi, getDeployment, getStage } from '../../api-gateway/find.js';
import { patch, patchMap } from '../../api-gateway/patch.js';
import { checkStage, STAGE_LIMITS } from '../../api-gateway/stage-rules.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import type { StageRow } from '../../state/api-gateway-state.js';

/** Changes a stage. Settings of routes and stage variables are merged; DeleteRouteSettings and empty values take them away. */
export const updateStage = gatewayOperation<UpdateStageRequest, UpdateStageResponse>({
  name: 'UpdateStage',
  kind: 'write',
  limits: STAGE_LIMITS,
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, StageName, StageVariables, RouteSettings, DefaultRouteSettings, ...input }) {
    const api = getApi(call, ApiId);
    const found = getStage(api, StageName);
    const stage: StageRow = {
      ...patch(found, input),
      StageName: found.StageName,
      StageVariables: patchMap(found.StageVariables, StageVariables),
      RouteSettings: { ...found.RouteSettings, ...RouteSettings },
      DefaultRouteSettings: { ...found.DefaultRouteSettings, ...DefaultRouteSettings },
      LastUpdatedDate: new Date(call.now),
    };
    if (input.DeploymentId !== undefined && input.DeploymentId !== found.DeploymentId) {
      if (stage.AutoDeploy === true) throw WORDS.deploymentOfAutoDeploy();
      getDeployment(api, input.DeploymentId);
    }
    // Settings of a route that was deleted since are only checked when settings are sent.
    checkStage(call, api, RouteSettings === undefined ? { ...stage, RouteSettings: {} } : stage);
    api.stages.set(stage.StageName, stage);
    if (stage.AutoDeploy === true && found.AutoDeploy !== true) autoDeploy(call, api, stage.StageName);
    return { ...getStage(api, stage.StageName) };
  },
});
