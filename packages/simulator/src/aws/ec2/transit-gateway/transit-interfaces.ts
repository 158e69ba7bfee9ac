import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';
import type { Ec2State, SubnetRow } from '../state.js';
import type { TransitGatewayAttachmentRow } from './state.js';
import { invalidValue } from '../request/errors.js';
import { getRow, ID } from '../request/ids.js';
import { createInterface, deleteInterface, serviceAttachment } from '../vpc/network.js';

/**
 * The subnets of an attachment: of its VPC, one per zone.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 * @throws {ServiceError} `InvalidSubnetID.NotFound`, `InvalidParameterValue`, `DuplicateSubnetsInSameZone`.
 */
export function attachmentSubnets(ec2: Ec2State, vpcId: string, ids: readonly string[]): readonly SubnetRow[] {
  if (ids.length === 0) throw invalidValue('A transit gateway VPC attachment needs at least one subnet.'); // [U]
  const subnets = ids.map((id) => getRow(ec2.subnets, id, ID.subnet));
  const stranger = subnets.find((subnet) => subnet.vpcId !== vpcId);
  if (stranger) throw invalidValue(`Subnet ${stranger.id} does not belong to VPC ${vpcId}.`); // [U]
  if (new Set(subnets.map(({ zoneId }) => zoneId)).size < subnets.length) {
    throw new ServiceError('DuplicateSubnetsInSameZone', 'Duplicate Subnets for same AZ');
  }
  return subnets;
}

/** The gateway's interface in a subnet. It uses an address, and has no security group. */
export function addGatewayInterface(call: AwsCall, { id }: TransitGatewayAttachmentRow, subnetId: string): void {
  const row = createInterface(call, {
    subnetId,
    groupIds: [],
    interfaceType: 'transit_gateway',
    description: descriptionOf(id),
    requesterId: call.account,
    requesterManaged: true,
    attachment: serviceAttachment(call),
  });
  row.groupIds = [];
}

/** Deletes the gateway's interfaces: those in some subnets, or all. */
export function removeGatewayInterfaces(
  call: Pick<AwsCall, 'state'>,
  { id }: Pick<TransitGatewayAttachmentRow, 'id'>,
  subnetIds?: readonly string[],
): void {
  for (const row of call.state.ec2.interfaces.values()) {
    if (row.description !== descriptionOf(id) || row.interfaceType !== 'transit_gateway') continue;
    if (subnetIds === undefined || subnetIds.includes(row.subnetId)) deleteInterface(call, row.id);
  }
}

const descriptionOf = (id: string): string => `Network Interface for Transit Gateway Attachment ${id}`;
