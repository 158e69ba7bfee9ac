import type { DescribeRegionsRequest, DescribeRegionsResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { text } from '../../network/request/parameters.js';
import { ALIBABA_REGIONS } from '../../regions.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeregions */
export const describeRegions = ecsAction<Given<DescribeRegionsRequest>, Wire<DescribeRegionsResponseBody>>({
  name: 'DescribeRegions',
  kind: 'read',
  parameters: { AcceptLanguage: text, InstanceChargeType: text, ResourceType: text },
  run: () => ({
    Regions: {
      Region: ALIBABA_REGIONS.map(({ id, name }) => ({
        RegionId: id,
        LocalName: name,
        RegionEndpoint: `ecs.${id}.aliyuncs.com`,
        Status: 'available',
      })),
    },
  }),
});
