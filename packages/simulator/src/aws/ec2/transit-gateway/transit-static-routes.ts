import type { TransitGatewayRoute } from '@aws-sdk/client-ec2';
import type { Ec2State } from '../state.js';
import type { RegionState } from '../../state/region-state.js';
import type { TransitGatewayRouteTableRow } from './state.js';
import { parseBlock } from '../request/cidr.js';
import { invalidCombination, invalidMember, missingParameter, need } from '../request/errors.js';
import { attachmentIn, needSameGateway } from './transit-gateways.js';
import { transitRoutes } from './transit-routes.js';
import { transitRouteView } from './transit-views.js';

/** A destination in its canonical form. @throws {ServiceError} `InvalidParameterValue`, `MissingParameter`. */
export function routeBlock(text: string | undefined): string {
  const given = need(text, 'destinationCidrBlock');
  const block = parseBlock(given);
  if (block === undefined) throw invalidMember('destinationCidrBlock', given, 'This is not a valid CIDR block.');
  return block.text;
}

/**
 * The attachment that is the target of a static route; undefined for a blackhole.
 * @throws {ServiceError} `MissingParameter`, `InvalidParameterCombination`, and those of the attachment.
 */
export function routeAttachment(
  ec2: Ec2State,
  table: TransitGatewayRouteTableRow,
  input: { readonly TransitGatewayAttachmentId?: string | undefined; readonly Blackhole?: boolean | undefined },
): string | undefined {
  const wanted = input.TransitGatewayAttachmentId ?? '';
  if (wanted === '') {
    // Terraform's provider sends an empty one with a blackhole
    if (input.Blackhole === true) return undefined;
    throw missingParameter('transitGatewayAttachmentId');
  }
  if (input.Blackhole === true) {
    throw invalidCombination('The parameter transitGatewayAttachmentId cannot be used with the parameter blackhole'); // [U]
  }
  const attachment = attachmentIn(ec2, wanted, 'available');
  needSameGateway(table, attachment);
  return attachment.id;
}

/** A static route as the API shows it. */
export function routeAt(
  state: RegionState,
  table: TransitGatewayRouteTableRow,
  destination: string,
): TransitGatewayRoute {
  const route = transitRoutes(state, table).find((row) => row.destination === destination);
  return route ? transitRouteView(route) : {};
}
