import { slbAction } from '../../network/network-action.js';
import { tags } from '../../network/parameters.js';
import { taggedSlbRow } from '../../network/tagged-rows.js';
import { readTags, setTags } from '../../network/tags.js';
import { TAGGED, type TagInput } from '../../slb/tag-parameters.js';

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-tagresources */
export const tagResources = slbAction<TagInput, Readonly<Record<never, never>>>({
  name: 'TagResources',
  kind: 'write',
  parameters: { ...TAGGED, Tag: { ...tags, required: true, length: [1, 20] } },
  run: ({ state }, { ResourceType, ResourceId, Tag }) => {
    const given = readTags(Tag);
    const rows = ResourceId.map((id) => taggedSlbRow(state.slb, ResourceType, id));
    for (const row of rows) setTags(row, given);
    return {};
  },
});
