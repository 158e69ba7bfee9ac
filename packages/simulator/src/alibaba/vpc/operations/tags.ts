import { vpcFamily, TOKENS } from '../request/text-rules.js';
import {
  listParameters,
  tagAll,
  tagPage,
  tagParameters,
  UNTAG_PARAMETERS,
  untagAll,
  taggedVpcRows,
} from '../request/tags.js';
import { action } from '../../operation/family.js';

export const tagActions = vpcFamily({
  TagResources: action(tagParameters(50), ({ state }, input) => {
    tagAll(() => taggedVpcRows(state.network, input.ResourceType), input);
    return {};
  }),

  /** VPC spells it `UnTagResources`. */
  UnTagResources: action(UNTAG_PARAMETERS, ({ state }, input) => {
    untagAll(taggedVpcRows(state.network, input.ResourceType), input);
    return {};
  }),

  ListTagResources: action({ ...listParameters(50), ...TOKENS }, ({ state }, input) =>
    tagPage('Vpc', input.ResourceType.toUpperCase(), taggedVpcRows(state.network, input.ResourceType), input),
  ),
});
