import { slbAction } from '../../network/request/network-action.js';
import { listParameters, tagPage } from '../../network/request/tag-actions.js';
import { taggedSlbRows } from '../../network/request/tagged-rows.js';
import type { TagInput } from '../../slb/tag-input.js';

type ListTagResourcesInput = Pick<TagInput, 'ResourceType'> & Partial<TagInput> & { readonly NextToken?: string };

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-listtagresources */
export const listTagResources = slbAction<ListTagResourcesInput, ReturnType<typeof tagPage>>({
  name: 'ListTagResources',
  kind: 'read',
  parameters: listParameters(20),
  run: ({ state }, input) =>
    tagPage('Slb', input.ResourceType.toLowerCase(), taggedSlbRows(state.slb, input.ResourceType), input),
});
