import type { GetVpcLinkRequest, GetVpcLinkResponse } from '@aws-sdk/client-apigatewayv2';
import { getVpcLink as find } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** One link. */
export const getVpcLink = operation<GetVpcLinkRequest, GetVpcLinkResponse>({
  service: 'apigatewayv2',
  name: 'GetVpcLink',
  kind: 'read',
  run: (call, { VpcLinkId }) => ({ ...find(call, VpcLinkId).fields }),
});
