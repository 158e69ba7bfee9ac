import type { DeleteAccessLogSettingsRequest } from '@aws-sdk/client-apigatewayv2';
import { getApi, getStage } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Removes a stage's access log. */
export const deleteAccessLogSettings = gatewayOperation<DeleteAccessLogSettingsRequest, Record<string, never>>({
  name: 'DeleteAccessLogSettings',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, StageName }) {
    const api = getApi(call, ApiId);
    const { AccessLogSettings: _, ...stage } = getStage(api, StageName);
    api.stages.set(stage.StageName, { ...stage, LastUpdatedDate: new Date(call.now) });
    return {};
  },
});
