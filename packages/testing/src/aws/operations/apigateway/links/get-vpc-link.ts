import type { GetVpcLinkRequest, VpcLink } from '@aws-sdk/client-api-gateway';
import { getVpcLink as getRow } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One V1 link. */
export const getVpcLink = restOperation<GetVpcLinkRequest, VpcLink>({
  name: 'GetVpcLink',
  kind: 'read',
  run(call, { vpcLinkId }) {
    const { fields, tags } = getRow(call, vpcLinkId);
    return { ...fields, tags: { ...tags } };
  },
});
