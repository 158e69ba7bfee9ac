import type {
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
  TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import type { RegionState } from '../../state/aws-state.js';
import type { TransitGatewayAttachmentRow, TransitGatewayRouteTableRow, TransitGatewayRow } from './state.js';
import { parseBlock, invalidCombination, invalidMember, missingParameter, need } from '../request/text-rules.js';
import { vpnRoutes } from '../vpc/vgw-routes.js';
import type { AwsCall } from '../../operation/operation.js';
import { arnOf, tagList } from '../request/family.js';
import type { Ec2State } from '../state.js';
import { attached, attachmentIn, needSameGateway } from './transit-gateways.js';

/** A route of a transit gateway's table. */
export interface TransitRoute {
  readonly destination: string;
  readonly type: 'static' | 'propagated';
  /** Several where equal routes are propagated; none for a static route that drops its packets. */
  readonly attachments: readonly TransitGatewayAttachmentRow[];
  readonly state: 'active' | 'blackhole';
}

/** Which propagated routes win over which, for one destination. @see https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html (route evaluation order) */
const ORDER: Readonly<Record<TransitGatewayAttachmentRow['resourceType'], number>> = {
  vpc: 0,
  'direct-connect-gateway': 1,
  vpn: 2,
};

/**
 * All routes of a transit gateway's table, the ones in effect: for one destination a static route, else the propagated one
 * that is preferred.
 */
export function transitRoutes(state: RegionState, table: TransitGatewayRouteTableRow): readonly TransitRoute[] {
  const { transitGatewayAttachments: attachments } = state.ec2;
  const routes = new Map<string, TransitRoute>();
  for (const { destination, attachmentId } of table.routes) {
    const attachment = attachmentId === undefined ? undefined : attachments.get(attachmentId);
    const alive = attachment?.state === 'available';
    routes.set(destination, {
      destination,
      type: 'static',
      attachments: attachment ? [attachment] : [],
      state: alive ? 'active' : 'blackhole',
    });
  }
  const propagating = table.propagations
    .map((id) => attachments.get(id))
    .filter((row) => row?.state === 'available')
    .filter((row) => row !== undefined)
    .sort((a, b) => ORDER[a.resourceType] - ORDER[b.resourceType]);
  for (const attachment of propagating) {
    for (const destination of blocksBehind(state, attachment)) {
      if (routes.has(destination)) continue;

      routes.set(destination, { destination, type: 'propagated', attachments: [attachment], state: 'active' });
    }
  }
  return [...routes.values()];
}

/** The blocks that an attachment propagates: its VPC's, or what the other end of a line announces. */
export function blocksBehind(state: RegionState, attachment: TransitGatewayAttachmentRow): readonly string[] {
  const { resourceId, resourceType, options } = attachment;
  if (resourceType === 'vpn') return vpnRoutes(state, ({ id }) => id === resourceId).map((row) => row.destination);
  if (resourceType === 'direct-connect-gateway') {
    return [...state.directConnect.virtualInterfaces.values()]
      .filter((row) => row.directConnectGatewayId === resourceId && row.type === 'transit')
      .filter((row) => row.state === 'available' && row.bgpStatus === 'up')
      .flatMap((row) => row.announced);
  }

  const vpc = state.ec2.vpcs.get(resourceId);
  if (vpc === undefined) return attachment.foreignBlocks ?? [];

  const six = options?.Ipv6Support === 'enable' ? vpc.ipv6CidrBlocks : [];
  return [...vpc.cidrBlocks, ...six]
    .filter((row) => row.state === 'associated')
    .map(({ cidrBlock }) => parseBlock(cidrBlock)?.text ?? cidrBlock);
}

/** The table by which an attachment's packets are routed. */
export function tableOf(
  { ec2 }: RegionState,
  { id }: Pick<TransitGatewayAttachmentRow, 'id'>,
): TransitGatewayRouteTableRow | undefined {
  return [...ec2.transitGatewayRouteTables.values()].find(
    (table) => table.state === 'available' && table.associations.includes(id),
  );
}

/** A transit gateway as the API shows it. */
export function transitGatewayView(call: AwsCall, { id, ownerId, fields, tags }: TransitGatewayRow): TransitGateway {
  const arn = arnOf(call, id, ownerId);
  return { TransitGatewayId: id, TransitGatewayArn: arn, OwnerId: ownerId, ...fields, Tags: tagList(tags) };
}

/** A VPC attachment as the API shows it. */
export function vpcAttachmentView(row: TransitGatewayAttachmentRow): TransitGatewayVpcAttachment {
  return {
    TransitGatewayAttachmentId: row.id,
    TransitGatewayId: row.transitGatewayId,
    VpcId: row.resourceId,
    VpcOwnerId: row.resourceOwnerId,
    State: row.state,
    SubnetIds: [...row.subnetIds],
    CreationTime: row.createdAt,
    Options: row.options,
    Tags: tagList(row.tags),
  };
}

/** An attachment of any kind as the API shows it. */
export function attachmentView(state: RegionState, row: TransitGatewayAttachmentRow): TransitGatewayAttachment {
  const table = tableOf(state, row);
  return {
    ...attached(row),
    TransitGatewayId: row.transitGatewayId,
    TransitGatewayOwnerId: row.transitGatewayOwnerId,
    ResourceOwnerId: row.resourceOwnerId,
    State: row.state,
    Association: table && { TransitGatewayRouteTableId: table.id, State: 'associated' },
    CreationTime: row.createdAt,
    Tags: tagList(row.tags),
  };
}

/** Whether a table is its gateway's default for associations, and for propagations. */
export function defaultsOf(
  { ec2 }: RegionState,
  { id, transitGatewayId }: TransitGatewayRouteTableRow,
): { readonly association: boolean; readonly propagation: boolean } {
  const options = ec2.transitGateways.get(transitGatewayId)?.fields.Options;
  return {
    association: options?.AssociationDefaultRouteTableId === id,
    propagation: options?.PropagationDefaultRouteTableId === id,
  };
}

/** A transit gateway's table as the API shows it. */
export function transitRouteTableView(state: RegionState, row: TransitGatewayRouteTableRow): TransitGatewayRouteTable {
  const { association, propagation } = defaultsOf(state, row);
  return {
    TransitGatewayRouteTableId: row.id,
    TransitGatewayId: row.transitGatewayId,
    State: row.state,
    DefaultAssociationRouteTable: association,
    DefaultPropagationRouteTable: propagation,
    CreationTime: row.createdAt,
    Tags: tagList(row.tags),
  };
}

/** A route of a transit gateway's table as the API shows it. */
export function transitRouteView({ destination, attachments, type, state }: TransitRoute): TransitGatewayRoute {
  return {
    DestinationCidrBlock: destination,
    TransitGatewayAttachments: attachments.map(attached),
    Type: type,
    State: state,
  };
}

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
