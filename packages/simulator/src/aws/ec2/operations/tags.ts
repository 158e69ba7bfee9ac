import type { ResourceType } from '@aws-sdk/client-ec2';
import { invalidValue, missingParameter, need } from '../request/text-rules.js';
import { family } from '../request/family.js';
import { applyFilters, type FilterTable } from '../request/filters.js';
import { pageRows } from '../request/list-rows.js';
import { taggedRow, taggedRows, setTags } from '../request/tags.js';

interface Row {
  readonly id: string;
  readonly resourceId: string;
  readonly type: ResourceType;
  readonly key: string;
  readonly value: string;
}

const FILTERS: FilterTable<Row> = {
  key: (row) => row.key,
  'resource-id': (row) => row.resourceId,
  'resource-type': (row) => row.type,
  value: (row) => row.value,
};

/** Tags of all resources. */
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
    const all = [...taggedRows(call.state.ec2)].flatMap(({ id, tags, type }): Row[] =>
      Object.entries(tags).map(([key, value]) => ({ id: `${id}/${key}`, resourceId: id, type, key, value })),
    );
    const left = applyFilters(all, input.Filters, FILTERS, ({ key, value }) => ({ [key]: value }));
    const { rows, next } = pageRows(left, input, { list: 'DescribeTags' });
    return {
      Tags: rows.map((row) => ({ ResourceId: row.resourceId, ResourceType: row.type, Key: row.key, Value: row.value })),
      NextToken: next,
    };
  },
});
