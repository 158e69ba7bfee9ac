import { interfaceView, statusOf, readInterfaceGroups, memberInterface } from '../instance.js';
import { admitsAny, eitherPage, getSecurityGroup } from '../../vpc/request/lists.js';
import { ecsFamily, tags, TOKENS } from '../../vpc/request/text-rules.js';
import { hasTags } from '../../vpc/request/tags.js';
import { AlibabaError } from '../../operation/operation.js';
import { admits, PAGE, flag, neededText, oneOf, text, texts } from '../../operation/family.js';

/** Network interfaces, and the security groups that they join. */
export const networkInterfaceActions = ecsFamily({
  /** A filter by security group finds secondary interfaces only. */
  DescribeNetworkInterfaces: {
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
    run(call, input) {
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
  },

  JoinSecurityGroup: {
    parameters: { SecurityGroupId: neededText, InstanceId: text, NetworkInterfaceId: text },
    run({ state }, { SecurityGroupId, InstanceId, NetworkInterfaceId }) {
      const group = getSecurityGroup(state, SecurityGroupId);
      const eni = memberInterface(state, InstanceId, NetworkInterfaceId);
      if (group.vpcId !== eni.vpcId) {
        const message = 'Specified instance and security group are not in the same VPC.';
        throw new AlibabaError('InvalidInstanceId.Mismatch', message);
      }
      if (eni.securityGroupIds.includes(group.id)) {
        const message = 'The specified instance already exists in the specified security group.';
        throw new AlibabaError('InvalidInstanceId.AlreadyExists', message, 403);
      }

      const groups = readInterfaceGroups(state, eni.vpcId, [...eni.securityGroupIds, group.id]);
      eni.securityGroupIds = groups.map(({ id }) => id);
      return {};
    },
  },

  LeaveSecurityGroup: {
    parameters: { SecurityGroupId: neededText, InstanceId: text, NetworkInterfaceId: text },
    run({ state }, { SecurityGroupId, InstanceId, NetworkInterfaceId }) {
      const group = getSecurityGroup(state, SecurityGroupId);
      const eni = memberInterface(state, InstanceId, NetworkInterfaceId);
      if (!eni.securityGroupIds.includes(group.id)) {
        throw new AlibabaError('InstanceNotInSecurityGroup', 'The instance not in the group.', 403);
      }
      if (eni.securityGroupIds.length === 1) {
        const message = 'The specified security group is the last security group for the instance.';
        throw new AlibabaError('InstanceLastSecurityGroup', message, 403);
      }

      eni.securityGroupIds = eni.securityGroupIds.filter((id) => id !== group.id);
      return {};
    },
  },
});
