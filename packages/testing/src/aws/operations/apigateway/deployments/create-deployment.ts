import type { CreateDeploymentRequest, Deployment } from '@aws-sdk/client-api-gateway';
import { checkDeployable, waitsForLink } from '../../../rest-api/deployment/deployable.js';
import { frozenCopy } from '../../../rest-api/deployment/frozen-copy.js';
import { targetStage } from '../../../rest-api/deployment/target-stage.js';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { refuseCache } from '../../../rest-api/stage/new-stage.js';
import type { RestDeploymentRow } from '../../../state/rest-api-state.js';

/**
 * Copies the API as it is now. With the name of a stage it points the stage, or its canary, at the copy;
 * a stage that does not exist is created. While a link of the API is PENDING, the call waits before it copies, and
 * other writes to the API are refused [I].
 */
export const createDeployment = restOperation<CreateDeploymentRequest, Deployment>({
  name: 'CreateDeployment',
  kind: 'write',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 1 / 5, burst: 1 },
  holds: ({ restApiId }) => restApiId,
  waits: (call, { restApiId }) => waitsForLink(call, restApiId),
  run(call, input) {
    const api = getApi(call, input.restApiId);
    refuseCache(input);
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
});
