import type { GetStageRequest, GetStageResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi, getStage as find } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** One stage. */
export const getStage = gatewayOperation<GetStageRequest, GetStageResponse>({
  name: 'GetStage',
  kind: 'read',
  run: (call, { ApiId, StageName }) => ({ ...find(getApi(call, ApiId), StageName) }),
});
