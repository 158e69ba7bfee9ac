import { vpcFamily } from '../request/family.js';
import { ALIBABA_REGIONS, zonesIn } from '../../operation/regions.js';
import { text } from '../../operation/parameters.js';

/** Regions and zones. */
export const regionActions = vpcFamily({
  DescribeRegions: {
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
  },

  DescribeZones: {
    parameters: { AcceptLanguage: text, ZoneType: text },
    run: ({ state }) => ({
      Zones: { Zone: zonesIn(state).map((id) => ({ ZoneId: id, LocalName: id, ZoneType: 'AvailabilityZone' })) },
    }),
  },
});
