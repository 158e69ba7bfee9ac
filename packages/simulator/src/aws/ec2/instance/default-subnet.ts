import type { Placement } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { SubnetRow } from '../state.js';
import { invalidValue, refuse } from '../request/text-rules.js';

/**
 * The subnet of a launch that names none: a default subnet of the default VPC, in the zone that is asked for.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (VPCIdNotSpecified, MissingInput)
 * @throws {ServiceError} `VPCIdNotSpecified`, `MissingInput`, `InvalidParameterValue`.
 */
export function defaultSubnet(call: AwsCall, placement: Placement = {}): SubnetRow {
  const { ec2 } = call.state;
  const vpc = [...ec2.vpcs.values()].find(({ isDefault }) => isDefault);
  if (vpc === undefined) throw new ServiceError('VPCIdNotSpecified', 'No default VPC for this user.');

  const all = [...ec2.subnets.values()].filter(({ vpcId, fields }) => vpcId === vpc.id && fields.DefaultForAz === true);
  if (all.length === 0) {
    throw new ServiceError(
      'MissingInput',
      `No subnets found for the default VPC '${vpc.id}'. Please specify a subnet.`,
    );
  }

  const { AvailabilityZone: name, AvailabilityZoneId: id } = placement;
  const found = all.find((row) => (name ?? row.zoneName) === row.zoneName && (id ?? row.zoneId) === row.zoneId);
  if (found !== undefined) return found;

  throw invalidValue(`Invalid availability zone: [${name ?? id ?? ''}]`); // [U]
}

/** Refuses what a placement may ask for beside a zone and the default tenancy. */
export function checkPlacement({ Tenancy, GroupName, ...placement }: Placement): void {
  refuse(placement, ['Affinity', 'PartitionNumber', 'HostId', 'SpreadDomain', 'HostResourceGroupArn', 'GroupId']);
  if (Tenancy !== undefined && Tenancy !== 'default') refuse({ Tenancy }, ['Tenancy']);
  if (GroupName !== undefined && GroupName !== '') refuse({ GroupName }, ['GroupName']);
}
