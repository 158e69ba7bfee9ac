import type { DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { ID } from '../../ec2/request/ids.js';
import { interfaceFilters } from '../../ec2/network-interface/interface-filters.js';
import { interfaceView } from '../../ec2/network-interface/interface-view.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { managedResourcesHidden } from '../../ec2/network-interface/managed-resource-visibility.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html */
export const describeNetworkInterfaces = ec2Operation({
  name: 'DescribeNetworkInterfaces',
  kind: 'read',
  run: (call, input: DescribeNetworkInterfacesRequest): DescribeNetworkInterfacesResult => {
    const all = input.IncludeManagedResources === true || !managedResourcesHidden(call.state.ec2);
    const { rows, next } = listRows(input, {
      list: 'DescribeNetworkInterfaces',
      rows: call.state.ec2.interfaces,
      filters: interfaceFilters(call),
      tagsOf: (row) => row.tags,
      ids: { wanted: input.NetworkInterfaceIds, kind: ID.networkInterface, member: 'networkInterfaceIds' },
      visible: (row) => all || row.operator === undefined,
    });
    return { NetworkInterfaces: rows.map((row) => interfaceView(call, row)), NextToken: next };
  },
});
