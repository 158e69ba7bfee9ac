import type { UpdateVpcLinkRequest, UpdateVpcLinkResponse } from '@aws-sdk/client-apigatewayv2';
import { getVpcLink } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Renames a link; nothing else of one ever changes. */
export const updateVpcLink = gatewayOperation<UpdateVpcLinkRequest, UpdateVpcLinkResponse>({
  name: 'UpdateVpcLink',
  kind: 'write',
  limits: { Name: { length: [1, 128] } },
  run(call, { VpcLinkId, Name }) {
    const row = getVpcLink(call, VpcLinkId);
    const fields = { ...row.fields, ...(Name !== undefined && { Name }) };
    call.state.apiGateway.vpcLinks.set(fields.VpcLinkId, { ...row, fields });
    return { ...fields };
  },
});
