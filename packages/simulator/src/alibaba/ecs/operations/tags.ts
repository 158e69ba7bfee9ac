import { ecsFamily } from '../../vpc/request/family.js';
import {
  listParameters,
  tagAll,
  tagPage,
  tagParameters,
  UNTAG_PARAMETERS,
  untagAll,
  taggedEcsRows,
} from '../../vpc/request/tags.js';

/** Tags of all resources of ECS. */
export const tagActions = ecsFamily({
  TagResources: {
    parameters: tagParameters(50),
    run({ state }, input) {
      tagAll(() => taggedEcsRows(state.network, input.ResourceType), input);
      return {};
    },
  },

  UntagResources: {
    parameters: UNTAG_PARAMETERS,
    run({ state }, input) {
      untagAll(taggedEcsRows(state.network, input.ResourceType), input);
      return {};
    },
  },

  ListTagResources: {
    parameters: listParameters(50),
    run: ({ state }, input) =>
      tagPage('Ecs', input.ResourceType.toLowerCase(), taggedEcsRows(state.network, input.ResourceType), input),
  },
});
