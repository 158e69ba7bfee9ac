import type { GetVpcLinksRequest, GetVpcLinksResponse } from '@aws-sdk/client-apigatewayv2';
import { listPage } from '../../api-gateway/list.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** All links, in whatever state. */
export const getVpcLinks = gatewayOperation<GetVpcLinksRequest, GetVpcLinksResponse>({
  name: 'GetVpcLinks',
  kind: 'read',
  run(call, input) {
    const rows = [...call.state.apiGateway.vpcLinks.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetVpcLinks', (row) => row.VpcLinkId);
  },
});
