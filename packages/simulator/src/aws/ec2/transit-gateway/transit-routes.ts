import type { RegionState } from '../../state/region-state.js';
import type { TransitGatewayAttachmentRow, TransitGatewayRouteTableRow } from './state.js';
import { parseBlock } from '../request/cidr.js';
import { vpnRoutes } from '../vpc/vgw-routes.js';

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
  const six = options?.ipv6Support === 'enable' ? vpc.ipv6CidrBlocks : [];
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
