import type { GetVpcLinksRequest, VpcLinks } from '@aws-sdk/client-api-gateway';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/**
 * All V1 links, in whatever state. Those without tags have no `tags` here, unlike in GetVpcLink's answer; those
 * with tags have them, as Terraform's acceptance test of its data source shows.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/vpc_link_data_source_tags_gen_test.go
 */
export const getVpcLinks = restOperation<GetVpcLinksRequest, VpcLinks>({
  name: 'GetVpcLinks',
  kind: 'read',
  run(call, input) {
    const rows = [...call.state.restApi.vpcLinks.values()].map(({ fields, tags }) => ({
      ...fields,
      ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
    }));
    return listPage(rows, input, 'GetVpcLinks', (row) => row.id);
  },
});
