import type { VPC } from '@aws-sdk/client-route-53';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import { change, COMMENT, family, invalidInput, ZONE_ID, zones } from './request.js';
import type { HostedZoneRow, ZoneVpcRow } from './state.js';
import { limited } from '../operation/family.js';

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const MOST_VPCS = 300;
const LIMITS = { HostedZoneId: ZONE_ID, Comment: COMMENT };

/** VPCs of private hosted zones. Those of other accounts are not simulated. */
export const vpcAssociationOperations = family({
  AssociateVPCWithHostedZone: limited(LIMITS, (call, input) => {
    const row = privateZone(call, input.HostedZoneId);
    const vpc = checkVpc(call, input.VPC);
    if (hasVpc(row, vpc)) return { ChangeInfo: change(call, input.Comment) };

    refuseSameName(call, row.name, vpc);
    if (row.vpcs.length >= MOST_VPCS) {
      throw new ServiceError('LimitsExceeded', `A hosted zone can have at most ${MOST_VPCS} VPCs.`); // [U] words
    }

    row.vpcs = [...row.vpcs, vpc];
    return { ChangeInfo: change(call, input.Comment) };
  }),

  DisassociateVPCFromHostedZone: limited(LIMITS, (call, input) => {
    const row = privateZone(call, input.HostedZoneId);
    const { VPCId: id = '', VPCRegion: region = '' } = input.VPC;
    if (!hasVpc(row, input.VPC)) {
      const message = `The VPC ${id} in region ${region} is not associated with the hosted zone ${row.id}.`; // [U] words
      throw new ServiceError('VPCAssociationNotFound', message, 404);
    }
    if (row.vpcs.length === 1) {
      const message = 'Cannot remove last VPC association for the private zone'; // [U] words
      throw new ServiceError('LastVPCAssociation', message);
    }

    row.vpcs = row.vpcs.filter(({ VPCId }) => VPCId !== id);
    return { ChangeInfo: change(call, input.Comment) };
  }),
});

const hasVpc = ({ vpcs }: HostedZoneRow, vpc: VPC): boolean =>
  vpcs.some(({ VPCId, VPCRegion }) => VPCId === vpc.VPCId && VPCRegion === vpc.VPCRegion);

function privateZone(call: AwsCall, id: string): HostedZoneRow {
  const row = zones.get(call, id);
  if (row.isPrivate) return row;

  const message = `You're trying to associate a VPC with the public hosted zone ${row.id}.`; // [U] words
  throw new ServiceError('PublicZoneVPCAssociation', message);
}

/** A VPC of this account. @throws {ServiceError} `InvalidVPCId` [U] words */
export function checkVpc(call: AwsCall, { VPCId, VPCRegion }: VPC): ZoneVpcRow {
  if (VPCId === undefined || VPCRegion === undefined) throw invalidInput('A VPC needs VPCId and VPCRegion.');
  if (call.aws.regions.get(VPCRegion)?.ec2.vpcs.has(VPCId)) return { VPCId, VPCRegion };

  throw new ServiceError('InvalidVPCId', `The VPC ID is invalid: ${VPCId} does not exist in region ${VPCRegion}.`);
}

/** One VPC has one private zone of a name. @throws {ServiceError} `ConflictingDomainExists` */
export function refuseSameName(call: AwsCall, name: string, vpc: ZoneVpcRow): void {
  const other = zones.all(call).find((row) => row.name === name && hasVpc(row, vpc));
  if (!other) return;

  const message = `The VPC ${vpc.VPCId} in region ${vpc.VPCRegion} has already been associated with the hosted zone ${other.id} with the same domain name.`;
  throw new ServiceError('ConflictingDomainExists', message);
}
