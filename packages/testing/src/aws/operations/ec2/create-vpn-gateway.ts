import type { CreateVpnGatewayRequest, CreateVpnGatewayResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { checkAsn } from '../../ec2/transit-gateway/transit-options.js';
import { checkType } from '../../ec2/vpn/vpn-connections.js';
import { vpnGatewayView } from '../../ec2/vpn/vpn-views.js';
import { ServiceError } from '../../service-error.js';
import type { VpnGatewayRow } from '../../state/vpn-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html */
export const createVpnGateway = ec2Operation({
  name: 'CreateVpnGateway',
  kind: 'write',
  run: (call, input: CreateVpnGatewayRequest): CreateVpnGatewayResult => {
    const { vpnGateways } = call.state.ec2;
    checkType(input.Type);
    const tags = tagsFrom(input.TagSpecifications, 'vpn-gateway');
    const alive = [...vpnGateways.values()].filter(({ state }) => state !== 'deleted');
    if (alive.length >= call.quota('vpn-gateways')) {
      throw new ServiceError(
        'VpnGatewayLimitExceeded',
        'The maximum number of virtual private gateways has been reached.',
      );
    }
    const row: VpnGatewayRow = {
      id: call.id('vgw-'),
      ownerId: call.account,
      amazonSideAsn: checkAsn(input.AmazonSideAsn ?? 64_512),
      availabilityZone: input.AvailabilityZone,
      state: 'available',
      vpcId: undefined,
      tags,
    };
    vpnGateways.set(row.id, row);
    return { VpnGateway: vpnGatewayView(row) };
  },
});
