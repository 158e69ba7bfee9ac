import { ecsFamily } from '../../vpc/request/family.js';
import { ALIBABA_REGIONS, zonesIn } from '../../operation/regions.js';
import { flag, text } from '../../operation/parameters.js';

/** Regions and zones. */
export const regionActions = ecsFamily({
  DescribeRegions: {
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
  },

  /** What a zone sells is left out. */
  DescribeZones: {
    parameters: { AcceptLanguage: text, InstanceChargeType: text, SpotStrategy: text, Verbose: flag },
    run: ({ state }) => ({
      Zones: { Zone: zonesIn(state).map((id) => ({ ZoneId: id, LocalName: id, ZoneType: 'AvailabilityZone' })) },
    }),
  },
});
