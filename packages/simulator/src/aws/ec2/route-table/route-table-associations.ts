import type { Ec2State, RouteTableAssociationRow, RouteTableRow } from '../state.js';
import { checkId, ID, notFound } from '../request/ids.js';

/**
 * An association and the table that it is of.
 * @throws {ServiceError} `InvalidAssociationID.NotFound`, and `…Malformed`.
 */
export function findAssociation(
  ec2: Ec2State,
  id: string,
): { readonly table: RouteTableRow; readonly association: RouteTableAssociationRow } {
  for (const table of ec2.routeTables.values()) {
    const association = table.associations.find((row) => row.id === id);
    if (association !== undefined) return { table, association };
  }
  checkId(id, ID.routeTableAssociation);
  throw notFound(ID.routeTableAssociation, id);
}
