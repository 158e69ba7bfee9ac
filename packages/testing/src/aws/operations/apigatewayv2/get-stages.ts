import type { GetStagesRequest, GetStagesResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi } from '../../api-gateway/find.js';
import { listPage } from '../../api-gateway/list.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** All stages of an API. */
export const getStages = gatewayOperation<GetStagesRequest, GetStagesResponse>({
  name: 'GetStages',
  kind: 'read',
  run(call, input) {
    const { stages } = getApi(call, input.ApiId);
    return listPage(stages.values(), input, `GetStages ${input.ApiId}`, (row) => row.StageName);
  },
});
