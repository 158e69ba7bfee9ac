import type {
  DescribeDirectConnectGatewayAttachmentsRequest,
  DescribeDirectConnectGatewayAttachmentsResult,
} from '@aws-sdk/client-direct-connect';
import { everywhere, isAsked, pageOf } from '../../direct-connect/list.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/**
 * The virtual interfaces of a Direct Connect gateway. The gateway or the interface must be named.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeDirectConnectGatewayAttachments.html
 */
export const describeDirectConnectGatewayAttachments = operation<
  DescribeDirectConnectGatewayAttachmentsRequest,
  DescribeDirectConnectGatewayAttachmentsResult
>({
  service: 'directconnect',
  name: 'DescribeDirectConnectGatewayAttachments',
  kind: 'read',
  run: (call, input) => {
    const { directConnectGatewayId, virtualInterfaceId } = input;
    if (directConnectGatewayId === undefined && virtualInterfaceId === undefined) {
      throw new ServiceError(
        'DirectConnectClientException',
        'One of directConnectGatewayId and virtualInterfaceId is required.', // [U]
      );
    }
    const rows = everywhere(call, ({ virtualInterfaces }) => virtualInterfaces)
      .filter(({ row }) => row.directConnectGatewayId !== undefined)
      .filter(
        ({ row }) => isAsked(row.directConnectGatewayId, directConnectGatewayId) && isAsked(row.id, virtualInterfaceId),
      )
      .map(({ region, row }) => ({ ...row, region }));
    const { items, next } = pageOf('DescribeDirectConnectGatewayAttachments', rows, input);
    const directConnectGatewayAttachments = items.map((row) => ({
      directConnectGatewayId: row.directConnectGatewayId,
      virtualInterfaceId: row.id,
      virtualInterfaceRegion: row.region,
      virtualInterfaceOwnerAccount: row.ownerId,
      attachmentState: 'attached' as const,
      attachmentType:
        row.type === 'transit' ? ('TransitVirtualInterface' as const) : ('PrivateVirtualInterface' as const),
    }));
    return { directConnectGatewayAttachments, nextToken: next };
  },
});
