import type { ReplaceRouteTableAssociationRequest, ReplaceRouteTableAssociationResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { findAssociation } from '../../ec2/route-table/route-table-associations.js';

/**
 * Replaces the table of an association. For the main association, another table becomes the main one.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html
 */
export const replaceRouteTableAssociation = ec2Operation({
  name: 'ReplaceRouteTableAssociation',
  kind: 'write',
  run: (call, input: ReplaceRouteTableAssociationRequest): ReplaceRouteTableAssociationResult => {
    const { ec2 } = call.state;
    const { table, association } = findAssociation(ec2, need(input.AssociationId, 'associationId'));
    const next = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    if (next.vpcId !== table.vpcId) {
      throw invalidValue(`route table ${next.id} and route table ${table.id} belong to different networks`);
    }
    table.associations = table.associations.filter((row) => row !== association);
    const row = { ...association, id: call.id('rtbassoc-') };
    next.associations.push(row);
    return { NewAssociationId: row.id, AssociationState: { State: 'associated' } };
  },
});
