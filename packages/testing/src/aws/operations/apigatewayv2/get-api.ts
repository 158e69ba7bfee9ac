import type { GetApiRequest, GetApiResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi as find } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** One API. */
export const getApi = gatewayOperation<GetApiRequest, GetApiResponse>({
  name: 'GetApi',
  kind: 'read',
  run: (call, { ApiId }) => ({ ...find(call, ApiId).fields }),
});
