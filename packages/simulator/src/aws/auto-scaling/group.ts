import { defined } from '../../simulation/defined.js';
import { type AwsCall, ServiceError, notSimulated } from '../operation/operation.js';
import {
  aliveOf,
  endInstance,
  isSuspended,
  scale,
  subnetsOf,
  templateOf,
  type Template,
  deregisterAt,
  registerAt,
} from './scaling.js';
import type { GroupRow, GroupInstanceRow } from './state.js';
import { family, GROUP, groups, invalid, paged, DEFAULTS, groupView, hasTags, shownTag, health } from './views.js';
import { limited } from '../operation/family.js';

const arnsOf = (call: AwsCall, name: string) => groups.get(call, name).fields.TargetGroupARNs;

function checkTargetGroups(call: AwsCall, arns: readonly string[]): void {
  const absent = arns.find((arn) => call.state.loadBalancing.targetGroups.get(arn)?.fields.TargetType !== 'instance');
  if (absent === undefined) return;

  throw invalid(`Provided Target Groups may not be valid. Please ensure they exist and try again.`);
}

function attach(call: AwsCall, name: string, arns: readonly string[]) {
  const row = groups.get(call, name);
  checkTargetGroups(call, arns);
  row.fields = { ...row.fields, TargetGroupARNs: [...new Set([...row.fields.TargetGroupARNs, ...arns])] };
  for (const arn of arns)
    for (const one of row.instances) if (one.LifecycleState === 'InService') registerAt(call, arn, one);
  return {};
}

function detach(call: AwsCall, name: string, arns: readonly string[]) {
  const row = groups.get(call, name);
  row.fields = { ...row.fields, TargetGroupARNs: row.fields.TargetGroupARNs.filter((arn) => !arns.includes(arn)) };
  for (const arn of arns) for (const one of row.instances) deregisterAt(call, arn, one);
  return {};
}

const PROCESSES = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
];

type Fields = GroupRow['fields'];

/** @throws {ServiceError} `ValidationError` for subnets and templates that do not exist */
function check(call: AwsCall, settings: Pick<Fields, 'AvailabilityZones' | 'VPCZoneIdentifier' | Template>): void {
  const subnets = subnetsOf(settings);
  const absent = subnets.find((id) => !call.state.ec2.subnets.has(id));
  if (absent !== undefined) throw invalid(`The subnet ID '${absent}' does not exist`);
  if (subnets.length === 0 && (settings.AvailabilityZones ?? []).length === 0) {
    throw invalid('At least one Availability Zone or VPC Subnet is required.');
  }

  try {
    const { SecurityGroupIds = [], NetworkInterfaces = [] } = templateOf(call, settings).data;
    // https://github.com/hashicorp/terraform-provider-aws/issues/4570
    if (SecurityGroupIds.length > 0 && NetworkInterfaces.length > 0)
      throw new ServiceError(
        'ValidationError',
        'When a network interface is provided, the security groups must be a part of it.',
      );
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;

    throw invalid(`You must use a valid fully-formed launch template. ${error.message}`);
  }
}

