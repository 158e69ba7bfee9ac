import { slbAction } from '../../network/request/network-action.js';
import { untagAll, UNTAG_PARAMETERS } from '../../network/request/tag-actions.js';
import { taggedSlbRows } from '../../network/request/tagged-rows.js';
import type { TaggedInput } from '../../slb/tag-input.js';

interface UntagResourcesInput extends TaggedInput {
  readonly TagKey?: readonly string[];
  readonly All?: boolean;
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-untagresources */
export const untagResources = slbAction<UntagResourcesInput, Readonly<Record<never, never>>>({
  name: 'UntagResources',
  kind: 'write',
  parameters: UNTAG_PARAMETERS,
  run: ({ state }, input) => {
    untagAll(taggedSlbRows(state.slb, input.ResourceType), input);
    return {};
  },
});
