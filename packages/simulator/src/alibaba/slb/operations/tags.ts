import { slbFamily } from '../../vpc/request/family.js';
import {
  listParameters,
  tagAll,
  tagPage,
  tagParameters,
  UNTAG_PARAMETERS,
  untagAll,
  taggedSlbRows,
} from '../../vpc/request/tags.js';

/** Tags of load balancers. */
export const tagActions = slbFamily({
  TagResources: {
    parameters: tagParameters(20),
    run({ state }, input) {
      tagAll(() => taggedSlbRows(state.slb, input.ResourceType), input);
      return {};
    },
  },

  UntagResources: {
    parameters: UNTAG_PARAMETERS,
    run({ state }, input) {
      untagAll(taggedSlbRows(state.slb, input.ResourceType), input);
      return {};
    },
  },

  ListTagResources: {
    parameters: listParameters(20),
    run: ({ state }, input) =>
      tagPage('Slb', input.ResourceType.toLowerCase(), taggedSlbRows(state.slb, input.ResourceType), input),
  },
});
