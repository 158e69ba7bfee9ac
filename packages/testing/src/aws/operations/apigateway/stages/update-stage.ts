import type { Stage, UpdateStageRequest } from '@aws-sdk/client-api-gateway';
import { getApi, getStage } from '../../../rest-api/find.js';
import { PATCH_LIMITS } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { stageView } from '../../../rest-api/stage/new-stage.js';
import { patchStage } from '../../../rest-api/stage/patch-stage.js';

/** Changes a stage: its deployment, canary, variables and settings act at once, without a new deployment. */
export const updateStage = restOperation<UpdateStageRequest, Stage>({
  name: 'UpdateStage',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, stageName, patchOperations }) {
    const api = getApi(call, restApiId);
    const stage = patchStage(call, api, getStage(api, stageName), patchOperations);
    api.stages.set(stage.stageName, stage);
    return stageView(stage);
  },
});
