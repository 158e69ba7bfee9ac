import type { DeleteVpcLinkRequest } from '@aws-sdk/client-api-gateway';
import { getVpcLink } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { checkUnused } from '../../../rest-api/vpc-link/users.js';
import { startDeletion } from '../../../rest-api/vpc-link/life.js';

/**
 * Starts to delete a V1 link without users. It is DELETING for minutes, and holds its load balancer
 * until it is deleted.
 */
export const deleteVpcLink = restOperation<DeleteVpcLinkRequest, Record<string, never>>({
  name: 'DeleteVpcLink',
  kind: 'write',
  run(call, { vpcLinkId }) {
    const row = getVpcLink(call, vpcLinkId);
    checkUnused(call, row.fields.id);
    if (row.fields.status !== 'DELETING') startDeletion(call, row);
    return {};
  },
});
