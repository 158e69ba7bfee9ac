import type { DescribeRegionsRequest, DescribeRegionsResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { ALIBABA_REGIONS } from '../../regions.js';
import type { Wire } from '../../wire.js';

/** Lists the regions that have API Gateway. */
export const describeRegions = cloudApiAction<Wire<DescribeRegionsRequest>, Wire<DescribeRegionsResponseBody>>({
  name: 'DescribeRegions',
  kind: 'read',
  parameters: { Language: { type: 'string', values: ['en', 'zh', 'ja'] } },
  run: () => ({
    Regions: {
      Region: ALIBABA_REGIONS.map(({ id, name }) => ({
        RegionId: id,
        LocalName: name,
        RegionEndpoint: `apigateway.${id}.aliyuncs.com`,
      })),
    },
  }),
});
