import { slbFamily } from '../../vpc/request/family.js';
import { regionsAnswer, zonesIn } from '../../operation/regions.js';
import { text } from '../../operation/parameters.js';
import { action } from '../../operation/family.js';

/** Regions and zones. */
export const regionActions = slbFamily({
  DescribeRegions: action({ AcceptLanguage: text }, () => regionsAnswer('slb')),

  /** Each zone with the others as zones of its secondary server. */
  DescribeZones: action({ AcceptLanguage: text }, ({ state }) => {
    const zone = (ZoneId: string) => ({ ZoneId, LocalName: ZoneId });
    const all = zonesIn(state);
    return {
      Zones: {
        Zone: all.map((id) => ({
          ...zone(id),
          SlaveZones: { SlaveZone: all.filter((other) => other !== id).map(zone) },
        })),
      },
    };
  }),
});
