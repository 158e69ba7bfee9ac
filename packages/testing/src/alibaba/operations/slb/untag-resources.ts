import { slbAction } from '../../network/network-action.js';
import { flag, texts } from '../../network/parameters.js';
import { taggedSlbRow } from '../../network/tagged-rows.js';
import { withoutTags } from '../../network/tags.js';
import { TAGGED, type TaggedInput } from '../../slb/tag-parameters.js';

/** SLB has no package on npm: our own types. */
interface UntagResourcesInput extends TaggedInput {
  readonly TagKey?: readonly string[];
  readonly All?: boolean;
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-untagresources */
export const untagResources = slbAction<UntagResourcesInput, Readonly<Record<never, never>>>({
  name: 'UntagResources',
  kind: 'write',
  parameters: { ...TAGGED, TagKey: texts, All: flag },
  run: ({ state }, { ResourceType, ResourceId, TagKey, All = false }) => {
    const rows = ResourceId.map((id) => taggedSlbRow(state.slb, ResourceType, id));
    for (const row of rows) row.tags = withoutTags(row.tags, TagKey, All);
    return {};
  },
});
