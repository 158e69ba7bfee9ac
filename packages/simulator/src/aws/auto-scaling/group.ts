import type { Tag } from '@aws-sdk/client-auto-scaling';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import { family, GROUP, groups, invalid, paged } from './request.js';
import { aliveOf, endInstance, scale, subnetsOf, templateOf } from './scaling.js';
import type { GroupRow, GroupTagRow } from './state.js';
import { checkTargetGroups } from './target-group.js';
import { groupView } from './views.js';

/** Groups that launch instances by a template and register them. Policies, hooks and schedules are not simulated. */
export const groupOperations = family({
  CreateAutoScalingGroup: {
    limits: GROUP,
    run(call, input) {
      const { AutoScalingGroupName: name, Tags = [], TargetGroupARNs = [], TrafficSources = [], ...settings } = input;
      for (const member of [
        'LaunchConfigurationName',
        'InstanceId',
        'LoadBalancerNames',
        'LifecycleHookSpecificationList',
      ] as const) {
        if (settings[member] === undefined || settings[member].length === 0) continue;

        throw new ServiceError('NotImplemented', `${member} is not simulated.`, 501);
      }
      groups.refuseSecond(call, name);
      if (!settings.LaunchTemplate && !settings.MixedInstancesPolicy) {
        throw invalid(
          'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
        );
      }

      check(call, settings);
      const row: GroupRow = {
        name,
        arn: `arn:${call.partition}:autoscaling:${call.region}:${call.account}:autoScalingGroup:${uuid(call)}:autoScalingGroupName/${name}`,
        createdAt: call.now,
        settings,
        targetGroupArns: [...TargetGroupARNs, ...TrafficSources.map(({ Identifier }) => Identifier)],
        minSize: settings.MinSize,
        maxSize: settings.MaxSize,
        desired: settings.DesiredCapacity ?? settings.MinSize,
        instances: [],
        activities: [],
        suspended: [],
        metrics: [],
        tags: Tags.map(tagRow),
        isDeleting: false,
      };
      checkTargetGroups(call, row.targetGroupArns);
      checkSizes(row);
      groups.add(call, name, row);
      scale(
        call,
        row,
        `a user request created an AutoScalingGroup changing the desired capacity from 0 to ${row.desired}.`,
      );
      return {};
    },
  },

  UpdateAutoScalingGroup: {
    limits: GROUP,
    run(call, { AutoScalingGroupName: name, ...given }) {
      const row = groups.get(call, name);
      const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const settings = { ...row.settings, ...set };
      if (given.LaunchTemplate) delete settings.MixedInstancesPolicy;
      if (given.MixedInstancesPolicy) delete settings.LaunchTemplate;
      check(call, settings);
      const minSize = given.MinSize ?? row.minSize;
      const maxSize = given.MaxSize ?? row.maxSize;
      const desired = given.DesiredCapacity ?? Math.min(Math.max(row.desired, minSize), maxSize);
      checkSizes({ minSize, maxSize, desired });
      const before = row.desired;
      Object.assign(row, { settings, minSize, maxSize, desired });
      scale(
        call,
        row,
        `a user request update of AutoScalingGroup constraints to min: ${minSize}, max: ${maxSize}, desired: ${desired} changing the desired capacity from ${before} to ${desired}.`,
      );
      return {};
    },
  },

  SetDesiredCapacity: {
    limits: GROUP,
    run(call, input) {
      const row = groups.get(call, input.AutoScalingGroupName);
      const { DesiredCapacity: desired } = input;
      checkSizes({ ...row, desired });
      const why = `a user request explicitly set group desired capacity changing the desired capacity from ${row.desired} to ${desired}.`;
      row.desired = desired;
      scale(call, row, why);
      return {};
    },
  },

  DeleteAutoScalingGroup: {
    limits: GROUP,
    run(call, input) {
      const row = groups.get(call, input.AutoScalingGroupName);
      if (row.instances.length > 0 && input.ForceDelete !== true) {
        const message =
          'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.';
        throw new ServiceError('ResourceInUse', message);
      }

      if (row.instances.length === 0) groups.remove(call, row.name);
      row.isDeleting = true;
      row.desired = 0;
      for (const one of aliveOf(row)) endInstance(call, row, one, 'a user request force deleted the AutoScalingGroup.');
      return {};
    },
  },

  DescribeAutoScalingGroups(call, input, list) {
    const { AutoScalingGroupNames: names = [], Filters = [] } = input;
    const rows = groups
      .all(call)
      .filter((row) => (names.length === 0 || names.includes(row.name)) && hasTags(row, Filters));
    const { items, next } = paged(rows, input, list, ({ name }) => name);
    return { AutoScalingGroups: items.map((row) => groupView(call, row)), NextToken: next };
  },

  SuspendProcesses(call, input) {
    const row = groups.get(call, input.AutoScalingGroupName);
    row.suspended = [...new Set([...row.suspended, ...(input.ScalingProcesses ?? PROCESSES)])];
    return {};
  },

  ResumeProcesses(call, input) {
    const row = groups.get(call, input.AutoScalingGroupName);
    row.suspended = row.suspended.filter((process) => !(input.ScalingProcesses ?? PROCESSES).includes(process));
    scale(call, row, 'a user request resumed processes of the group.');
    return {};
  },

  CreateOrUpdateTags(call, input) {
    for (const tag of input.Tags) {
      const row = groups.get(call, tag.ResourceId ?? '');
      row.tags = [...row.tags.filter(({ key }) => key !== tag.Key), tagRow(tag)];
    }
    return {};
  },

  DeleteTags(call, input) {
    for (const tag of input.Tags) {
      const row = groups.get(call, tag.ResourceId ?? '');
      row.tags = row.tags.filter(({ key }) => key !== tag.Key);
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

type Settings = GroupRow['settings'];

/** @throws {ServiceError} `ValidationError` for subnets and templates that do not exist */
function check(call: AwsCall, settings: Settings): void {
  const subnets = subnetsOf({ settings });
  const absent = subnets.find((id) => !call.state.ec2.subnets.has(id));
  if (absent !== undefined) throw invalid(`The subnet ID '${absent}' does not exist`);
  if (subnets.length === 0 && (settings.AvailabilityZones ?? []).length === 0) {
    throw invalid('At least one Availability Zone or VPC Subnet is required.');
  }

  try {
    templateOf(call, { settings });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;

    throw invalid(`You must use a valid fully-formed launch template. ${error.message}`);
  }
}

export function checkSizes({ minSize, maxSize, desired }: Pick<GroupRow, 'minSize' | 'maxSize' | 'desired'>): void {
  if (minSize > maxSize) throw invalid(`Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`);
  if (desired > maxSize)
    throw invalid(`New SetDesiredCapacity value ${desired} is above max value ${maxSize} for the AutoScalingGroup.`);
  if (desired < minSize)
    throw invalid(`New SetDesiredCapacity value ${desired} is below min value ${minSize} for the AutoScalingGroup.`);
}

const tagRow = ({ Key = '', Value = '', PropagateAtLaunch = false }: Tag): GroupTagRow => ({
  key: Key,
  value: Value,
  isPropagated: PropagateAtLaunch,
});

function hasTags(
  row: GroupRow,
  filters: readonly { Name?: string | undefined; Values?: string[] | undefined }[],
): boolean {
  return filters.every(({ Name = '', Values = [] }) => {
    const of: Readonly<Record<string, string[]>> = {
      'tag-key': row.tags.map(({ key }) => key),
      'tag-value': row.tags.map(({ value }) => value),
    };
    const values = of[Name] ?? row.tags.filter(({ key }) => `tag:${key}` === Name).map(({ value }) => value);
    return values.some((value) => Values.includes(value));
  });
}

const uuid = (call: AwsCall) => call.id('', 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
