import type { CreateStageRequest, Stage } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { newCanary } from '../../../rest-api/stage/canary.js';
import { newStage, refuseCache, stageView } from '../../../rest-api/stage/new-stage.js';
import { notSimulated, WORDS } from '../../../rest-api/words.js';

/** Creates a stage for a deployment, with a canary where its settings are given. */
export const createStage = restOperation<Given<CreateStageRequest>, Stage>({
  name: 'CreateStage',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, stageName, deploymentId, canarySettings: canary, documentationVersion, ...input }) {
    const api = getApi(call, restApiId);
    refuseCache(input);
    if (documentationVersion !== undefined) throw notSimulated('The documentation version of a stage');
    if (api.stages.has(stageName)) throw WORDS.stageExists();
    // Without a deployment of its own, a canary has the stage's [I].
    const canaryId = canary?.deploymentId ?? deploymentId;
    if (![deploymentId, canaryId].every((id) => api.deployments.has(id))) throw WORDS.deploymentUnknown();
    const stage = {
      ...newStage(call, api, stageName, deploymentId, input),
      ...(canary !== undefined && { canarySettings: newCanary(call, canary, canaryId) }),
    };
    api.stages.set(stageName, stage);
    return stageView(stage);
  },
});
