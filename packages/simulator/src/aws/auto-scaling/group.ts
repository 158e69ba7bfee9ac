import { defined } from '../../simulation/defined.js';
import { type AwsCall, ServiceError, notSimulated } from '../operation/operation.js';
import { family, GROUP, groups, invalid, paged } from './request.js';
import { aliveOf, endInstance, isSuspended, scale, subnetsOf, templateOf, type Template } from './scaling.js';
import type { GroupRow } from './state.js';
import { checkTargetGroups } from './target-group.js';
import { DEFAULTS, groupView, hasTags, shownTag } from './views.js';
import { limited } from '../operation/family.js';

/** Groups that launch instances by a template and register them. Policies, hooks and schedules are not simulated. */
export const groupOperations = family({
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
});

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
