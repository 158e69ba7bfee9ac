import type {
  Activity,
  AutoScalingGroup,
  CreateAutoScalingGroupType,
  TagDescription,
} from '@aws-sdk/client-auto-scaling';
import type { AwsCall } from '../operation/operation.js';
import { subnetsOf } from './scaling.js';
import type { ActivityRow, GroupInstanceRow, GroupRow } from './state.js';

/** An instance that does not run is unhealthy. It is not replaced by itself. */
export function health(call: AwsCall, { id }: GroupInstanceRow): 'Healthy' | 'Unhealthy' {
  const state = call.state.ec2.instances.get(id)?.state;
  return state === 'pending' || state === 'running' ? 'Healthy' : 'Unhealthy';
}

export const instanceView = (call: AwsCall, one: GroupInstanceRow) => ({
  InstanceId: one.id,
  InstanceType: one.instanceType,
  AvailabilityZone: one.zoneName,
  LifecycleState: one.state,
  HealthStatus: health(call, one) as string,
  LaunchTemplate: one.template,
  ProtectedFromScaleIn: one.isProtected,
});

export const activityView = (row: GroupRow, activity: ActivityRow): Activity => ({
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

export function groupView(call: AwsCall, row: GroupRow): AutoScalingGroup {
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
