import {
  ifResolved,
  isChanged,
  isSet,
  several,
  single,
  word,
  type Act,
  type ActValues,
} from '@postern/core/internal/overlay';
import { notCarried, without, zoneOf } from './calls.js';

/** What it takes until an instance runs. */
const RUNNING_MS = 60_000;

const groups = (values: ActValues): readonly string[] => several(values['security_groups']).map(String);

/** ECS instances. The type and the image decide nothing of what calls find, and are often looked up. */
export const instanceActs: Readonly<Record<string, Act>> = {
  alicloud_instance: {
    gives: ['private_ip', 'primary_ip_address'],
    create: (values, caller) => {
      const VSwitchId = word(values['vswitch_id']) ?? notCarried('an instance without a vSwitch');
      const { InstanceIdSets } = caller.call('Ecs.RunInstances', {
        ImageId: ifResolved(values['image_id']) ?? 'aliyun_3_x64_20G_alibase',
        InstanceType: ifResolved(values['instance_type']) ?? 'ecs.g6.large',
        VSwitchId,
        ZoneId: zoneOf(word(values['availability_zone']), caller),
        SecurityGroupIds: groups(values),
        PrivateIpAddress: word(values['private_ip']),
        InstanceName: word(values['instance_name']),
        DeletionProtection: isSet(values['deletion_protection']),
      });
      const [id] = InstanceIdSets.InstanceIdSet;
      const { Instances } = caller.call('Ecs.DescribeInstances', { InstanceIds: JSON.stringify([id]) });
      const [made] = Instances.Instance[0]?.VpcAttributes?.PrivateIpAddress?.IpAddress ?? [];
      return { id, private_ip: made, primary_ip_address: made };
    },
    update: (before, values, caller) => {
      if (isChanged(before, values, 'vswitch_id', 'private_ip')) notCarried('another address of an instance');
      const InstanceId = before['id'];
      if (isChanged(before, values, 'security_groups')) {
        const [were, are] = [groups(before), groups(values)];
        for (const SecurityGroupId of without(are, were))
          caller.call('Ecs.JoinSecurityGroup', { InstanceId, SecurityGroupId });
        for (const SecurityGroupId of without(were, are))
          caller.call('Ecs.LeaveSecurityGroup', { InstanceId, SecurityGroupId });
      }
      if (!isChanged(before, values, 'status')) return;

      const isStopped = single(values['status']) === 'Stopped';
      caller.call(isStopped ? 'Ecs.StopInstance' : 'Ecs.StartInstance', { InstanceId });
    },
    remove: (before, caller) => void caller.call('Ecs.DeleteInstance', { InstanceId: before['id'], Force: true }),
    readyMs: RUNNING_MS,
  },
};
