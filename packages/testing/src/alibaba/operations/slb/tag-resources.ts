import { slbAction } from '../../network/request/network-action.js';
import { tagAll, tagParameters } from '../../network/request/tag-actions.js';
import { taggedSlbRows } from '../../network/request/tagged-rows.js';
import type { TagInput } from '../../slb/tag-input.js';

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-tagresources */
export const tagResources = slbAction<TagInput, Readonly<Record<never, never>>>({
  name: 'TagResources',
  kind: 'write',
  parameters: tagParameters(20),
  run: ({ state }, input) => {
    tagAll(() => taggedSlbRows(state.slb, input.ResourceType), input);
    return {};
  },
});