function checkSizes({ MinSize: min, MaxSize: max, DesiredCapacity: desired }: Fields): void {
  if (min > max) throw invalid(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  if (desired > max)
    throw invalid(`New SetDesiredCapacity value ${desired} is above max value ${max} for the AutoScalingGroup.`);
  if (desired < min)
    throw invalid(`New SetDesiredCapacity value ${desired} is below min value ${min} for the AutoScalingGroup.`);
}

/** @throws {ServiceError} `ValidationError` for a number below the least or above the most */
export function setDesired(row: GroupRow, DesiredCapacity: number): void {
  const fields = { ...row.fields, DesiredCapacity };
  checkSizes(fields);
  row.fields = fields;
}

const uuid = (call: AwsCall) => call.id('', 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/**
 * Groups that launch instances by a template and register them. Policies, hooks and schedules are not simulated.
 * Target groups of a group, under both of their names in the service. Instances of groups, and what became of them.
 */
export const groupOperations = family({
  AttachLoadBalancerTargetGroups: (call, input) => attach(call, input.AutoScalingGroupName, input.TargetGroupARNs),
  DetachLoadBalancerTargetGroups: (call, input) => detach(call, input.AutoScalingGroupName, input.TargetGroupARNs),
  AttachTrafficSources: (call, input) =>
    attach(
      call,
      input.AutoScalingGroupName,
      input.TrafficSources.map(({ Identifier }) => Identifier),
    ),
  DetachTrafficSources: (call, input) =>
    detach(
      call,
      input.AutoScalingGroupName,
      input.TrafficSources.map(({ Identifier }) => Identifier),
    ),

  DescribeLoadBalancerTargetGroups(call, input, list) {
    const { items, next } = paged(arnsOf(call, input.AutoScalingGroupName), input, list, (arn) => arn);
    const shown = items.map((arn) => ({ LoadBalancerTargetGroupARN: arn, State: 'InService' }));
    return { LoadBalancerTargetGroups: shown, NextToken: next };
  },

  DescribeTrafficSources(call, input, list) {
    const { items, next } = paged(arnsOf(call, input.AutoScalingGroupName), input, list, (arn) => arn);
    const shown = items.map((arn) => ({ Identifier: arn, TrafficSource: arn, Type: 'elbv2', State: 'InService' }));
    return { TrafficSources: shown, NextToken: next };
  },

  CreateAutoScalingGroup: limited(GROUP, (call, input) => {
    const { AutoScalingGroupName: name, Tags = [], TargetGroupARNs = [], TrafficSources = [], ...settings } = input;
    for (const member of [
      'LaunchConfigurationName',
      'InstanceId',
      'LoadBalancerNames',
      'LifecycleHookSpecificationList',
    ] as const) {
      if (settings[member] === undefined || settings[member].length === 0) continue;

      throw notSimulated(member);
    }
    groups.refuseSecond(call, name);
    if (!settings.LaunchTemplate && !settings.MixedInstancesPolicy) {
      throw invalid(
        'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
      );
    }

    check(call, settings);
    const { DesiredCapacity = settings.MinSize } = settings;
    const own = `${call.region}:${call.account}:autoScalingGroup:${uuid(call)}:autoScalingGroupName/${name}`;
    const row: GroupRow = {
      fields: {
        ...DEFAULTS,
        ServiceLinkedRoleARN: `arn:${call.partition}:iam::${call.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
        ...defined(settings),
        AutoScalingGroupName: name,
        AutoScalingGroupARN: `arn:${call.partition}:autoscaling:${own}`,
        DesiredCapacity,
        TargetGroupARNs: [...TargetGroupARNs, ...TrafficSources.map(({ Identifier }) => Identifier)],
        CreatedTime: new Date(call.now),
        Tags: Tags.map((tag) => shownTag(name, tag)),
      },
      instances: [],
      activities: [],
    };
    checkTargetGroups(call, row.fields.TargetGroupARNs);
    checkSizes(row.fields);
    groups.add(call, name, row);
    scale(
      call,
      row,
      `a user request created an AutoScalingGroup changing the desired capacity from 0 to ${DesiredCapacity}.`,
    );
    return {};
  }),

  UpdateAutoScalingGroup: limited(GROUP, (call, { AutoScalingGroupName: name, ...given }) => {
    const row = groups.get(call, name);
    const { DesiredCapacity: before } = row.fields;
    const settings = { ...row.fields, ...defined(given) };
    if (given.LaunchTemplate) delete settings.MixedInstancesPolicy;
    if (given.MixedInstancesPolicy) delete settings.LaunchTemplate;
    check(call, settings);
    const { MinSize: min, MaxSize: max } = settings;
    const desired = given.DesiredCapacity ?? Math.min(Math.max(before, min), max);
    const fields = { ...settings, DesiredCapacity: desired };
    checkSizes(fields);
    row.fields = fields;
    scale(
      call,
      row,
      `a user request update of AutoScalingGroup constraints to min: ${min}, max: ${max}, desired: ${desired} changing the desired capacity from ${before} to ${desired}.`,
    );
    return {};
  }),

  SetDesiredCapacity: limited(GROUP, (call, input) => {
    const row = groups.get(call, input.AutoScalingGroupName);
    const { DesiredCapacity } = input;
    const why = `a user request explicitly set group desired capacity changing the desired capacity from ${row.fields.DesiredCapacity} to ${DesiredCapacity}.`;
    setDesired(row, DesiredCapacity);
    scale(call, row, why);
    return {};
  }),

  DeleteAutoScalingGroup: limited(GROUP, (call, input) => {
    const row = groups.get(call, input.AutoScalingGroupName);
    if (row.instances.length > 0 && input.ForceDelete !== true) {
      const message =
        'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.';
      throw new ServiceError('ResourceInUse', message);
    }

    if (row.instances.length === 0) groups.remove(call, row.fields.AutoScalingGroupName);
    row.fields = { ...row.fields, Status: 'Delete in progress', DesiredCapacity: 0 };
    for (const one of aliveOf(row)) endInstance(call, row, one, 'a user request force deleted the AutoScalingGroup.');
    return {};
  }),

  DescribeAutoScalingGroups(call, input, list) {
    const { AutoScalingGroupNames: names = [], Filters = [] } = input;
    const rows = groups
      .all(call)
      .filter(
        ({ fields }) => (names.length === 0 || names.includes(fields.AutoScalingGroupName)) && hasTags(fields, Filters),
      );
    const { items, next } = paged(rows, input, list, ({ fields }) => fields.AutoScalingGroupName);
    return { AutoScalingGroups: items.map((row) => groupView(call, row)), NextToken: next };
  },

  SuspendProcesses(call, input) {
    const row = groups.get(call, input.AutoScalingGroupName);
    const before = row.fields.SuspendedProcesses;
    const added = [...new Set(input.ScalingProcesses ?? PROCESSES)].filter((name) => !isSuspended(row, name));
    const SuspendedProcesses = [
      ...before,
      ...added.map((ProcessName) => ({ ProcessName, SuspensionReason: 'User suspended' })),
    ];
    row.fields = { ...row.fields, SuspendedProcesses };
    return {};
  },

  ResumeProcesses(call, input) {
    const row = groups.get(call, input.AutoScalingGroupName);
    const { ScalingProcesses: resumed = PROCESSES } = input;
    const rest = row.fields.SuspendedProcesses.filter(({ ProcessName = '' }) => !resumed.includes(ProcessName));
    row.fields = { ...row.fields, SuspendedProcesses: rest };
    scale(call, row, 'a user request resumed processes of the group.');
    return {};
  },

  CreateOrUpdateTags(call, input) {
    for (const tag of input.Tags) {
      const row = groups.get(call, tag.ResourceId ?? '');
      const Tags = [...row.fields.Tags.filter(({ Key }) => Key !== tag.Key), shownTag(tag.ResourceId ?? '', tag)];
      row.fields = { ...row.fields, Tags };
    }
    return {};
  },

  DeleteTags(call, input) {
    for (const tag of input.Tags) {
      const row = groups.get(call, tag.ResourceId ?? '');
      row.fields = { ...row.fields, Tags: row.fields.Tags.filter(({ Key }) => Key !== tag.Key) };
    }
    return {};
  },

  TerminateInstanceInAutoScalingGroup: limited({ InstanceId: { required: true } }, (call, input) => {
    const is = ({ InstanceId }: GroupInstanceRow): boolean => InstanceId === input.InstanceId;
    const row = groups.all(call).find(({ instances }) => instances.some(is));
    const one = row && aliveOf(row).find(is);
    if (!row || !one)
      throw invalid(`Instance Id not found - No managed instance found for instance ID: ${input.InstanceId}`);

    if (input.ShouldDecrementDesiredCapacity) setDesired(row, row.fields.DesiredCapacity - 1);
    const why = `instance ${one.InstanceId} was taken out of service in response to a user request.`;
    endInstance(call, row, one, why);
    const [activity] = row.activities;
    scale(call, row, why);
    return { Activity: activity };
  }),

  DescribeAutoScalingInstances(call, input, list) {
    const { InstanceIds: ids = [] } = input;
    const all = groups.all(call).flatMap((row) => row.instances.map((one) => ({ row, one })));
    const found = all.filter(({ one }) => ids.length === 0 || ids.includes(one.InstanceId));
    const { items, next } = paged(found, { ...input }, list, ({ one }) => one.InstanceId);
    return {
      AutoScalingInstances: items.map(({ row, one }) => ({
        ...one,
        AutoScalingGroupName: row.fields.AutoScalingGroupName,
        HealthStatus: health(call, one).toUpperCase(),
      })),
      NextToken: next,
    };
  },

  DescribeScalingActivities(call, input, list) {
    const { AutoScalingGroupName: name, ActivityIds: ids } = input;
    const rows = name === undefined ? groups.all(call) : [groups.find(call, name)].filter((row) => row !== undefined);
    const all = rows.flatMap((row) => row.activities);
    const { items, next } = paged(
      all.filter(({ ActivityId = '' }) => ids?.includes(ActivityId) ?? true),
      input,
      list,
      ({ ActivityId = '' }) => ActivityId,
    );
    return { Activities: items, NextToken: next };
  },
});
