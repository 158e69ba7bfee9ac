import type { AssociateRouteTableRequest, AssociateRouteTableResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, invalidValue, missingParameter, need, refuse } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { ServiceError } from '../../service-error.js';
import type { Ec2State, RouteTableAssociationRow, RouteTableRow } from '../../state/ec2-state.js';

/**
 * Associates a table with a subnet, or with the inbound traffic of a gateway.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html
 */
export const associateRouteTable = ec2Operation({
  name: 'AssociateRouteTable',
  kind: 'write',
  run: (call, input: AssociateRouteTableRequest): AssociateRouteTableResult => {
    refuse(input, ['PublicIpv4Pool']);
    const { ec2 } = call.state;
    const table = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    const { SubnetId: subnetId, GatewayId: gatewayId } = input;
    if (subnetId === undefined && gatewayId === undefined) throw missingParameter('subnetId or gatewayId');
    if (subnetId !== undefined && gatewayId !== undefined) {
      throw invalidCombination('The parameters subnetId and gatewayId cannot be used together.');
    }
    checkNetwork(ec2, table, subnetId, gatewayId);
    for (const other of ec2.routeTables.values()) {
      for (const association of other.associations) {
        const same = association.subnetId === subnetId && association.gatewayId === gatewayId;
        if (!same) continue;
        if (other === table) return answer(association);
        throw new ServiceError(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${table.id} conflicts with an existing association`,
        );
      }
    }
    const row: RouteTableAssociationRow = { id: call.id('rtbassoc-'), subnetId, gatewayId };
    table.associations.push(row);
    return answer(row);
  },
});

function answer(row: RouteTableAssociationRow): AssociateRouteTableResult {
  return { AssociationId: row.id, AssociationState: { State: 'associated' } };
}

function checkNetwork(
  ec2: Ec2State,
  table: RouteTableRow,
  subnetId: string | undefined,
  gatewayId: string | undefined,
): void {
  const [noun, id, vpcId] =
    subnetId !== undefined
      ? ['subnet', subnetId, getRow(ec2.subnets, subnetId, ID.subnet).vpcId]
      : ['gateway', gatewayId ?? '', getRow(ec2.internetGateways, gatewayId ?? '', ID.internetGateway).vpcId];
  if (vpcId !== table.vpcId) {
    throw invalidValue(`route table ${table.id} and ${noun} ${id} belong to different networks`);
  }
}
