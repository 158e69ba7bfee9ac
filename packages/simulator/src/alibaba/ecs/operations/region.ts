import { ecsFamily } from '../../vpc/request/family.js';
import { regionsAnswer, zonesAnswer } from '../../operation/regions.js';
import { flag, text } from '../../operation/parameters.js';

/** Regions and zones. */
export const regionActions = ecsFamily({
  DescribeRegions: {
    parameters: { AcceptLanguage: text, InstanceChargeType: text, ResourceType: text },
    run: () => regionsAnswer('ecs', { Status: 'available' }),
  },

  DescribeZones: {
    parameters: { AcceptLanguage: text, InstanceChargeType: text, SpotStrategy: text, Verbose: flag },
    run: ({ state }) => zonesAnswer(state),
  },
});
