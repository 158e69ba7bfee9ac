import type { DescribeRegionsRequest, DescribeRegionsResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { text } from '../../network/request/parameters.js';
import { ALIBABA_REGIONS } from '../../regions.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describeregions */
export const describeRegions = vpcAction<Given<DescribeRegionsRequest>, Wire<DescribeRegionsResponseBody>>({
  name: 'DescribeRegions',
  kind: 'read',
  parameters: { AcceptLanguage: text, ProductType: text },
  run: () => ({
    Regions: {
      Region: ALIBABA_REGIONS.map(({ id, name }) => ({
        RegionId: id,
        LocalName: name,
        RegionEndpoint: `vpc.${id}.aliyuncs.com`,
      })),
    },
  }),
});
