import { CloudError, type CallContext } from '@postern/core';
import type {
  TransitAttachmentOutput,
  TransitGatewayOutput,
  TransitRouteOutput,
  TransitRouteTableOutput,
  TransitVpcAttachmentOutput,
} from './ec2-gateways-api.js';
import { after, listAll } from './list-all.js';
import { sent } from './plain.js';
import type { Session } from './session.js';

/** All transit gateways that the account sees. */
export function listGateways(session: Session, ctx: CallContext): Promise<TransitGatewayOutput[]> {
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

/** Attachments of every kind, with the table that each is associated with. */
export function listAttachments(session: Session, ctx: CallContext): Promise<TransitAttachmentOutput[]> {
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

/** Attachments of VPCs, with the subnets that they stand in. */
export function listVpcAttachments(session: Session, ctx: CallContext): Promise<TransitVpcAttachmentOutput[]> {
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

/** Route tables of the account's own transit gateways. */
export function listTables(session: Session, ctx: CallContext): Promise<TransitRouteTableOutput[]> {
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

/** A search answers at most 1,000 routes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html */
const ROUTES = 1000;

/** All routes of a transit gateway's table. @throws {CloudError} `INCOMPLETE_LIST` where there are more than a search answers. */
export async function searchRoutes(
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
