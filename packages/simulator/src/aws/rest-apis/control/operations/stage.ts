import { leaveUsagePlans, mappedDomains } from '../api/references.js';
import { family, getApi, getStage } from '../request.js';
import { newCanary } from '../stage/canary.js';
import { flushed } from '../stage/cache-cluster.js';
import { newStage, stageView } from '../stage/new-stage.js';
import { patchStage } from '../stage/patch-stage.js';
import { STAGE_WORDS } from '../stage/words.js';
import { WORDS } from '../words.js';

export const stageOperations = family({
  /** Creates a stage for a deployment, with a canary where its settings are given. */
  CreateStage(call, { restApiId, stageName, deploymentId, canarySettings: canary, documentationVersion, ...input }) {
    const api = getApi(call, restApiId);
    if (api.stages.has(stageName)) throw WORDS.stageExists();

    // Without a deployment of its own, a canary has the stage's [I].
    const canaryId = canary?.deploymentId ?? deploymentId;
    if (![deploymentId, canaryId].every((id) => api.deployments.has(id))) throw WORDS.deploymentUnknown();
    if (documentationVersion) throw STAGE_WORDS.documentationVersion();

    const stage = {
      ...newStage(call, api, stageName, deploymentId, input),
      ...(canary !== undefined && { canarySettings: newCanary(call, canary, canaryId) }),
    };
    api.stages.set(stageName, stage);
    return stageView(stage);
  },

  /** Changes a stage: its deployment, canary, variables and settings act at once, without a new deployment. */
  UpdateStage(call, { restApiId, stageName, patchOperations }) {
    const api = getApi(call, restApiId);
    const stage = patchStage(call, api, getStage(api, stageName), patchOperations);
    api.stages.set(stage.stageName, stage);
    return stageView(stage);
  },

  /** Deletes a stage; its deployment stays. A base path mapping protects its stage; usage plans lose it. */
  DeleteStage(call, { restApiId, stageName }) {
    const api = getApi(call, restApiId);
    const stage = { apiId: api.fields.id, stageName: getStage(api, stageName).stageName };
    const domains = mappedDomains(call, stage);
    if (domains.length > 0) throw STAGE_WORDS.mapped(stage.stageName, domains);

    leaveUsagePlans(call, stage);
    api.stages.delete(stage.stageName);
    return {};
  },

  /** Empties the cache of a stage, for which the stage is FLUSH_IN_PROGRESS. Answers 202. */
  FlushStageCache: {
    holds: () => undefined,
    run(call, { restApiId, stageName }) {
      const api = getApi(call, restApiId);
      const stage = flushed(call, api.fields.id, getStage(api, stageName));
      api.stages.set(stage.stageName, stage);
      return {};
    },
  },

  GetStage: (call, { restApiId, stageName }) => stageView(getStage(getApi(call, restApiId), stageName)),

  /** All stages of an API, or those that point to a deployment, in one answer: this list has no pages. */
  GetStages(call, { restApiId, deploymentId }) {
    const stages = [...getApi(call, restApiId).stages.values()];
    // Whether a canary's deployment counts is not recorded; here it does not [U].
    const wanted = stages.filter((row) => deploymentId === undefined || row.deploymentId === deploymentId);
    return { item: wanted.map(stageView) };
  },
});
