import type { DescribeManagedPrefixListsRequest, DescribeManagedPrefixListsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { prefixListView } from '../../ec2/prefix-list/prefix-list-view.js';
import type { PrefixListRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html (Filter.N) */
const FILTERS: FilterTable<PrefixListRow> = {
  'owner-id': (row) => row.ownerId,
  'prefix-list-id': (row) => row.id,
  'prefix-list-name': (row) => row.name,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html */
export const describeManagedPrefixLists = ec2Operation({
  name: 'DescribeManagedPrefixLists',
  kind: 'read',
  run: (call, input: DescribeManagedPrefixListsRequest): DescribeManagedPrefixListsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeManagedPrefixLists',
      rows: call.state.ec2.prefixLists,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.PrefixListIds, kind: ID.prefixList, member: 'prefixListIds' },
      size: [1, 100],
      defaultSize: 100,
    });
    return { PrefixLists: rows.map((row) => prefixListView(call, row)), NextToken: next };
  },
});
