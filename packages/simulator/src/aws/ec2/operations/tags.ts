import type { TagDescription } from '@aws-sdk/client-ec2';
import { invalidValue, missingParameter, need } from '../request/text-rules.js';
import { family } from '../request/family.js';
import { applyFilters, shownFilters } from '../request/filters.js';
import { pageRows } from '../request/list-rows.js';
import { tagList, taggedRow, taggedRows, setTags } from '../request/tags.js';

const FILTERS = {
  ...shownFilters('key resource-id resource-type', (tag: TagDescription) => tag),
  value: ({ Value }: TagDescription) => Value, // an empty one can be wanted
};

export const tagOperations = family({
  /** Sets tags on each of the resources, or on none. */
  CreateTags({ state: { ec2 } }, input) {
    const rows = need(input.Resources, 'resourceIdSet').map((id) => taggedRow(ec2, id));
    const tags = need(input.Tags, 'tagSet');
    if (rows.length === 0) throw missingParameter('resourceIdSet');
    if (tags.length === 0) throw missingParameter('tagSet');

    for (const row of rows) setTags({ ...row.tags }, tags);
    for (const row of rows) setTags(row.tags, tags);
    return {};
  },

  /** Removes tags: by key; by key and value where a value is given; all of the user's where no tags are. */
  DeleteTags({ state: { ec2 } }, input) {
    const rows = need(input.Resources, 'resourceIdSet').map((id) => taggedRow(ec2, id));
    if (rows.length === 0) throw missingParameter('resourceIdSet');

    for (const { Key = '' } of input.Tags ?? []) {
      if (Key.startsWith('aws:')) throw invalidValue(`Tag keys starting with 'aws:' are reserved for internal use`);
    }
    for (const { tags } of rows) {
      const wanted = input.Tags ?? Object.keys(tags).map((Key) => ({ Key, Value: undefined }));
      for (const { Key = '', Value } of wanted) {
        if (Key.startsWith('aws:')) continue;

        if (Value === undefined || tags[Key] === Value) delete tags[Key];
      }
    }
    return {};
  },

  DescribeTags(call, input) {
    const all = [...taggedRows(call.state.ec2)].flatMap(({ id, tags, type }) =>
      tagList(tags).map((tag): TagDescription => ({ ResourceId: id, ResourceType: type, ...tag })),
    );
    const left = applyFilters(all, input.Filters, FILTERS, ({ Key = '', Value = '' }) => ({ [Key]: Value }));
    const rows = left.map((tag) => ({ id: `${tag.ResourceId}/${tag.Key}`, tag }));
    const { rows: page, next } = pageRows(rows, input, { list: 'DescribeTags' });
    return { Tags: page.map(({ tag }) => tag), NextToken: next };
  },
});
