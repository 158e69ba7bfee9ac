import type { GetVpcLinkRequest, GetVpcLinkResponse } from '@aws-sdk/client-apigatewayv2';
import { getVpcLink as find } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** One link. */
export const getVpcLink = gatewayOperation<GetVpcLinkRequest, GetVpcLinkResponse>({
  name: 'GetVpcLink',
  kind: 'read',
  run: (call, { VpcLinkId }) => ({ ...find(call, VpcLinkId).fields }),
});
