import type { DescribeTagsRequest, DescribeTagsResult, ResourceType } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { applyFilters, type FilterTable } from '../../ec2/request/filters.js';
import { pageRows } from '../../ec2/request/list-rows.js';
import { taggedRows } from '../../ec2/request/tagged-rows.js';

interface Row {
  readonly id: string;
  readonly resourceId: string;
  readonly type: ResourceType;
  readonly key: string;
  readonly value: string;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html (Filter.N) */
const FILTERS: FilterTable<Row> = {
  key: (row) => row.key,
  'resource-id': (row) => row.resourceId,
  'resource-type': (row) => row.type,
  value: (row) => row.value,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html */
export const describeTags = ec2Operation({
  name: 'DescribeTags',
  kind: 'read',
  run: (call, input: DescribeTagsRequest): DescribeTagsResult => {
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
