import type { DisassociateRouteTableRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need } from '../../ec2/request/errors.js';
import { isMainAssociation } from '../../ec2/route-table/new-route-table.js';
import { findAssociation } from '../../ec2/route-table/route-table-associations.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateRouteTable.html */
export const disassociateRouteTable = ec2Operation({
  name: 'DisassociateRouteTable',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DisassociateRouteTableRequest): Record<string, never> => {
    const { table, association } = findAssociation(ec2, need(input.AssociationId, 'associationId'));
    if (isMainAssociation(association)) {
      throw invalidValue(`cannot disassociate the main route table association ${association.id}`);
    }
    table.associations = table.associations.filter((row) => row !== association);
    return {};
  },
});
