import type { DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponseBody } from '@alicloud/ecs20140526';
import { interfaceView, statusOf } from '../../network/instance/instance-view.js';
import { admits, admitsAny, eitherPage } from '../../network/request/lists.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { flag, oneOf, PAGE, tags, text, texts, TOKENS } from '../../network/request/parameters.js';
import { hasTags } from '../../network/request/tags.js';
import type { Wire } from '../../wire.js';

/**
 * A filter by security group finds secondary interfaces only.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describenetworkinterfaces
 */
export const describeNetworkInterfaces = ecsAction<
  Given<DescribeNetworkInterfacesRequest>,
  Wire<DescribeNetworkInterfacesResponseBody>
>({
  name: 'DescribeNetworkInterfaces',
  kind: 'read',
  parameters: {
    NetworkInterfaceId: { ...texts, length: [0, 100] },
    VpcId: text,
    VSwitchId: text,
    SecurityGroupId: text,
    InstanceId: text,
    PrimaryIpAddress: text,
    PrivateIpAddress: { ...texts, length: [0, 100] },
    Type: oneOf('Primary', 'Secondary'),
    Status: oneOf('Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'),
    ServiceManaged: flag,
    Tag: tags,
    ...PAGE,
    ...TOKENS,
  },
  run: (call, input) => {
    const rows = [...call.state.network.interfaces.values()].filter(
      (row) =>
        admitsAny(input.NetworkInterfaceId, [row.id]) &&
        admits(input.VpcId, row.vpcId) &&
        admits(input.VSwitchId, row.vSwitchId) &&
        (!input.SecurityGroupId ||
          (row.type === 'Secondary' && row.securityGroupIds.includes(input.SecurityGroupId))) &&
        admits(input.InstanceId, row.instanceId ?? '') &&
        admits(input.PrimaryIpAddress, row.primaryIpAddress) &&
        admitsAny(input.PrivateIpAddress, [row.primaryIpAddress]) &&
        admits(input.Type, row.type) &&
        admits(input.Status, statusOf(row)) &&
        (input.ServiceManaged === undefined || input.ServiceManaged === row.serviceManaged) &&
        hasTags(row.tags, input.Tag),
    );
    const { items, numbers } = eitherPage(rows, input, {
      name: 'DescribeNetworkInterfaces',
      smallest: 10,
      largest: 500,
      key: ({ id }) => id,
    });
    return {
      ...numbers,
      NetworkInterfaceSets: { NetworkInterfaceSet: items.map((row) => interfaceView(call, row)) },
    };
  },
});
