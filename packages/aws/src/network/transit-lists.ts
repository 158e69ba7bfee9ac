import type { CallContext } from '@postern/core';
import { CloudError } from '@postern/core/adapter';
import type {
  TransitAttachmentOutput,
  TransitGatewayOutput,
  TransitRouteOutput,
  TransitRouteTableOutput,
  TransitVpcAttachmentOutput,
} from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** All transit gateways that the account sees. */
export function listGateways(session: Session, ctx: CallContext): Promise<TransitGatewayOutput[]> {
  return listAll(session, ctx, 'transit gateways', {
    service: 'ec2',
    operation: 'DescribeTransitGateways',
    input: { MaxResults: 1000 },
    member: 'TransitGateways',
    key: 'TransitGatewayId',
  });
}

/** Attachments of every kind, with the table that each is associated with. */
export function listAttachments(session: Session, ctx: CallContext): Promise<TransitAttachmentOutput[]> {
  return listAll(session, ctx, 'transit gateway attachments', {
    service: 'ec2',
    operation: 'DescribeTransitGatewayAttachments',
    input: { MaxResults: 1000 },
    member: 'TransitGatewayAttachments',
    key: 'TransitGatewayAttachmentId',
  });
}

/** Attachments of VPCs, with the subnets that they have interfaces in. */
export function listVpcAttachments(session: Session, ctx: CallContext): Promise<TransitVpcAttachmentOutput[]> {
  return listAll(session, ctx, 'VPC attachments of transit gateways', {
    service: 'ec2',
    operation: 'DescribeTransitGatewayVpcAttachments',
    input: { MaxResults: 1000 },
    member: 'TransitGatewayVpcAttachments',
    key: 'TransitGatewayAttachmentId',
  });
}

/** Route tables of the account's own transit gateways. */
export function listTables(session: Session, ctx: CallContext): Promise<TransitRouteTableOutput[]> {
  return listAll(session, ctx, 'transit gateway route tables', {
    service: 'ec2',
    operation: 'DescribeTransitGatewayRouteTables',
    input: { MaxResults: 1000 },
    member: 'TransitGatewayRouteTables',
    key: 'TransitGatewayRouteTableId',
  });
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
    const answer = await session.call(ctx, 'ec2', 'SearchTransitGatewayRoutes', {
      TransitGatewayRouteTableId: tableId,
      Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
      MaxResults: ROUTES,
      ...(token === undefined ? {} : { NextToken: token }),
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
