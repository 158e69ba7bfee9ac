import type { DeleteRouteRequest } from '@aws-sdk/client-ec2';
import type { Ec2State, RouteTableAssociationRow, RouteTableRow, RouteRow } from '../state.js';
import { checkId, getRow, ID, PART_ID, notFound } from '../request/ids.js';
import { covers } from '../../../simulation/addresses.js';
import {
  parseBlock,
  invalidCombination,
  invalidMember,
  invalidValue,
  missingParameter,
} from '../request/text-rules.js';
import type { RouteTarget } from './route-target.js';

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
  checkId(id, PART_ID.routeTableAssociation);
  throw notFound(PART_ID.routeTableAssociation, id);
}

type RouteDestination = Pick<RouteRow, 'destination' | 'kind'>;

/**
 * The one destination that a request names; blocks are brought into their canonical form.
 * @throws {ServiceError} `MissingParameter`, `InvalidParameterCombination`, `InvalidParameterValue`, `InvalidPrefixListID.NotFound`.
 */
export function routeDestination(
  ec2: Ec2State,
  input: Pick<DeleteRouteRequest, 'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'>,
): RouteDestination {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = input;
  const given = [DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId].filter(Boolean);
  if (given.length === 0) throw missingParameter('destinationCidrBlock'); // [U] which of the three is named
  if (given.length > 1) throw invalidCombination('The request must contain exactly one destination.'); // [U]
  if (DestinationCidrBlock) return block(DestinationCidrBlock, 'destinationCidrBlock', 4);
  if (DestinationIpv6CidrBlock) return block(DestinationIpv6CidrBlock, 'destinationIpv6CidrBlock', 6);

  return { destination: getRow(ec2, ID.prefixList, DestinationPrefixListId ?? '').id, kind: 'prefix-list' };
}

function block(text: string, member: string, family: 4 | 6): RouteDestination {
  const parsed = parseBlock(text);
  if (parsed?.family !== family) throw invalidMember(member, text, 'This is not a valid CIDR block.');

  return { destination: parsed.text, kind: family === 4 ? 'ipv4' : 'ipv6' };
}

/**
 * A route as specific as one of the VPC's own blocks, or more specific, may only have an interface as its
 * target.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function checkWithinVpc(
  ec2: Ec2State,
  table: RouteTableRow,
  { destination }: RouteDestination,
  target: RouteTarget,
): void {
  const wanted = parseBlock(destination);
  const vpc = ec2.vpcs.get(table.vpcId);
  if (wanted === undefined || vpc === undefined || target.targetKind === 'network-interface') return;

  for (const { cidrBlock } of [...vpc.cidrBlocks, ...vpc.ipv6CidrBlocks]) {
    const own = parseBlock(cidrBlock);
    if (own === undefined || !covers(own, wanted)) continue;

    throw invalidValue(
      `The destination CIDR block ${destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
    );
  }
}
