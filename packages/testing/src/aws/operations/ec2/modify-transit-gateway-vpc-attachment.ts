import type {
  ModifyTransitGatewayVpcAttachmentRequest,
  ModifyTransitGatewayVpcAttachmentResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need } from '../../ec2/request/errors.js';
import { ID, notFound } from '../../ec2/request/ids.js';
import { attachmentIn } from '../../ec2/transit-gateway/transit-gateways.js';
import {
  addGatewayInterface,
  attachmentSubnets,
  removeGatewayInterfaces,
} from '../../ec2/transit-gateway/transit-interfaces.js';
import { attachmentOptions } from '../../ec2/transit-gateway/transit-options.js';
import { vpcAttachmentView } from '../../ec2/transit-gateway/transit-views.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayVpcAttachment.html */
export const modifyTransitGatewayVpcAttachment = ec2Operation({
  name: 'ModifyTransitGatewayVpcAttachment',
  kind: 'write',
  run: (call, input: ModifyTransitGatewayVpcAttachmentRequest): ModifyTransitGatewayVpcAttachmentResult => {
    const { ec2 } = call.state;
    const row = attachmentIn(ec2, need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId'), 'available');
    if (row.options === undefined) throw notFound(ID.transitGatewayAttachment, row.id);
    const removed = input.RemoveSubnetIds ?? [];
    for (const id of removed) {
      if (!row.subnetIds.includes(id)) throw invalidValue(`${id} is not a subnet of ${row.id}.`); // [U]
    }
    const subnetIds = [...row.subnetIds.filter((id) => !removed.includes(id)), ...(input.AddSubnetIds ?? [])];
    attachmentSubnets(ec2, row.resourceId, subnetIds);
    const options = attachmentOptions(input.Options ?? {}, row.options);
    removeGatewayInterfaces(call, row, removed);
    for (const id of input.AddSubnetIds ?? []) addGatewayInterface(call, row, id);
    Object.assign(row, { subnetIds, options });
    return { TransitGatewayVpcAttachment: { ...vpcAttachmentView(row), State: 'modifying' } };
  },
});
