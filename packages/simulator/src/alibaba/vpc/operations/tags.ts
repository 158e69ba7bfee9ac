import { vpcFamily } from '../request/family.js';
import { TOKENS } from '../request/text-rules.js';
import {
  listParameters,
  tagAll,
  tagPage,
  tagParameters,
  UNTAG_PARAMETERS,
  untagAll,
  taggedVpcRows,
} from '../request/tags.js';

export const tagActions = vpcFamily({
  TagResources: {
    parameters: tagParameters(50),
    run({ state }, input) {
      tagAll(() => taggedVpcRows(state.network, input.ResourceType), input);
      return {};
    },
  },

  /** VPC spells it `UnTagResources`. */
  UnTagResources: {
    parameters: UNTAG_PARAMETERS,
    run({ state }, input) {
      untagAll(taggedVpcRows(state.network, input.ResourceType), input);
      return {};
    },
  },

  ListTagResources: {
    parameters: { ...listParameters(50), ...TOKENS },
    run: ({ state }, input) =>
      tagPage('Vpc', input.ResourceType.toUpperCase(), taggedVpcRows(state.network, input.ResourceType), input),
  },
});
