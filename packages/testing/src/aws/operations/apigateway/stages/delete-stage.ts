import type { DeleteStageRequest } from '@aws-sdk/client-api-gateway';
import { leaveUsagePlans, mappedDomains } from '../../../rest-api/api/references.js';
import { getApi, getStage } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { STAGE_WORDS } from '../../../rest-api/stage/words.js';

/** Deletes a stage; its deployment stays. A base path mapping protects its stage; usage plans lose it. */
export const deleteStage = restOperation<DeleteStageRequest, Record<string, never>>({
  name: 'DeleteStage',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, stageName }) {
    const api = getApi(call, restApiId);
    const stage = { apiId: api.fields.id, stageName: getStage(api, stageName).stageName };
    const domains = mappedDomains(call, stage);
    if (domains.length > 0) throw STAGE_WORDS.mapped(stage.stageName, domains);
    leaveUsagePlans(call, stage);
    api.stages.delete(stage.stageName);
    return {};
  },
});
