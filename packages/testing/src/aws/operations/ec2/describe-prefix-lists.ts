import type { DescribePrefixListsRequest, DescribePrefixListsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { entriesOf, isAws } from '../../ec2/prefix-list/prefix-list-view.js';
import type { PrefixListRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePrefixLists.html (Filter.N) */
const FILTERS: FilterTable<PrefixListRow> = {
  'prefix-list-id': (row) => row.id,
  'prefix-list-name': (row) => row.name,
};

/**
 * The lists that AWS manages, with what is in them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePrefixLists.html
 */
export const describePrefixLists = ec2Operation({
  name: 'DescribePrefixLists',
  kind: 'read',
  run: (call, input: DescribePrefixListsRequest): DescribePrefixListsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribePrefixLists',
      rows: call.state.ec2.prefixLists,
      filters: FILTERS,
      ids: { wanted: input.PrefixListIds, kind: ID.prefixList, member: 'prefixListIds' },
      visible: isAws,
    });
    const views = rows.map((row) => ({
      PrefixListId: row.id,
      PrefixListName: row.name,
      Cidrs: (entriesOf(row) ?? []).map((entry) => entry.cidr),
    }));
    return { PrefixLists: views, NextToken: next };
  },
});
