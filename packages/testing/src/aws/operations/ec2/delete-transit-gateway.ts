import type { DeleteTransitGatewayRequest, DeleteTransitGatewayResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getTransitGateway, TRANSIT_MS } from '../../ec2/transit-gateway/transit-gateways.js';
import { transitGatewayView } from '../../ec2/transit-gateway/transit-views.js';
import { ServiceError } from '../../service-error.js';

/**
 * Deletes a gateway without attachments, with its tables.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGateway.html
 */
export const deleteTransitGateway = ec2Operation({
  name: 'DeleteTransitGateway',
  kind: 'write',
  run: (call, input: DeleteTransitGatewayRequest): DeleteTransitGatewayResult => {
    const { ec2 } = call.state;
    const row = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const attached = [...ec2.transitGatewayAttachments.values()].filter(
      ({ transitGatewayId, state }) => transitGatewayId === row.id && state !== 'deleted' && state !== 'rejected',
    );
    for (const [type, noun] of [
      ['vpc', 'VPC'],
      ['vpn', 'VPN'],
      ['direct-connect-gateway', 'DirectConnect Gateway'],
    ]) {
      const ids = attached.filter(({ resourceType }) => resourceType === type).map(({ id }) => id);
      if (ids.length === 0) continue;
      throw new ServiceError('IncorrectState', `${row.id} has non-deleted ${noun} Attachments: ${ids.join(', ')}.`);
    }
    for (const table of ec2.transitGatewayRouteTables.values()) {
      if (table.transitGatewayId === row.id) ec2.transitGatewayRouteTables.delete(table.id);
    }
    row.state = 'deleting';
    call.after(TRANSIT_MS, 'ec2.transit-gateway', { id: row.id, to: 'deleted' });
    return { TransitGateway: transitGatewayView(call, row) };
  },
});
