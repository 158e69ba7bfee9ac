import { ecsFamily } from '../../vpc/request/text-rules.js';
import { regionsAnswer, zonesAnswer } from '../../operation/regions.js';
import { flag, text } from '../../operation/family.js';

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
