import type { DeleteStageRequest } from '@aws-sdk/client-apigatewayv2';
import { getApi, getStage } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** Deletes a stage; its deployment stays. */
export const deleteStage = operation<DeleteStageRequest, Record<string, never>>({
  service: 'apigatewayv2',
  name: 'DeleteStage',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, StageName }) {
    const api = getApi(call, ApiId);
    api.stages.delete(getStage(api, StageName).StageName);
    return {};
  },
});
