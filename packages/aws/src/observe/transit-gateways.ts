import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { TransitAttachment, TransitGateway, TransitRoute, TransitRouteTable } from '@postern/core/snapshot';
import type {
  TransitAttachmentOutput,
  TransitRouteOutput,
  TransitRouteTableOutput,
  TransitVpcAttachmentOutput,
} from '../sdk-types.js';
import { plain } from '../client/plain.js';
import type { Session } from '../client/session.js';
import {
  listAttachments,
  listGateways,
  listTables,
  listVpcAttachments,
  searchRoutes,
} from '../network/transit-lists.js';

/**
 * All transit gateways that the account sees, with attachments, tables and routes. Without a gateway one call; the tables of a
 * gateway that another account owns are not shown, which is a gap. `undefined` for a gap.
 */
export async function observeTransitGateways(
  session: Session,
  account: string,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly TransitGateway[] | undefined> {
  const gateways = await gaps.attempt({ what: 'transit gateways', of: 'transitGateways' }, () =>
    listGateways(session, ctx),
  );
  if (gateways === undefined || gateways.length === 0) return gateways === undefined ? undefined : [];
  const attempt = <T>(what: string, read: () => Promise<T>) => gaps.attempt({ what, of: 'transitGateways' }, read);
  const [attachments, vpcAttachments, tables] = await Promise.all([
    attempt('transit gateway attachments', () => listAttachments(session, ctx)),
    attempt('VPC attachments of transit gateways', () => listVpcAttachments(session, ctx)),
    attempt('transit gateway route tables', () => listTables(session, ctx)),
  ]);
  return Promise.all(
    gateways.map(async (gateway): Promise<TransitGateway> => {
      const id = gateway.TransitGatewayId ?? '';
      const own = gateway.OwnerId === undefined || gateway.OwnerId === account;
      if (!own) {
        gaps.list.push({
          what: `route tables of transit gateway ${id}, which account ${gateway.OwnerId} owns`,
          operation: 'DescribeTransitGatewayRouteTables',
          code: 'PERMISSION_DENIED',
          of: 'transitGateways',
          id,
        });
      }
      return {
        id,
        state: GATEWAY_STATES.get(gateway.State ?? '') ?? 'unknown',
        nativeState: gateway.State ?? '',
        account: gateway.OwnerId,
        securityGroupReferences: isOn(gateway.Options),
        // Without their subnets it cannot be determined from which zones they can be reached.
        attachments:
          vpcAttachments &&
          attachments?.filter((one) => one.TransitGatewayId === id).map((one) => toAttachment(one, vpcAttachments)),
        routeTables: own && tables !== undefined ? await tablesOf(session, id, tables, gaps, ctx) : undefined,
        raw: plain(gateway),
      };
    }),
  );
}

const GATEWAY_STATES: ReadonlyMap<string, TransitGateway['state']> = new Map([
  ['available', 'available'],
  ['modifying', 'available'],
  ['pending', 'pending'],
  ['deleting', 'deleted'],
  ['deleted', 'deleted'],
]);

/** https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html (life cycle) */
const ATTACHMENT_STATES: ReadonlyMap<string, TransitAttachment['state']> = new Map([
  ['available', 'available'],
  ['modifying', 'available'],
  ['initiating', 'pending'],
  ['initiatingRequest', 'pending'],
  ['pending', 'pending'],
  ['pendingAcceptance', 'pending'],
  ['rollingBack', 'pending'],
  ['failed', 'failed'],
  ['failing', 'failed'],
  ['rejected', 'failed'],
  ['rejecting', 'failed'],
  ['deleting', 'deleted'],
  ['deleted', 'deleted'],
]);

const ATTACHMENT_KINDS: ReadonlyMap<string, TransitAttachment['kind']> = new Map([
  ['vpc', 'network'],
  ['vpn', 'vpn'],
  ['direct-connect-gateway', 'direct-connect'],
  ['peering', 'peering'],
  ['tgw-peering', 'peering'],
]);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAttachmentAssociation.html (state) */
const ASSOCIATIONS: ReadonlySet<string> = new Set(['associating', 'associated', 'disassociating', 'disassociated']);

function toAttachment(
  one: TransitAttachmentOutput,
  vpcAttachments: readonly TransitVpcAttachmentOutput[],
): TransitAttachment {
  const id = one.TransitGatewayAttachmentId ?? '';
  const vpc = vpcAttachments.find(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId === id);
  const { TransitGatewayRouteTableId: table, State: associated } = one.Association ?? {};
  // With a state that is not documented its route table may be in use or not.
  const isClear = associated === undefined || ASSOCIATIONS.has(associated);
  return {
    id,
    kind: ATTACHMENT_KINDS.get(one.ResourceType ?? '') ?? 'other',
    resourceId: one.ResourceId,
    account: one.ResourceOwnerId,
    subnetIds: [...(vpc?.SubnetIds ?? [])],
    state: isClear ? (ATTACHMENT_STATES.get(one.State ?? '') ?? 'unknown') : 'unknown',
    nativeState: isClear ? (one.State ?? '') : `${one.State ?? ''}, ${associated}`,
    routeTableId: associated === undefined || associated === 'associated' ? table : undefined,
    securityGroupReferences: isOn(vpc?.Options),
  };
}

async function tablesOf(
  session: Session,
  gatewayId: string,
  tables: readonly TransitRouteTableOutput[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly TransitRouteTable[]> {
  const own = tables.filter(({ TransitGatewayId, State }) => TransitGatewayId === gatewayId && State !== 'deleted');
  return Promise.all(
    own.map(async ({ TransitGatewayRouteTableId: id = '' }) => {
      const wanted = { what: `routes of ${id} (${gatewayId})`, of: 'transitGateways', id: gatewayId } as const;
      const routes = await gaps.attempt(wanted, () => searchRoutes(session, id, ctx));
      return { id, routes: routes?.map(toRoute) };
    }),
  );
}

function toRoute(route: TransitRouteOutput): TransitRoute {
  const { State, Type } = route;
  return {
    cidrBlock: route.DestinationCidrBlock ?? '',
    attachmentIds: (route.TransitGatewayAttachments ?? []).flatMap((one) => one.TransitGatewayAttachmentId ?? []),
    state: State === 'active' || State === 'blackhole' ? State : 'unknown',
    origin: Type === 'propagated' ? 'propagated' : 'static',
  };
}

function isOn(options: { readonly SecurityGroupReferencingSupport?: string | undefined } | undefined) {
  const said = options?.SecurityGroupReferencingSupport;
  return said === undefined ? undefined : said === 'enable';
}
