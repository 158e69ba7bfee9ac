import { leaveUsagePlans, mappedDomains } from '../api/references.js';
import { newCanary } from '../stage/canary.js';
import { flushed, newStage, stageView, STAGE_WORDS } from '../stage/new-stage.js';
import { patchStage } from '../stage/patch-stage.js';
import { WORDS, badRequest } from '../words.js';
import { checkDeployable, waitsForLink, apiSummary, frozenCopy, targetStage } from '../deployment.js';
import { family, getApi, getStage, API, collection } from '../collection.js';
import { textMember } from '../patch.js';
import type { RestDeploymentRow } from '../state.js';

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

/** Deployments. What one deployed never changes. */
export const deploymentOperations = collection({
  name: 'Deployment',
  of: API,
  rows: 'deployments',
  key: ['deploymentId', ({ fields }) => fields.id],
  unknown: WORDS.deploymentNotFound,
  patch: { '/description': textMember<RestDeploymentRow['fields']>('description') },
  /** No stage points to it. That a canary protects its deployment in the same words is [U]. */
  unused({ stages }, { fields: { id } }) {
    const used = [...stages.values()].some(
      (stage) => stage.deploymentId === id || stage.canarySettings?.deploymentId === id,
    );
    if (used) throw WORDS.deploymentInUse();
  },
  /** With `embed=apisummary`, the methods of one and how they authorize. */
  show({ fields, copy }, verb, { embed = [] }) {
    const embedded = verb === 'Get' ? embed.flatMap((text) => text.split(',')) : [];
    const unknown = embedded.find((name) => name !== 'apisummary');
    // [U] Whether the service refuses another name, and how.
    if (unknown !== undefined) throw badRequest(`Invalid embed value specified: ${unknown}`);

    return { ...fields, ...(embedded.length > 0 && { apiSummary: apiSummary(copy) }) };
  },
  own: {
    /**
     * Copies the API as it is now. With the name of a stage it points the stage, or its canary, at the copy;
     * a stage that does not exist is created. While a link of the API is PENDING, the call waits before it copies, and
     * other writes to the API are refused [I].
     */
    CreateDeployment: {
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
      rate: { perSecond: 1 / 5, burst: 1 },
      waits: (call, { restApiId }) => waitsForLink(call, restApiId),
      run(call, input) {
        const api = getApi(call, input.restApiId);
        const { description } = input;
        const fields: RestDeploymentRow['fields'] = {
          id: call.id('', 6, 'base36'),
          createdDate: new Date(call.now),
          ...(description !== undefined && description !== '' && { description }),
        };
        const stage = targetStage(call, api, input, fields.id);
        checkDeployable(call, api);
        api.deployments.set(fields.id, { fields, copy: frozenCopy(api) });
        if (stage !== undefined) api.stages.set(stage.stageName, stage);
        return { ...fields };
      },
    },
  },
});
