import type { DeleteSubnetCidrReservationRequest, DeleteSubnetCidrReservationResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { reservationView } from '../../ec2/subnet/reservation-view.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnetCidrReservation.html */
export const deleteSubnetCidrReservation = ec2Operation({
  name: 'DeleteSubnetCidrReservation',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteSubnetCidrReservationRequest): DeleteSubnetCidrReservationResult => {
    const id = need(input.SubnetCidrReservationId, 'subnetCidrReservationId');
    const row = getRow(ec2.cidrReservations, id, ID.reservation);
    ec2.cidrReservations.delete(row.id);
    return { DeletedSubnetCidrReservation: reservationView(row) };
  },
});
