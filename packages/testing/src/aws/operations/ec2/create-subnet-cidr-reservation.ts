import { covers, overlaps } from '../../../simulation/blocks.js';
import type { CreateSubnetCidrReservationRequest, CreateSubnetCidrReservationResult } from '@aws-sdk/client-ec2';
import { parseBlock } from '../../ec2/request/cidr.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, invalidValue, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { reservationView } from '../../ec2/subnet/reservation-view.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import type { CidrReservationRow } from '../../state/ec2-state.js';

/**
 * Reserves a part of a subnet: EC2 does not choose its addresses for an interface.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnetCidrReservation.html
 */
export const createSubnetCidrReservation = ec2Operation({
  name: 'CreateSubnetCidrReservation',
  kind: 'write',
  run: (call, input: CreateSubnetCidrReservationRequest): CreateSubnetCidrReservationResult => {
    const { ec2 } = call.state;
    const subnet = getRow(ec2.subnets, need(input.SubnetId, 'subnetId'), ID.subnet);
    const text = need(input.Cidr, 'cidr');
    const block = parseBlock(text);
    if (block === undefined) throw invalidMember('cidr', text, 'This is not a valid CIDR block.');
    const type = need<string>(input.ReservationType, 'reservationType');
    if (type !== 'prefix' && type !== 'explicit') throw invalidMember('reservationType', type, 'Unknown type.');
    const outer = [subnet.cidrBlock, ...subnet.ipv6CidrBlocks.map((row) => row.cidrBlock)].map(parseBlock);
    if (!outer.some((range) => range && covers(range, block))) {
      throw invalidValue(`Reservation CIDR should be within subnet CIDR block (${subnet.cidrBlock})`);
    }
    for (const other of ec2.cidrReservations.values()) {
      const range = parseBlock(other.cidrBlock);
      if (other.subnetId !== subnet.id || range === undefined || !overlaps(range, block)) continue;
      throw invalidValue(`Reservation CIDR ${block.text} has overlap with existing reserved CIDR block`);
    }
    const row: CidrReservationRow = {
      id: call.id('scr-'),
      subnetId: subnet.id,
      ownerId: call.account,
      cidrBlock: block.text,
      type,
      description: input.Description,
      tags: tagsFrom(input.TagSpecifications, 'subnet-cidr-reservation'),
    };
    ec2.cidrReservations.set(row.id, row);
    return { SubnetCidrReservation: reservationView(row) };
  },
});
