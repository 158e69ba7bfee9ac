import type { DeleteRouteSettingsRequest } from '@aws-sdk/client-apigatewayv2';
import { getApi, getStage } from '../../api-gateway/find.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Removes one route's settings from a stage. */
export const deleteRouteSettings = gatewayOperation<DeleteRouteSettingsRequest, Record<string, never>>({
  name: 'DeleteRouteSettings',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, StageName, RouteKey = '' }) {
    const api = getApi(call, ApiId);
    const stage = getStage(api, StageName);
    const { [RouteKey]: found, ...RouteSettings } = stage.RouteSettings ?? {};
    if (found === undefined) throw WORDS.routeOfSettings(RouteKey);
    api.stages.set(stage.StageName, { ...stage, RouteSettings, LastUpdatedDate: new Date(call.now) });
    return {};
  },
});
