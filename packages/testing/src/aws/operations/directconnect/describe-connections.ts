import type { Connections, DescribeConnectionsRequest } from '@aws-sdk/client-direct-connect';
import { isAsked, pageOf } from '../../direct-connect/list.js';
import { connectionView } from '../../direct-connect/views.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeConnections.html */
export const describeConnections = operation<DescribeConnectionsRequest, Connections>({
  service: 'directconnect',
  name: 'DescribeConnections',
  kind: 'read',
  run: (call, input) => {
    const rows = [...call.state.directConnect.connections.values()].filter(({ id }) => isAsked(id, input.connectionId));
    if (input.connectionId !== undefined && rows.length === 0) {
      throw new ServiceError(
        'DirectConnectClientException',
        `Could not find Connection with ID ${input.connectionId}`, // as Terraform's provider matches it
      );
    }
    const { items, next } = pageOf('DescribeConnections', rows, input);
    return { connections: items.map((row) => connectionView(call, row)), nextToken: next };
  },
});
