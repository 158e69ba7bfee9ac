import { slbAction } from '../../network/request/network-action.js';
import { text } from '../../network/request/parameters.js';
import { ALIBABA_REGIONS } from '../../regions.js';

/** SLB has no package on npm: our own types. */
interface DescribeRegionsOutput {
  readonly Regions: { readonly Region: readonly object[] };
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeregions */
export const describeRegions = slbAction<Readonly<Record<never, never>>, DescribeRegionsOutput>({
  name: 'DescribeRegions',
  kind: 'read',
  parameters: { AcceptLanguage: text },
  run: () => ({
    Regions: {
      Region: ALIBABA_REGIONS.map(({ id, name }) => ({
        RegionId: id,
        LocalName: name,
        RegionEndpoint: `slb.${id}.aliyuncs.com`,
      })),
    },
  }),
});
