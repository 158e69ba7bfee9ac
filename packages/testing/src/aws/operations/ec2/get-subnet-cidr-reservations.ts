import type { GetSubnetCidrReservationsRequest, GetSubnetCidrReservationsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { reservationView } from '../../ec2/subnet/reservation-view.js';
import type { CidrReservationRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSubnetCidrReservations.html (Filter.N) */
const FILTERS: FilterTable<CidrReservationRow> = {
  reservationType: (row) => row.type,
  'subnet-id': (row) => row.subnetId,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSubnetCidrReservations.html */
export const getSubnetCidrReservations = ec2Operation({
  name: 'GetSubnetCidrReservations',
  kind: 'read',
  run: (call, input: GetSubnetCidrReservationsRequest): GetSubnetCidrReservationsResult => {
    const { id } = getRow(call.state.ec2.subnets, need(input.SubnetId, 'subnetId'), ID.subnet);
    const { rows, next } = listRows(input, {
      list: `GetSubnetCidrReservations/${id}`,
      rows: call.state.ec2.cidrReservations,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      visible: (row) => row.subnetId === id,
    });
    const isIpv6 = (row: CidrReservationRow): boolean => row.cidrBlock.includes(':');
    return {
      SubnetIpv4CidrReservations: rows.filter((row) => !isIpv6(row)).map(reservationView),
      SubnetIpv6CidrReservations: rows.filter(isIpv6).map(reservationView),
      NextToken: next,
    };
  },
});
