import { slbFamily } from '../../network/request/family.js';
import { text } from '../../network/request/parameters.js';
import { ALIBABA_REGIONS } from '../../regions.js';

interface DescribeRegionsOutput {
  readonly Regions: { readonly Region: readonly object[] };
}

/** Regions. */
export const regionActions = slbFamily({
  DescribeRegions: {
    parameters: { AcceptLanguage: text },
    run: (): DescribeRegionsOutput => ({
      Regions: {
        Region: ALIBABA_REGIONS.map(({ id, name }) => ({
          RegionId: id,
          LocalName: name,
          RegionEndpoint: `slb.${id}.aliyuncs.com`,
        })),
      },
    }),
  },
});
