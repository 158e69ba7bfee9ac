import type { DeleteVpcLinkRequest, DeleteVpcLinkResponse } from '@aws-sdk/client-apigatewayv2';
import { getVpcLink } from '../../api-gateway/find.js';
import { startDeletion } from '../../api-gateway/vpc-link-life.js';
import { usersOfVpcLink } from '../../api-gateway/vpc-link-rules.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import { checkUnusedByRestApis } from '../../rest-api/vpc-link/users.js';

/** Starts to delete a link without users. It is DELETING for minutes, then deleted. */
export const deleteVpcLink = gatewayOperation<DeleteVpcLinkRequest, DeleteVpcLinkResponse>({
  name: 'DeleteVpcLink',
  kind: 'write',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 1 / 30, burst: 1 },
  run(call, { VpcLinkId }) {
    const row = getVpcLink(call, VpcLinkId);
    const users = usersOfVpcLink(call, row.fields.VpcLinkId);
    if (users.length > 0) throw WORDS.vpcLinkReferenced(row.fields.VpcLinkId, users);
    checkUnusedByRestApis(call, row.fields.VpcLinkId);
    if (row.fields.VpcLinkStatus !== 'DELETING') startDeletion(call, row);
    return {};
  },
});
