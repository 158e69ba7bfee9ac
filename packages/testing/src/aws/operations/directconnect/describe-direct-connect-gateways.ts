import type {
  DescribeDirectConnectGatewaysRequest,
  DescribeDirectConnectGatewaysResult,
} from '@aws-sdk/client-direct-connect';
import { everywhere, isAsked, pageOf } from '../../direct-connect/list.js';
import { operation } from '../../operation.js';

/** @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeDirectConnectGateways.html */
export const describeDirectConnectGateways = operation<
  DescribeDirectConnectGatewaysRequest,
  DescribeDirectConnectGatewaysResult
>({
  service: 'directconnect',
  name: 'DescribeDirectConnectGateways',
  kind: 'read',
  run: (call, input) => {
    const rows = everywhere(call, ({ gateways }) => gateways)
      .map(({ row }) => row)
      .filter(({ id }) => isAsked(id, input.directConnectGatewayId));
    const { items, next } = pageOf('DescribeDirectConnectGateways', rows, input);
    const directConnectGateways = items.map((row) => ({
      directConnectGatewayId: row.id,
      directConnectGatewayName: row.name,
      amazonSideAsn: row.amazonSideAsn,
      ownerAccount: row.ownerId,
      directConnectGatewayState: row.state,
      tags: [],
    }));
    return { directConnectGateways, nextToken: next };
  },
});
