import { defined, CloudError, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type {
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitRouteTable,
} from '@postern/core/internal/snapshot';
import type {
  TransitAttachmentOutput,
  TransitRouteOutput,
  TransitRouteTableOutput,
  TransitVpcAttachmentOutput,
} from '../../sdk-types.js';
import { listAll } from '../../client/list-all.js';
import { plain, sent, type Session } from '../../client/session.js';

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
  const attempt = <T>(what: string, read: (what: string) => Promise<T>) =>
    gaps.attempt({ what, of: 'transitGateways' }, () => read(what));
  const gateways = await attempt('transit gateways', (what) =>
    listAll(session, ctx, what, 'ec2', 'DescribeTransitGateways'),
  );
  if (gateways === undefined || gateways.length === 0) return gateways === undefined ? undefined : [];

  const [attachments, vpcAttachments, tables] = await Promise.all([
    attempt('transit gateway attachments', (what) =>
      listAll(session, ctx, what, 'ec2', 'DescribeTransitGatewayAttachments'),
    ),
    attempt('VPC attachments of transit gateways', (what) =>
      listAll(session, ctx, what, 'ec2', 'DescribeTransitGatewayVpcAttachments'),
    ),
    attempt('transit gateway route tables', (what) =>
      listAll(session, ctx, what, 'ec2', 'DescribeTransitGatewayRouteTables'),
    ),
  ]);
  return Promise.all(
    gateways.map(async (gateway): Promise<TransitGateway> => {
      const id = gateway.TransitGatewayId;
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
        state: GATEWAY_STATES.get(gateway.State) ?? 'unknown',
        nativeState: gateway.State,
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
  const id = one.TransitGatewayAttachmentId;
  const vpc = vpcAttachments.find(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId === id);
  const { TransitGatewayRouteTableId: table, State: associated } = one.Association ?? {};
  // With a state that is not documented its route table may be in use or not.
  const isClear = associated === undefined || ASSOCIATIONS.has(associated);
  return {
    id,
    kind: ATTACHMENT_KINDS.get(one.ResourceType) ?? 'other',
    resourceId: one.ResourceId,
    account: one.ResourceOwnerId,
    subnetIds: [...(vpc?.SubnetIds ?? [])],
    state: isClear ? (ATTACHMENT_STATES.get(one.State) ?? 'unknown') : 'unknown',
    nativeState: isClear ? one.State : `${one.State}, ${associated}`,
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
    own.map(async ({ TransitGatewayRouteTableId: id }) => {
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

/** A search answers at most 1,000 routes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html */
const ROUTES = 1000;

/** All routes of a transit gateway's table. @throws {CloudError} `INCOMPLETE_LIST` where there are more than a search answers. */
async function searchRoutes(
  session: Session,
  tableId: string,
  ctx: CallContext,
): Promise<readonly TransitRouteOutput[]> {
  const routes: TransitRouteOutput[] = [];
  for (let token: string | undefined, page = 0; page < 100; page += 1) {
    const answer = await session.call(ctx, 'ec2', 'SearchTransitGatewayRoutes', {
      TransitGatewayRouteTableId: tableId,
      Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
      MaxResults: ROUTES,
      ...defined({ NextToken: token }),
    });
    routes.push(...sent(answer.Routes, 'Routes', 'SearchTransitGatewayRoutes'));
    if (answer.NextToken !== undefined && answer.NextToken !== token) token = answer.NextToken;
    else if (answer.AdditionalRoutesAvailable !== true) return routes;
    else break;
  }
  throw new CloudError('INCOMPLETE_LIST', `${tableId} has more routes than a search returns (${ROUTES})`, {
    operation: 'SearchTransitGatewayRoutes',
  });
}
