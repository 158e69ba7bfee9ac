import { slbFamily } from '../../vpc/request/family.js';
import { text } from '../../vpc/request/parameters.js';
import { ALIBABA_REGIONS } from '../../operation/regions.js';

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
