import type { ModifyNetworkInterfaceAttributeRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, missingParameter, need, refuse } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { checkGroups } from '../../ec2/network-interface/interface-groups.js';
import { checkUserMayChange } from '../../ec2/network-interface/interface-permission.js';
import { ServiceError } from '../../service-error.js';

/**
 * Changes one attribute of an interface.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
 */
export const modifyNetworkInterfaceAttribute = ec2Operation({
  name: 'ModifyNetworkInterfaceAttribute',
  kind: 'write',
  run: (call, input: ModifyNetworkInterfaceAttributeRequest): Record<string, never> => {
    refuse(input, ['EnaSrdSpecification', 'EnablePrimaryIpv6', 'ConnectionTrackingSpecification']);
    refuse(input, ['AssociatePublicIpAddress', 'AssociatedSubnetIds']);
    const id = need(input.NetworkInterfaceId, 'networkInterfaceId');
    const row = getRow(call.state.ec2.interfaces, id, ID.networkInterface);
    const { Description, SourceDestCheck, Groups, Attachment } = input;
    const given = [Description, SourceDestCheck, Groups, Attachment].filter((value) => value !== undefined).length;
    if (given === 0) throw missingParameter('an attribute to modify'); // [U]
    if (given > 1) throw invalidCombination('Fields for multiple attribute types specified.'); // [U]
    checkUserMayChange(row);
    if (Groups !== undefined) {
      if (Groups.length === 0) throw missingParameter('securityGroupId');
      checkGroups(call, row.vpcId, Groups);
      row.groupIds = [...new Set(Groups)];
    }
    if (Description !== undefined) row.description = Description.Value ?? '';
    if (SourceDestCheck !== undefined) row.sourceDestCheck = need(SourceDestCheck.Value, 'sourceDestCheck.value');
    if (Attachment !== undefined) {
      if (row.attachment?.attachmentId !== need(Attachment.AttachmentId, 'attachment.attachmentId')) {
        throw new ServiceError(
          'InvalidAttachmentID.NotFound',
          `The attachment '${Attachment.AttachmentId}' does not exist`,
        );
      }
      const deleteOnTermination = need(Attachment.DeleteOnTermination, 'attachment.deleteOnTermination');
      row.attachment = { ...row.attachment, deleteOnTermination };
    }
    return {};
  },
});
