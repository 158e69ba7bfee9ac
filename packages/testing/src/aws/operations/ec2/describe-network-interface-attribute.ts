import type {
  DescribeNetworkInterfaceAttributeRequest,
  DescribeNetworkInterfaceAttributeResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { attachmentView, interfaceView } from '../../ec2/network-interface/interface-view.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaceAttribute.html */
export const describeNetworkInterfaceAttribute = ec2Operation({
  name: 'DescribeNetworkInterfaceAttribute',
  kind: 'read',
  run: (call, input: DescribeNetworkInterfaceAttributeRequest): DescribeNetworkInterfaceAttributeResult => {
    const id = need(input.NetworkInterfaceId, 'networkInterfaceId');
    const row = getRow(call.state.ec2.interfaces, id, ID.networkInterface);
    const attribute = need<string>(input.Attribute, 'attribute');
    switch (attribute) {
      case 'description':
        return { NetworkInterfaceId: row.id, Description: { Value: row.description } };
      case 'groupSet':
        return { NetworkInterfaceId: row.id, Groups: interfaceView(call, row).Groups };
      case 'sourceDestCheck':
        return { NetworkInterfaceId: row.id, SourceDestCheck: { Value: row.sourceDestCheck } };
      case 'attachment':
        return { NetworkInterfaceId: row.id, Attachment: row.attachment && attachmentView(row.attachment) };
      default:
        throw invalidMember('attribute', attribute, 'Unknown attribute.');
    }
  },
});
