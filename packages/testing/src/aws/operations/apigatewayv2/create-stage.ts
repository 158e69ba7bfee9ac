import type { CreateStageRequest, CreateStageResponse } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi, getDeployment, getStage } from '../../api-gateway/find.js';
import { checkStage, checkStageName, newStage, STAGE_LIMITS } from '../../api-gateway/stage-rules.js';
import { checkTags } from '../../api-gateway/tags.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import type { StageRow } from '../../state/api-gateway-state.js';

/** Creates a stage. With AutoDeploy it serves the existing routes at once. */
export const createStage = gatewayOperation<CreateStageRequest, CreateStageResponse>({
  name: 'CreateStage',
  kind: 'write',
  limits: STAGE_LIMITS,
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, StageName, Tags, DefaultRouteSettings, ...input }) {
    const api = getApi(call, ApiId);
    const name = checkStageName(StageName);
    if (api.stages.has(name)) throw WORDS.stageExists();
    const most = call.quota('stages-per-api');
    if (api.stages.size >= most) throw WORDS.quota('stages', most);
    if (input.AutoDeploy === true && input.DeploymentId !== undefined) throw WORDS.deploymentOfAutoDeploy();
    if (input.DeploymentId !== undefined) getDeployment(api, input.DeploymentId);
    const fresh = newStage(call, name);
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const stage: StageRow = {
      ...fresh,
      ...given,
      DefaultRouteSettings: { ...fresh.DefaultRouteSettings, ...DefaultRouteSettings },
      Tags: checkTags(Tags),
    };
    checkStage(call, api, stage);
    api.stages.set(name, stage);
    autoDeploy(call, api, name);
    return { ...getStage(api, name) };
  },
});
