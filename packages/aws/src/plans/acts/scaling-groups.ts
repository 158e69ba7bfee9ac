import {
  amount,
  blocks,
  isChanged,
  isSet,
  listChange,
  single,
  word,
  type Act,
  type ActValues,
  type Caller,
} from '@postern/core/internal/overlay';
import { listed, nameOf } from './calls.js';
import { templateOf } from './machines.js';

function launched(values: ActValues): object {
  const [policy] = blocks(values['mixed_instances_policy']);
  const ofPolicy = blocks(blocks(policy?.['launch_template'])[0]?.['launch_template_specification'])[0];
  const template = blocks(values['launch_template'])[0] ?? ofPolicy;
  const configuration = word(values['launch_configuration']);
  return { LaunchTemplate: template && templateOf(template), LaunchConfigurationName: configuration };
}

const SIZES = { MinSize: 'min_size', MaxSize: 'max_size', DesiredCapacity: 'desired_capacity' };

const sizes = (values: ActValues): object =>
  Object.fromEntries(Object.entries(SIZES).map(([member, name]) => [member, amount(values[name])]));

/** Where machines run is the cloud's choice, so there is one in each subnet. None where none is wanted. */
function spread(values: ActValues): object {
  const wanted = amount(values['desired_capacity']) ?? amount(values['min_size']) ?? 0;
  const count = Math.max(wanted, (listed(values['vpc_zone_identifier']) ?? []).length);
  const most = amount(values['max_size']) ?? 0;
  // What the service refuses stays.
  const isSpread = wanted > 0 && wanted <= most;
  return { ...sizes(values), ...(isSpread && { DesiredCapacity: count, MaxSize: Math.max(most, count) }) };
}

function placed(values: ActValues): object {
  const subnets = listed(values['vpc_zone_identifier']);
  return subnets === undefined
    ? { AvailabilityZones: listed(values['availability_zones']) }
    : { VPCZoneIdentifier: subnets.join(',') };
}

const sourceOf = (block: ActValues): object => ({
  Identifier: single(block['identifier']),
  Type: word(block['type']) ?? 'elbv2',
});

function updateMembers(before: ActValues, values: ActValues): object {
  return {
    ...(isChanged(before, values, ...Object.values(SIZES)) && sizes({ ...before, ...values })),
    ...(isChanged(before, values, 'vpc_zone_identifier', 'availability_zones') && placed(values)),
    ...(isChanged(before, values, 'launch_template', 'launch_configuration', 'mixed_instances_policy') &&
      launched(values)),
  };
}

function updateGroup(before: ActValues, values: ActValues, caller: Caller): void {
  const AutoScalingGroupName = before['name'];
  const changed = updateMembers(before, values);
  if (Object.keys(changed).length > 0)
    caller.call('autoscaling.UpdateAutoScalingGroup', { AutoScalingGroupName, ...changed });
  for (const [at, TargetGroupARNs] of listChange(before, values, 'target_group_arns').entries()) {
    const operation = `autoscaling.${at === 0 ? 'Detach' : 'Attach'}LoadBalancerTargetGroups`;
    if (TargetGroupARNs.length > 0) caller.call(operation, { AutoScalingGroupName, TargetGroupARNs });
  }
}

const group: Act = {
  gives: ['name'],
  refersBy: ['identifier'],
  create: (values, caller) => {
    const name = nameOf(values, caller);
    const sources = blocks(values['traffic_source']).map(sourceOf);
    caller.call('autoscaling.CreateAutoScalingGroup', {
      AutoScalingGroupName: name,
      ...spread(values),
      ...launched(values),
      ...placed(values),
      TargetGroupARNs: listed(values['target_group_arns']),
      TrafficSources: sources.length > 0 ? sources : undefined,
    });
    const shown = caller.call('autoscaling.DescribeAutoScalingGroups', { AutoScalingGroupNames: [name] });
    return { id: name, name, arn: shown.AutoScalingGroups[0]?.AutoScalingGroupARN };
  },
  readyMs: 120_000,
  update: updateGroup,
  // The provider lets a group end its machines before it deletes the group.
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/autoscaling/group.go
  remove: async (before, caller) => {
    const AutoScalingGroupName = before['name'];
    const isForced = isSet(before['force_delete']);
    if (!isForced) {
      const none = { MinSize: 0, MaxSize: 0, DesiredCapacity: 0 };
      caller.call('autoscaling.UpdateAutoScalingGroup', { AutoScalingGroupName, ...none });
      await caller.wait(600_000);
    }
    caller.call('autoscaling.DeleteAutoScalingGroup', { AutoScalingGroupName, ForceDelete: isForced });
  },
  goneMs: 120_000,
  feeds: ['target_group_arns', 'traffic_source'],
  isConsumer: true,
  isUnseen: true,
};

function attached(operation: string, values: ActValues, caller: Caller): void {
  caller.call(`autoscaling.${operation}LoadBalancerTargetGroups`, {
    AutoScalingGroupName: single(values['autoscaling_group_name']),
    TargetGroupARNs: [single(values['lb_target_group_arn'])],
  });
}

function sourced(operation: string, values: ActValues, caller: Caller): void {
  caller.call(`autoscaling.${operation}TrafficSources`, {
    AutoScalingGroupName: single(values['autoscaling_group_name']),
    TrafficSources: blocks(values['traffic_source']).map(sourceOf),
  });
}

function attachment(change: (operation: string, values: ActValues, caller: Caller) => void): Act {
  return {
    create: (values, caller) => {
      change('Attach', values, caller);
      return { id: caller.unique(`${String(single(values['autoscaling_group_name']))}-`) };
    },
    readyMs: 60_000,
    remove: (before, caller) => change('Detach', before, caller),
    refersBy: ['identifier'],
    owners: ['autoscaling_group_name'],
    feeds: ['lb_target_group_arn', 'traffic_source'],
  };
}

/** Groups of machines that scale. */
export const scalingGroupActs: Readonly<Record<string, Act>> = {
  aws_autoscaling_group: group,
  aws_autoscaling_attachment: attachment(attached),
  aws_autoscaling_traffic_source_attachment: attachment(sourced),
};
