import type { CreateVpcLinkRequest, VpcLink } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { newLink } from '../../../rest-api/vpc-link/new-link.js';
import { startProvisioning } from '../../../rest-api/vpc-link/life.js';

/**
 * Creates a V1 link: PENDING at first, AVAILABLE or FAILED after minutes. A name may be used twice.
 * Unlike V2, its rate is only the one of all operations together.
 */
export const createVpcLink = restOperation<Given<CreateVpcLinkRequest>, VpcLink>({
  name: 'CreateVpcLink',
  kind: 'write',
  run(call, input) {
    const row = newLink(call, input);
    call.state.restApi.vpcLinks.set(row.fields.id, row);
    startProvisioning(call, row.fields.id);
    // Tags that were not given are not in this answer, though they are in GetVpcLink's.
    return { ...row.fields, ...(Object.keys(row.tags).length > 0 && { tags: { ...row.tags } }) };
  },
});
