import type {
  CreateTransitGatewayVpcAttachmentRequestOptions,
  TransitGatewayVpcAttachmentOptions,
} from '@aws-sdk/client-ec2';
import { defined } from '../../../simulation/defined.js';
import type { TransitGatewayAttachmentRow } from './state.js';
import { parseBlock, invalidMember, invalidValue } from '../request/text-rules.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Ec2State, SubnetRow } from '../state.js';
import { getRow, ID } from '../request/ids.js';
import { createInterface, deleteInterface, serviceAttachment } from '../vpc/network.js';

/** An option is `enable` or `disable`. @throws {ServiceError} `InvalidParameterValue`. */
export function checkSwitch(name: string, value: string | undefined): void {
  if (value === undefined || value === 'enable' || value === 'disable') return;

  throw invalidMember(name.charAt(0).toLowerCase() + name.slice(1), value, 'It must be enable or disable.');
}

/**
 * A private ASN for Amazon's side.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function checkAsn(asn: number): number {
  const isPrivate = (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
  if (isPrivate) return asn;

  throw invalidMember('amazonSideAsn', asn, 'It must be within 64512-65534 or 4200000000-4294967294.');
}

/** The blocks of a gateway itself: /24 or larger, IPv6 /64 or larger. @throws {ServiceError} `InvalidParameterValue`. */
export function checkGatewayBlocks(blocks: readonly string[]): void {
  for (const text of blocks) {
    const block = parseBlock(text);
    const most = block?.family === 6 ? 64 : 24;
    if (!block || block.bits > most) {
      throw invalidMember('transitGatewayCidrBlocks', text, `It must be a CIDR block of /${most} or larger.`);
    }
  }
}

/**
 * What a VPC attachment has where the call names nothing.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachmentRequestOptions.html
 */
export const DEFAULT_ATTACHMENT_OPTIONS = {
  DnsSupport: 'enable',
  SecurityGroupReferencingSupport: 'enable',
  Ipv6Support: 'disable',
  ApplianceModeSupport: 'disable',
} as const satisfies TransitGatewayVpcAttachmentOptions;

/** The options of a VPC attachment after a call. @throws {ServiceError} `InvalidParameterValue`. */
export function attachmentOptions(
  before: TransitGatewayVpcAttachmentOptions,
  given: CreateTransitGatewayVpcAttachmentRequestOptions,
): TransitGatewayVpcAttachmentOptions {
  const after = { ...before, ...defined(given) };
  for (const [name, value] of Object.entries(after)) checkSwitch(name, value);
  return after;
}

/**
 * The subnets of an attachment: of its VPC, one per zone.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 * @throws {ServiceError} `InvalidSubnetID.NotFound`, `InvalidParameterValue`, `DuplicateSubnetsInSameZone`.
 */
export function attachmentSubnets(ec2: Ec2State, vpcId: string, ids: readonly string[]): readonly SubnetRow[] {
  if (ids.length === 0) throw invalidValue('A transit gateway VPC attachment needs at least one subnet.'); // [U]

  const subnets = ids.map((id) => getRow(ec2, ID.subnet, id));
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
