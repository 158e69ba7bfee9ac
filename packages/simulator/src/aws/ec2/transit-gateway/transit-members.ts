import type { Ec2State } from '../state.js';
import type { TransitGatewayAttachmentRow, TransitGatewayRouteTableRow } from './state.js';
import { need } from '../request/errors.js';
import { attachmentIn, getTransitRouteTable, needSameGateway } from './transit-gateways.js';

/**
 * The table and the attachment that a call is to tie together, or apart.
 * @throws {ServiceError} `MissingParameter`, those of `getTransitRouteTable` and `attachmentIn`, and
 * `InvalidParameterValue` for those of two gateways.
 */
export function tableAndAttachment(
  ec2: Ec2State,
  input: {
    readonly TransitGatewayRouteTableId: string | undefined;
    readonly TransitGatewayAttachmentId?: string | undefined;
  },
): { readonly table: TransitGatewayRouteTableRow; readonly attachment: TransitGatewayAttachmentRow } {
  const table = getTransitRouteTable(ec2, need(input.TransitGatewayRouteTableId, 'transitGatewayRouteTableId'));
  const wanted = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
  const attachment = attachmentIn(ec2, wanted, 'available');
  needSameGateway(table, attachment);
  return { table, attachment };
}

/** An association or a propagation in the form of a response: its two ends, and its state. */
export function memberView<State extends string>(
  table: TransitGatewayRouteTableRow,
  attachment: TransitGatewayAttachmentRow,
  State: State,
) {
  return {
    TransitGatewayRouteTableId: table.id,
    TransitGatewayAttachmentId: attachment.id,
    ResourceId: attachment.resourceId,
    ResourceType: attachment.resourceType,
    State,
  };
}
