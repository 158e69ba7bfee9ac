import type { GetStageRequest, GetStageResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi, getStage as find } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** One stage. */
export const getStage = operation<GetStageRequest, GetStageResponse>({
  service: 'apigatewayv2',
  name: 'GetStage',
  kind: 'read',
  run: (call, { ApiId, StageName }) => ({ ...find(getApi(call, ApiId), StageName) }),
});
