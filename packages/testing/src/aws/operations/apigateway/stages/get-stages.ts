import type { GetStagesRequest, Stages } from '@aws-sdk/client-api-gateway';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { stageView } from '../../../rest-api/stage/new-stage.js';

/** All stages of an API, or those that point to a deployment, in one answer: this list has no pages. */
export const getStages = restOperation<GetStagesRequest, Stages>({
  name: 'GetStages',
  kind: 'read',
  run(call, { restApiId, deploymentId }) {
    const stages = [...getApi(call, restApiId).stages.values()];
    // Whether a canary's deployment counts is not recorded; here it does not [U].
    const wanted = stages.filter((row) => deploymentId === undefined || row.deploymentId === deploymentId);
    return { item: wanted.map(stageView) };
  },
});
