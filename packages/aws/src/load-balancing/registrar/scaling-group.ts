import type { CallContext } from '@postern/core/internal/library';
import type { Registrar } from '@postern/core/internal/snapshot';
import { listAll } from '../../client/list-all.js';
import { plain, type Session } from '../../client/session.js';
import type { ScalingActivityOutput, ScalingGroupOutput, TemplateRef } from '../../sdk-types.js';

/** The activities that are read, of the newest: Auto Scaling keeps those of six weeks. */
const ACTIVITIES = 20;

/** All Auto Scaling groups of the region, but for those that are being deleted: only these have a status. */
export async function listScalingGroups(session: Session, ctx: CallContext): Promise<readonly ScalingGroupOutput[]> {
  const groups = await listAll(session, ctx, 'Auto Scaling groups', 'autoscaling', 'DescribeAutoScalingGroups');
  return groups.filter(({ Status }) => Status === undefined);
}

/** The target groups in which an Auto Scaling group registers its instances. */
export function targetGroupsOf({ TargetGroupARNs = [], TrafficSources = [] }: ScalingGroupOutput): readonly string[] {
  const sources = TrafficSources.filter(({ Type = 'elbv2' }) => Type === 'elbv2').flatMap(({ Identifier }) =>
    Identifier === undefined ? [] : [Identifier],
  );
  return [...new Set([...TargetGroupARNs, ...sources])];
}

/** An Auto Scaling group in the portable form, without its security groups and the reason why instances do not start. */
export function toGroupRegistrar(group: ScalingGroupOutput): Registrar {
  const { Instances: instances = [] } = group;
  const subnetIds = (group.VPCZoneIdentifier ?? '').split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));
  return {
    id: group.AutoScalingGroupARN,
    name: group.AutoScalingGroupName,
    kind: 'scaling-group',
    // Instances are registered at the port of the target group.
    targetGroups: targetGroupsOf(group).map((targetGroupId) => ({ targetGroupId })),
    registries: [],
    subnetIds: subnetIds.length === 0 ? undefined : subnetIds,
    desired: desiredOf(group),
    running: inServiceOf(group),
    pending: instances.filter(({ LifecycleState = '' }) => LifecycleState.startsWith('Pending')).length,
    followsTargetHealth: group.HealthCheckType?.split(',').includes('ELB'),
    raw: plain(group),
  };
}

function inServiceOf({ Instances = [] }: ScalingGroupOutput): number {
  return Instances.filter(({ LifecycleState }) => LifecycleState === 'InService').length;
}

/**
 * The number of instances that are wanted. Undefined where the capacity has another unit: weights, vCPUs, memory.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups-instance-weighting.html
 */
function desiredOf(group: ScalingGroupOutput): number | undefined {
  const { DesiredCapacity, DesiredCapacityType = 'units' } = group;
  const isWeighted = overridesOf(group).some(({ WeightedCapacity }) => WeightedCapacity !== undefined);
  return DesiredCapacity === 0 || (DesiredCapacityType === 'units' && !isWeighted) ? DesiredCapacity : undefined;
}

function overridesOf({ MixedInstancesPolicy }: ScalingGroupOutput) {
  return MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
}

/**
 * Why instances of a group are not registered, in the words of Auto Scaling: a process that is suspended, and, where fewer instances are
 * in service than are wanted, the last failure since an instance was launched: one call more.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
 */
export async function launchFailureOf(
  session: Session,
  group: ScalingGroupOutput,
  ctx: CallContext,
): Promise<string | undefined> {
  const registering = suspension(group, 'AddToLoadBalancer');
  if (registering !== undefined || inServiceOf(group) >= (desiredOf(group) ?? 1)) return registering;

  const { Activities = [] } = await session.call(ctx, 'autoscaling', 'DescribeScalingActivities', {
    AutoScalingGroupName: group.AutoScalingGroupName,
    MaxRecords: ACTIVITIES,
  });
  // Auto Scaling suspends launches itself where all of them have failed for a day: both reasons count.
  const reasons = [suspension(group, 'Launch'), lastFailure(Activities)].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? undefined : reasons.join('; ');
}

function suspension({ SuspendedProcesses = [] }: ScalingGroupOutput, process: string): string | undefined {
  const found = SuspendedProcesses.find(({ ProcessName }) => ProcessName === process);
  return found && `the process ${process} is suspended (${found.SuspensionReason ?? 'no reason is given'})`;
}

/** Activities in progress are listed first, whenever they began. */
function lastFailure(activities: readonly ScalingActivityOutput[]): string | undefined {
  const newest = activities.toSorted((a, b) => (b.StartTime?.getTime() ?? 0) - (a.StartTime?.getTime() ?? 0));
  const launched = newest.findIndex(
    ({ StatusCode, Description = '' }) => StatusCode === 'Successful' && Description.startsWith('Launching'),
  );
  return newest
    .slice(0, launched === -1 ? newest.length : launched)
    .map(failureText)
    .find((text) => text !== undefined);
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html */
function failureText({ StatusCode, StatusMessage, Cause = '' }: ScalingActivityOutput): string | undefined {
  if (StatusCode === 'Failed' || StatusCode === 'Cancelled') return StatusMessage ?? Cause;

  return /(?:health|status) check/i.test(Cause) ? Cause : undefined;
}

/** The template of all instances of a group. Undefined for a launch configuration, and where instance types have templates of their own. */
function templateOf(group: ScalingGroupOutput): TemplateRef | undefined {
  const hasOthers = overridesOf(group).some(
    ({ LaunchTemplateSpecification }) => LaunchTemplateSpecification !== undefined,
  );
  const { LaunchTemplate, MixedInstancesPolicy } = group;
  return hasOthers ? undefined : (LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification);
}

/**
 * The security groups of a group's instances, as its launch template says: one call for a group. Undefined where the template names none,
 * or the group has a launch configuration. The template's other data, as scripts of users, is not kept.
 */
export async function securityGroupsOf(
  session: Session,
  group: ScalingGroupOutput,
  ctx: CallContext,
): Promise<readonly string[] | undefined> {
  const template = templateOf(group);
  if (template === undefined) return undefined;

  const { LaunchTemplateId, LaunchTemplateName, Version = '$Default' } = template;
  const { LaunchTemplateVersions = [] } = await session.call(ctx, 'ec2', 'DescribeLaunchTemplateVersions', {
    ...(LaunchTemplateId === undefined ? { LaunchTemplateName } : { LaunchTemplateId }),
    Versions: [Version],
  });
  const { SecurityGroupIds = [], NetworkInterfaces = [] } = LaunchTemplateVersions[0]?.LaunchTemplateData ?? {};
  // Calls of a load balancer arrive at the primary interface.
  const primary = NetworkInterfaces.find(({ DeviceIndex = 0 }) => DeviceIndex === 0);
  const ids = [...new Set([...SecurityGroupIds, ...(primary?.Groups ?? [])])];
  return ids.length === 0 ? undefined : ids;
}
