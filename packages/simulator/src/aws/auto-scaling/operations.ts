import type * as sdk from '@aws-sdk/client-auto-scaling';
import type {
  Activity,
  AutoScalingGroup,
  CreateAutoScalingGroupType,
  Tag,
  TagDescription,
} from '@aws-sdk/client-auto-scaling';
import type { AwsCall } from '../operation/call.js';
import { collection } from '../operation/collection.js';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation, MemberLimit } from '../operation/operation.js';
import { page } from '../operation/page.js';
import { ServiceError } from '../operation/service-error.js';
import { aliveOf, deregisterAt, endInstance, registerAt, scale, subnetsOf, templateOf } from './instances.js';
import type { ActivityRow, GroupInstanceRow, GroupRow, GroupTagRow } from './state.js';

/**
 * Operations of Auto Scaling.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'autoscaling',
  permission: (name) => `autoscaling:${name}`,
});

const invalid = (message: string) => new ServiceError('ValidationError', message);
const NAME: MemberLimit = { length: [1, 255], pattern: /^[^:\p{Cc}]+$/u };
const GROUP = { AutoScalingGroupName: NAME };

const groups = collection<GroupRow>({
  rows: ({ state }) => state.autoScaling.groups,
  missing: (name) => invalid(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`),
  exists: (name) =>
    new ServiceError(
      'AlreadyExists',
      `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
    ),
});

interface Paged {
  readonly NextToken?: string | undefined;
  readonly MaxRecords?: number | undefined;
}
const paged = <T>(items: readonly T[], input: Paged, list: string, key: (item: T) => string) =>
  page(
    items,
    { size: input.MaxRecords, token: input.NextToken },
    { service: 'autoscaling', list, defaultSize: 50, largest: 100, key },
  );

/** Groups that launch instances by a template and register them. Policies, hooks and schedules are not simulated. */
export const operations: readonly AnyOperation[] = family({
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

  TerminateInstanceInAutoScalingGroup: {
    limits: { InstanceId: { required: true } },
    run(call, input) {
      const row = groups.all(call).find(({ instances }) => instances.some(({ id }) => id === input.InstanceId));
      const one = row && aliveOf(row).find(({ id }) => id === input.InstanceId);
      if (!row || !one)
        throw invalid(`Instance Id not found - No managed instance found for instance ID: ${input.InstanceId}`);
      if (input.ShouldDecrementDesiredCapacity) checkSizes({ ...row, desired: row.desired - 1 });
      if (input.ShouldDecrementDesiredCapacity) row.desired -= 1;
      const why = `instance ${one.id} was taken out of service in response to a user request.`;
      endInstance(call, row, one, why);
      const [activity] = row.activities;
      scale(call, row, why);
      return { Activity: activity && activityView(row, activity) };
    },
  },

  DescribeAutoScalingGroups(call, input, list) {
    const { AutoScalingGroupNames: names = [], Filters = [] } = input;
    const rows = groups
      .all(call)
      .filter((row) => (names.length === 0 || names.includes(row.name)) && hasTags(row, Filters));
    const { items, next } = paged(rows, input, list, ({ name }) => name);
    return { AutoScalingGroups: items.map((row) => view(call, row)), NextToken: next };
  },

  DescribeAutoScalingInstances(call, input, list) {
    const { InstanceIds: ids = [] } = input;
    const all = groups.all(call).flatMap((row) => row.instances.map((one) => ({ row, one })));
    const found = all.filter(({ one }) => ids.length === 0 || ids.includes(one.id));
    const { items, next } = paged(found, { ...input }, list, ({ one }) => one.id);
    return {
      AutoScalingInstances: items.map(({ row, one }) => ({
        ...instanceView(call, one),
        AutoScalingGroupName: row.name,
        HealthStatus: health(call, one).toUpperCase(),
      })),
      NextToken: next,
    };
  },

  DescribeScalingActivities(call, input, list) {
    const { AutoScalingGroupName: name, ActivityIds: ids } = input;
    const rows = name === undefined ? groups.all(call) : [groups.find(call, name)].filter((row) => row !== undefined);
    const all = rows.flatMap((row) => row.activities.map((activity) => activityView(row, activity)));
    const { items, next } = paged(
      all.filter(({ ActivityId = '' }) => ids?.includes(ActivityId) ?? true),
      input,
      list,
      ({ ActivityId = '' }) => ActivityId,
    );
    return { Activities: items, NextToken: next };
  },

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
    const { items, next } = paged(
      groups.get(call, input.AutoScalingGroupName).targetGroupArns,
      input,
      list,
      (arn) => arn,
    );
    const shown = items.map((arn) => ({ LoadBalancerTargetGroupARN: arn, State: 'InService' }));
    return { LoadBalancerTargetGroups: shown, NextToken: next };
  },

  DescribeTrafficSources(call, input, list) {
    const { items, next } = paged(
      groups.get(call, input.AutoScalingGroupName).targetGroupArns,
      input,
      list,
      (arn) => arn,
    );
    const shown = items.map((arn) => ({ Identifier: arn, TrafficSource: arn, Type: 'elbv2', State: 'InService' }));
    return { TrafficSources: shown, NextToken: next };
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

function checkSizes({ minSize, maxSize, desired }: Pick<GroupRow, 'minSize' | 'maxSize' | 'desired'>): void {
  if (minSize > maxSize) throw invalid(`Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`);
  if (desired > maxSize)
    throw invalid(`New SetDesiredCapacity value ${desired} is above max value ${maxSize} for the AutoScalingGroup.`);
  if (desired < minSize)
    throw invalid(`New SetDesiredCapacity value ${desired} is below min value ${minSize} for the AutoScalingGroup.`);
}

function checkTargetGroups(call: AwsCall, arns: readonly string[]): void {
  const absent = arns.find((arn) => call.state.loadBalancing.targetGroups.get(arn)?.targetType !== 'instance');
  if (absent === undefined) return;
  throw invalid(`Provided Target Groups may not be valid. Please ensure they exist and try again.`);
}

function attach(call: AwsCall, name: string, arns: readonly string[]) {
  const row = groups.get(call, name);
  checkTargetGroups(call, arns);
  row.targetGroupArns = [...new Set([...row.targetGroupArns, ...arns])];
  for (const arn of arns) for (const one of row.instances) if (one.state === 'InService') registerAt(call, arn, one);
  return {};
}

function detach(call: AwsCall, name: string, arns: readonly string[]) {
  const row = groups.get(call, name);
  row.targetGroupArns = row.targetGroupArns.filter((arn) => !arns.includes(arn));
  for (const arn of arns) for (const one of row.instances) deregisterAt(call, arn, one);
  return {};
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

/** An instance that does not run is unhealthy. It is not replaced by itself. */
function health(call: AwsCall, { id }: GroupInstanceRow): 'Healthy' | 'Unhealthy' {
  const state = call.state.ec2.instances.get(id)?.state;
  return state === 'pending' || state === 'running' ? 'Healthy' : 'Unhealthy';
}

const instanceView = (call: AwsCall, one: GroupInstanceRow) => ({
  InstanceId: one.id,
  InstanceType: one.instanceType,
  AvailabilityZone: one.zoneName,
  LifecycleState: one.state,
  HealthStatus: health(call, one) as string,
  LaunchTemplate: one.template,
  ProtectedFromScaleIn: one.isProtected,
});

const activityView = (row: GroupRow, activity: ActivityRow): Activity => ({
  ActivityId: activity.id,
  AutoScalingGroupName: row.name,
  AutoScalingGroupARN: row.arn,
  Description: activity.description,
  Cause: activity.cause,
  StartTime: new Date(activity.startedAt),
  EndTime: activity.endedAt === undefined ? undefined : new Date(activity.endedAt),
  StatusCode: activity.status,
  StatusMessage: activity.message,
  Progress: activity.status === 'InProgress' ? 30 : 100,
});

function view(call: AwsCall, row: GroupRow): AutoScalingGroup {
  const { settings } = row;
  const zones = subnetsOf(row).map((id) => call.state.ec2.subnets.get(id)?.zoneName ?? '');
  return {
    ...(settings as Partial<Omit<CreateAutoScalingGroupType, 'Tags'>>),
    AutoScalingGroupName: row.name,
    AutoScalingGroupARN: row.arn,
    LaunchTemplate: settings.LaunchTemplate && templateSpecification(call, row),
    MinSize: row.minSize,
    MaxSize: row.maxSize,
    DesiredCapacity: row.desired,
    DefaultCooldown: settings.DefaultCooldown ?? 300,
    AvailabilityZones: settings.AvailabilityZones ?? [...new Set(zones)],
    LoadBalancerNames: [],
    TargetGroupARNs: row.targetGroupArns,
    TrafficSources: row.targetGroupArns.map((arn) => ({ Identifier: arn, Type: 'elbv2' })),
    HealthCheckType: settings.HealthCheckType ?? 'EC2',
    HealthCheckGracePeriod: settings.HealthCheckGracePeriod ?? 0,
    Instances: row.instances.map((one) => instanceView(call, one)) as AutoScalingGroup['Instances'],
    CreatedTime: new Date(row.createdAt),
    SuspendedProcesses: row.suspended.map((ProcessName) => ({ ProcessName, SuspensionReason: 'User suspended' })),
    EnabledMetrics: [],
    Status: row.isDeleting ? 'Delete in progress' : undefined,
    Tags: row.tags.map((tag): TagDescription => ({
      ResourceId: row.name,
      ResourceType: 'auto-scaling-group',
      Key: tag.key,
      Value: tag.value,
      PropagateAtLaunch: tag.isPropagated,
    })),
    TerminationPolicies: settings.TerminationPolicies ?? ['Default'],
    NewInstancesProtectedFromScaleIn: settings.NewInstancesProtectedFromScaleIn ?? false,
    ServiceLinkedRoleARN:
      settings.ServiceLinkedRoleARN ??
      `arn:${call.partition}:iam::${call.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  };
}

/** What was given of the template, with its ID and name; the version as it was given. */
function templateSpecification(call: AwsCall, row: GroupRow) {
  const given = row.settings.LaunchTemplate;
  const found = [...call.state.ec2.launchTemplates.values()].find(
    ({ id, name }) => id === given?.LaunchTemplateId || name === given?.LaunchTemplateName,
  );
  return {
    LaunchTemplateId: found?.id ?? given?.LaunchTemplateId,
    LaunchTemplateName: found?.name,
    Version: given?.Version,
  };
}

const uuid = (call: AwsCall) => call.id('', 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
