import type { SubnetCidrReservation } from '@aws-sdk/client-ec2';
import type { CidrReservationRow } from '../state.js';
import { tagList } from '../request/tags.js';

/** A subnet CIDR reservation as the API shows it. */
export function reservationView(row: CidrReservationRow): SubnetCidrReservation {
  return {
    SubnetCidrReservationId: row.id,
    SubnetId: row.subnetId,
    Cidr: row.cidrBlock,
    ReservationType: row.type,
    OwnerId: row.ownerId,
    Description: row.description,
    Tags: tagList(row.tags),
  };
}
