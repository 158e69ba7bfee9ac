import type { DescribeDhcpOptionsRequest, DescribeDhcpOptionsResult } from '@aws-sdk/client-ec2';
import { dhcpOptionsView } from '../../ec2/vpc/dhcp-options-view.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import type { DhcpOptionsRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeDhcpOptions.html (Filter.N) */
const FILTERS: FilterTable<DhcpOptionsRow> = {
  'dhcp-options-id': (row) => row.id,
  key: (row) => row.configurations.map((configuration) => configuration.key),
  value: (row) => row.configurations.flatMap((configuration) => configuration.values),
  'owner-id': (row) => row.ownerId,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeDhcpOptions.html */
export const describeDhcpOptions = ec2Operation({
  name: 'DescribeDhcpOptions',
  kind: 'read',
  run: (call, input: DescribeDhcpOptionsRequest): DescribeDhcpOptionsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeDhcpOptions',
      rows: call.state.ec2.dhcpOptions,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.DhcpOptionsIds, kind: ID.dhcpOptions, member: 'dhcpOptionsIds' },
    });
    return { DhcpOptions: rows.map(dhcpOptionsView), NextToken: next };
  },
});
