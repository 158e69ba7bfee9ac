import { multiZonesOf } from '../instance/zones.js';
import { family } from '../request/family.js';
import { ALIBABA_REGIONS } from '../../operation/regions.js';

/** Regions and zones. */
export const regionActions = family({
  /** Lists the regions that have API Gateway. */
  DescribeRegions: {
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
  },

  /** Lists the multi-zones that a conventional dedicated instance may be created in. */
  DescribeZones: {
    parameters: { Language: { type: 'string', values: ['en', 'zh', 'ja'] } },
    run({ region, state: { zones } }) {
      const places = zones ? zones.served.map((id) => ({ id, name: id })) : multiZonesOf(region);
      return { Zones: { Zone: places.map(({ id, name }) => ({ ZoneId: id, LocalName: name })) } };
    },
  },
});
