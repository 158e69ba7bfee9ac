import type {
  ModifyTransitGatewayOptions,
  ModifyTransitGatewayRequest,
  ModifyTransitGatewayResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need, refuse } from '../../ec2/request/errors.js';
import { getTransitGateway, getTransitRouteTable } from '../../ec2/transit-gateway/transit-gateways.js';
import { checkAsn, checkGatewayBlocks, switchFrom } from '../../ec2/transit-gateway/transit-options.js';
import { transitGatewayView } from '../../ec2/transit-gateway/transit-views.js';
import type { TransitGatewayOptionsRow } from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGateway.html */
export const modifyTransitGateway = ec2Operation({
  name: 'ModifyTransitGateway',
  kind: 'write',
  run: (call, input: ModifyTransitGatewayRequest): ModifyTransitGatewayResult => {
    const { ec2 } = call.state;
    const row = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const options = input.Options ?? {};
    refuse(options, ['EncryptionSupport']);
    const changed = changedOptions(row.options, options);
    for (const id of [options.AssociationDefaultRouteTableId, options.PropagationDefaultRouteTableId]) {
      if (id !== undefined && getTransitRouteTable(ec2, id).transitGatewayId !== row.id) {
        throw invalidValue(`Transit Gateway Route Table ${id} does not belong to ${row.id}.`); // [U]
      }
    }
    row.options = changed;
    row.description = input.Description ?? row.description;
    return { TransitGateway: { ...transitGatewayView(call, row), State: 'modifying' } };
  },
});

function changedOptions(row: TransitGatewayOptionsRow, given: ModifyTransitGatewayOptions): TransitGatewayOptionsRow {
  const removed = given.RemoveTransitGatewayCidrBlocks ?? [];
  const added = given.AddTransitGatewayCidrBlocks ?? [];
  checkGatewayBlocks(added);
  const association = given.AssociationDefaultRouteTableId ?? row.associationDefaultRouteTableId;
  const propagation = given.PropagationDefaultRouteTableId ?? row.propagationDefaultRouteTableId;
  const associates = switchFrom(
    given.DefaultRouteTableAssociation,
    row.defaultRouteTableAssociation,
    'defaultRouteTableAssociation',
  );
  const propagates = switchFrom(
    given.DefaultRouteTablePropagation,
    row.defaultRouteTablePropagation,
    'defaultRouteTablePropagation',
  );
  return {
    ...row,
    amazonSideAsn: checkAsn(given.AmazonSideAsn ?? row.amazonSideAsn),
    cidrBlocks: [...row.cidrBlocks.filter((block) => !removed.includes(block)), ...added],
    autoAcceptSharedAttachments: switchFrom(
      given.AutoAcceptSharedAttachments,
      row.autoAcceptSharedAttachments,
      'autoAcceptSharedAttachments',
    ),
    defaultRouteTableAssociation: associates,
    associationDefaultRouteTableId: associates === 'enable' ? association : undefined,
    defaultRouteTablePropagation: propagates,
    propagationDefaultRouteTableId: propagates === 'enable' ? propagation : undefined,
    vpnEcmpSupport: switchFrom(given.VpnEcmpSupport, row.vpnEcmpSupport, 'vpnEcmpSupport'),
    dnsSupport: switchFrom(given.DnsSupport, row.dnsSupport, 'dnsSupport'),
    securityGroupReferencingSupport: switchFrom(
      given.SecurityGroupReferencingSupport,
      row.securityGroupReferencingSupport,
      'securityGroupReferencingSupport',
    ),
  };
}
