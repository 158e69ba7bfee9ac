import type { CreateDefaultSubnetRequest, CreateDefaultSubnetResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { newDefaultSubnet } from '../../ec2/vpc/default-network.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { missingParameter, refuse } from '../../ec2/request/errors.js';
import { subnetView } from '../../ec2/subnet/subnet-view.js';
import { findZone } from '../../ec2/subnet/find-zone.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultSubnet.html */
export const createDefaultSubnet = ec2Operation({
  name: 'CreateDefaultSubnet',
  kind: 'write',
  run: (call, input: CreateDefaultSubnetRequest): CreateDefaultSubnetResult => {
    if (input.Ipv6Native === true) refuse(input, ['Ipv6Native']);
    const zone = findZone(call, input);
    if (zone === undefined) throw missingParameter('availabilityZone');
    const vpc = [...call.state.ec2.vpcs.values()].find((row) => row.isDefault);
    if (vpc === undefined) {
      throw new ServiceError('DefaultVpcDoesNotExist', 'No default VPC exists for this account in this region.');
    }
    const there = [...call.state.ec2.subnets.values()].find((row) => row.isDefault && row.zoneId === zone.id);
    if (there !== undefined) {
      throw new ServiceError(
        'DefaultSubnetAlreadyExistsInAvailabilityZone',
        `'${there.id}' is already the default subnet in ${zone.name}.`,
      );
    }
    const row = newDefaultSubnet(birthplaceOf(call), vpc, zone);
    if (row === undefined) {
      throw new ServiceError('InsufficientFreeAddressesInSubnet', `The vpc '${vpc.id}' has no free /20 block.`); // [U]
    }
    return { Subnet: subnetView(call, row) };
  },
});
