import {
  CloudError,
  type CallContext,
  type Gaps,
  type TransitAttachment,
  type TransitGateway,
  type TransitRoute,
  type TransitRouteTable,
} from '@postern/core';
import type {
  TransitAttachmentOutput,
  TransitGatewayOutput,
  TransitRouteOutput,
  TransitRouteTableOutput,
  TransitVpcAttachmentOutput,
} from './ec2-gateways-api.js';
import { after, listAll } from './list-all.js';
import { plain, sent } from './plain.js';
import type { Session } from './session.js';

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
        // Without their subnets nobody knows from which zones they can be reached.
        attachments:
          vpcAttachments &&
          attachments
            ?.filter((one) => one.TransitGatewayId === id && one.State !== 'deleted')
            .map((one) => toAttachment(one, vpcAttachments)),
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

function toAttachment(
  one: TransitAttachmentOutput,
  vpcAttachments: readonly TransitVpcAttachmentOutput[],
): TransitAttachment {
  const id = one.TransitGatewayAttachmentId ?? '';
  const vpc = vpcAttachments.find(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId === id);
  const { TransitGatewayRouteTableId: table, State: associated } = one.Association ?? {};
  return {
    id,
    kind: ATTACHMENT_KINDS.get(one.ResourceType ?? '') ?? 'other',
    resourceId: one.ResourceId,
    account: one.ResourceOwnerId,
    subnetIds: [...(vpc?.SubnetIds ?? [])],
    state: ATTACHMENT_STATES.get(one.State ?? '') ?? 'unknown',
    nativeState: one.State ?? '',
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

/** A search answers at most 1,000 routes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html */
const ROUTES = 1000;

/** All routes of a table. @throws {CloudError} `INCOMPLETE_LIST` where there are more than a search answers. */
async function searchRoutes(
  session: Session,
  tableId: string,
  ctx: CallContext,
): Promise<readonly TransitRouteOutput[]> {
  const routes: TransitRouteOutput[] = [];
  for (let token: string | undefined, page = 0; page < 100; page += 1) {
    const answer = await session.send(ctx, 'ec2', 'SearchTransitGatewayRoutes', (api, options) =>
      api.searchTransitGatewayRoutes(
        {
          TransitGatewayRouteTableId: tableId,
          Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
          MaxResults: ROUTES,
          ...after(token),
        },
        options,
      ),
    );
    routes.push(...sent(answer.Routes, 'Routes', 'SearchTransitGatewayRoutes'));
    if (answer.NextToken !== undefined && answer.NextToken !== token) token = answer.NextToken;
    else if (answer.AdditionalRoutesAvailable !== true) return routes;
    else break;
  }
  throw new CloudError('INCOMPLETE_LIST', `${tableId} has more routes than a search answers (${ROUTES})`, {
    operation: 'SearchTransitGatewayRoutes',
  });
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

function listGateways(session: Session, ctx: CallContext): Promise<TransitGatewayOutput[]> {
  return listAll(
    session,
    {
      service: 'ec2',
      operation: 'DescribeTransitGateways',
      what: 'transit gateways',
      page: (api, token, options) => api.describeTransitGateways({ MaxResults: 1000, ...after(token) }, options),
      member: 'TransitGateways',
      items: ({ TransitGateways }) => TransitGateways,
      next: ({ NextToken }) => NextToken,
    },
    ctx,
  );
}

function listAttachments(session: Session, ctx: CallContext): Promise<TransitAttachmentOutput[]> {
  return listAll(
    session,
    {
      service: 'ec2',
      operation: 'DescribeTransitGatewayAttachments',
      what: 'transit gateway attachments',
      page: (api, token, options) =>
        api.describeTransitGatewayAttachments({ MaxResults: 1000, ...after(token) }, options),
      member: 'TransitGatewayAttachments',
      items: ({ TransitGatewayAttachments }) => TransitGatewayAttachments,
      next: ({ NextToken }) => NextToken,
    },
    ctx,
  );
}

function listVpcAttachments(session: Session, ctx: CallContext): Promise<TransitVpcAttachmentOutput[]> {
  return listAll(
    session,
    {
      service: 'ec2',
      operation: 'DescribeTransitGatewayVpcAttachments',
      what: 'VPC attachments of transit gateways',
      page: (api, token, options) =>
        api.describeTransitGatewayVpcAttachments({ MaxResults: 1000, ...after(token) }, options),
      member: 'TransitGatewayVpcAttachments',
      items: ({ TransitGatewayVpcAttachments }) => TransitGatewayVpcAttachments,
      next: ({ NextToken }) => NextToken,
    },
    ctx,
  );
}

function listTables(session: Session, ctx: CallContext): Promise<TransitRouteTableOutput[]> {
  return listAll(
    session,
    {
      service: 'ec2',
      operation: 'DescribeTransitGatewayRouteTables',
      what: 'transit gateway route tables',
      page: (api, token, options) =>
        api.describeTransitGatewayRouteTables({ MaxResults: 1000, ...after(token) }, options),
      member: 'TransitGatewayRouteTables',
      items: ({ TransitGatewayRouteTables }) => TransitGatewayRouteTables,
      next: ({ NextToken }) => NextToken,
    },
    ctx,
  );
}
