import { slbFamily } from '../../vpc/request/family.js';
import {
  listParameters,
  tagAll,
  tagPage,
  tagParameters,
  UNTAG_PARAMETERS,
  untagAll,
} from '../../vpc/request/tag-actions.js';
import { taggedSlbRows } from '../../vpc/request/tagged-rows.js';
import type { TaggedInput, TagInput } from '../tag-input.js';

interface UntagResourcesInput extends TaggedInput {
  readonly TagKey?: readonly string[];
  readonly All?: boolean;
}

type ListTagResourcesInput = Pick<TagInput, 'ResourceType'> & Partial<TagInput> & { readonly NextToken?: string };

/** Tags of load balancers. */
export const tagActions = slbFamily({
  TagResources: {
    parameters: tagParameters(20),
    run({ state }, input: TagInput) {
      tagAll(() => taggedSlbRows(state.slb, input.ResourceType), input);
      return {};
    },
  },

  UntagResources: {
    parameters: UNTAG_PARAMETERS,
    run({ state }, input: UntagResourcesInput) {
      untagAll(taggedSlbRows(state.slb, input.ResourceType), input);
      return {};
    },
  },

  ListTagResources: {
    parameters: listParameters(20),
    run: ({ state }, input: ListTagResourcesInput): ReturnType<typeof tagPage> =>
      tagPage('Slb', input.ResourceType.toLowerCase(), taggedSlbRows(state.slb, input.ResourceType), input),
  },
});
