import type { EgressOnlyInternetGateway, InternetGateway, InternetGatewayAttachment } from '@aws-sdk/client-ec2';
import type { GatewayRow } from '../state.js';
import { tagList } from '../request/tags.js';

/** An internet gateway as the API shows it. */
export function internetGatewayView(row: GatewayRow): InternetGateway {
  return {
    InternetGatewayId: row.id,
    OwnerId: row.ownerId,
    // Attached is called `available` here, the enumeration notwithstanding (API_InternetGatewayAttachment.html).
    Attachments: attachments(row, 'available' as 'attached'),
    Tags: tagList(row.tags),
  };
}

/** An egress-only internet gateway as the API shows it. */
export function egressOnlyGatewayView(row: GatewayRow): EgressOnlyInternetGateway {
  return {
    EgressOnlyInternetGatewayId: row.id,
    Attachments: attachments(row, 'attached'),
    Tags: tagList(row.tags),
  };
}

function attachments(row: GatewayRow, State: 'attached'): InternetGatewayAttachment[] {
  return row.vpcId === undefined ? [] : [{ VpcId: row.vpcId, State }];
}
