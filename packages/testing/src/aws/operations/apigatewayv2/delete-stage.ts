import type { DeleteStageRequest } from '@aws-sdk/client-apigatewayv2';
import { getApi, getStage } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Deletes a stage; its deployment stays. */
export const deleteStage = gatewayOperation<DeleteStageRequest, Record<string, never>>({
  name: 'DeleteStage',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, StageName }) {
    const api = getApi(call, ApiId);
    api.stages.delete(getStage(api, StageName).StageName);
    return {};
  },
});
