import type { DescribeVirtualInterfacesRequest, VirtualInterfaces } from '@aws-sdk/client-direct-connect';
import { isAsked, pageOf } from '../../direct-connect/list.js';
import { virtualInterfaceView } from '../../direct-connect/views.js';
import { operation } from '../../operation.js';

/**
 * An interface that does not exist is answered with none [U].
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeVirtualInterfaces.html
 */
export const describeVirtualInterfaces = operation<DescribeVirtualInterfacesRequest, VirtualInterfaces>({
  service: 'directconnect',
  name: 'DescribeVirtualInterfaces',
  kind: 'read',
  run: (call, input) => {
    const rows = [...call.state.directConnect.virtualInterfaces.values()].filter(
      (row) => isAsked(row.id, input.virtualInterfaceId) && isAsked(row.connectionId, input.connectionId),
    );
    const { items, next } = pageOf('DescribeVirtualInterfaces', rows, input);
    return { virtualInterfaces: items.map((row) => virtualInterfaceView(call, row)), nextToken: next };
  },
});
