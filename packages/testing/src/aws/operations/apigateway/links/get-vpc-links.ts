import type { GetVpcLinksRequest, VpcLinks } from '@aws-sdk/client-api-gateway';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** All V1 links, in whatever state, without their tags. */
export const getVpcLinks = restOperation<GetVpcLinksRequest, VpcLinks>({
  name: 'GetVpcLinks',
  kind: 'read',
  run(call, input) {
    const rows = [...call.state.restApi.vpcLinks.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetVpcLinks', (row) => row.id);
  },
});
