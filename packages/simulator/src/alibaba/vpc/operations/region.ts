import { vpcFamily } from '../request/family.js';
import { regionsAnswer, zonesAnswer } from '../../operation/regions.js';
import { text } from '../../operation/parameters.js';

/** Regions and zones. */
export const regionActions = vpcFamily({
  DescribeRegions: {
    parameters: { AcceptLanguage: text, ProductType: text },
    run: () => regionsAnswer('vpc'),
  },

  DescribeZones: {
    parameters: { AcceptLanguage: text, ZoneType: text },
    run: ({ state }) => zonesAnswer(state),
  },
});
