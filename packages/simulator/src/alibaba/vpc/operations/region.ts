import { vpcFamily } from '../request/family.js';
import { regionsAnswer, zonesAnswer } from '../../operation/regions.js';
import { text } from '../../operation/parameters.js';
import { action } from '../../operation/family.js';

/** Regions and zones. */
export const regionActions = vpcFamily({
  DescribeRegions: action({ AcceptLanguage: text, ProductType: text }, () => regionsAnswer('vpc')),

  DescribeZones: action({ AcceptLanguage: text, ZoneType: text }, ({ state }) => zonesAnswer(state)),
});
