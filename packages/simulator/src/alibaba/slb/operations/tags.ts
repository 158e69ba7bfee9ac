import { slbFamily } from '../../vpc/request/family.js';
import {
  listParameters,
  tagAll,
  tagPage,
  tagParameters,
  UNTAG_PARAMETERS,
  untagAll,
  type GivenTag,
  taggedSlbRows,
} from '../../vpc/request/tags.js';

/** Which resources the actions on tags mean. SLB has no package on npm: our own types. */
interface TaggedInput {
  readonly ResourceType: string;
  readonly ResourceId: readonly string[];
}

interface TagInput extends TaggedInput {
  readonly Tag: readonly GivenTag[];
}

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
