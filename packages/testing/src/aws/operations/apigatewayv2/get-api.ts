import type { GetApiRequest, GetApiResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi as find } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** One API. */
export const getApi = operation<GetApiRequest, GetApiResponse>({
  service: 'apigatewayv2',
  name: 'GetApi',
  kind: 'read',
  run: (call, { ApiId }) => ({ ...find(call, ApiId).fields }),
});
