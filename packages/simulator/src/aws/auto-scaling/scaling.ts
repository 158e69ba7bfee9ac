import type { LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import { type AwsCall, type TimerHandlers, ServiceError } from '../operation/operation.js';
import { terminate } from '../ec2/instance/instances.js';
import { launch } from '../ec2/instance/launch.js';
import { getTemplate, getVersion, withTemplate } from '../ec2/launch-template/launch-templates.js';
import { deregister, register } from '../load-balancing/target-group/targets.js';
import type { GroupInstanceRow, GroupRow } from './state.js';

/** From a launch until an instance is in service, and from a termination until it has left. Simulated milliseconds [I]. */
const STEP_MS = 45_000;
/** Activities that a group remembers: six weeks of them. A number bounds the saved world [I]. */
const MOST_ACTIVITIES = 100;

/** What becomes of a group's instances. */
export const timers: TimerHandlers = {
  'auto-scaling.instance': (call, { group: name, id }) => {
    const group = call.state.autoScaling.groups.get(String(name));
    const row = group?.instances.find((one) => one.InstanceId === id);
    if (!group || !row) return;

    const activity = group.activities.find(
      ({ Description, StatusCode }) => StatusCode === 'InProgress' && Description.endsWith(row.InstanceId),
    );
    const ended = { StatusCode: 'Successful', EndTime: new Date(call.now), Progress: 100 } as const;
    group.activities = group.activities.map((one) => (one === activity ? { ...one, ...ended } : one));
    if (row.LifecycleState === 'Pending') {
      setState(group, row, 'InService');
      // Those that were launched meanwhile are not registered later, either.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
      const registers = !isSuspended(group, 'AddToLoadBalancer');
      for (const arn of registers ? group.fields.TargetGroupARNs : []) registerAt(call, arn, row);
    } else if (row.LifecycleState === 'Terminating') group.instances = group.instances.filter((one) => one !== row);
    if (group.fields.Status !== undefined && group.instances.length === 0)
      call.state.autoScaling.groups.delete(String(name));
  },
};

/** Instances that are not being terminated. */
export const aliveOf = ({ instances }: GroupRow) =>
  instances.filter(({ LifecycleState }) => LifecycleState !== 'Terminating');

export const isSuspended = ({ fields }: GroupRow, process: string): boolean =>
  fields.SuspendedProcesses.some(({ ProcessName }) => ProcessName === process);

function setState(group: GroupRow, row: GroupInstanceRow, LifecycleState: GroupInstanceRow['LifecycleState']): void {
  group.instances = group.instances.map((one) => (one === row ? { ...one, LifecycleState } : one));
}

/** The members of a group that name its template. */
export type Template = 'LaunchTemplate' | 'MixedInstancesPolicy';

/** The template of a group, with its version. */
export function templateOf(call: AwsCall, settings: Pick<GroupRow['fields'], Template>) {
  const given: LaunchTemplateSpecification =
    settings.LaunchTemplate ?? settings.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? {};
  const row = getTemplate(call, given);
  const { number, data } = getVersion(row, given.Version);
  return { given, row, number, data };
}

/** Launches or terminates instances until a group has as many as it should. */
export function scale(call: AwsCall, group: GroupRow, why: string): void {
  while (!isSuspended(group, 'Launch') && aliveOf(group).length < group.fields.DesiredCapacity) {
    if (!launchOne(call, group, why)) return;
  }
  while (!isSuspended(group, 'Terminate') && aliveOf(group).length > group.fields.DesiredCapacity) {
    const row = nextToEnd(group);
    if (!row) return;

    endInstance(call, group, row, why);
  }
}

/** One more instance, in the subnet whose zone has the fewest. A launch that is refused is a failed activity. */
function launchOne(call: AwsCall, group: GroupRow, why: string): boolean {
  const count = (subnetId: string) =>
    aliveOf(group).filter((one) => one.AvailabilityZone === call.state.ec2.subnets.get(subnetId)?.zoneName).length;
  const { AutoScalingGroupName: name, Tags, NewInstancesProtectedFromScaleIn = false } = group.fields;
  const [SubnetId] = subnetsOf(group.fields).toSorted((a, b) => count(a) - count(b));
  const { given, row: template, number } = templateOf(call, group.fields);
  const propagated = Tags.filter(({ PropagateAtLaunch }) => PropagateAtLaunch);
  try {
    const input = withTemplate(call, { LaunchTemplate: given, SubnetId, MinCount: 1, MaxCount: 1 });
    const [made] = launch(call, input);
    if (!made) return false;

    // Set here: a caller cannot set keys with the prefix `aws:`.
    Object.assign(made.tags, Object.fromEntries(propagated.map(({ Key, Value }) => [Key, Value])), {
      'aws:autoscaling:groupName': name,
      'aws:ec2launchtemplate:id': template.id,
      'aws:ec2launchtemplate:version': String(number),
    });
    const instance: GroupInstanceRow = {
      InstanceId: made.id,
      InstanceType: made.fields.InstanceType,
      AvailabilityZone: made.zoneName,
      LifecycleState: 'Pending',
      LaunchTemplate: { LaunchTemplateId: template.id, LaunchTemplateName: template.name, Version: String(number) },
      ProtectedFromScaleIn: NewInstancesProtectedFromScaleIn,
    };
    group.instances = [...group.instances, instance];
    note(call, group, `Launching a new EC2 instance: ${made.id}`, why);
    call.after(STEP_MS, 'auto-scaling.instance', { group: name, id: made.id });
    return true;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;

    note(call, group, 'Launching a new EC2 instance', why, `${error.message} Launching EC2 instance failed.`);
    return false;
  }
}

/** The oldest instance of the zone that has most, without those that are protected. The other policies are not simulated. */
function nextToEnd(group: GroupRow): GroupInstanceRow | undefined {
  const rows = aliveOf(group);
  const near = (row: GroupInstanceRow) => rows.filter((one) => one.AvailabilityZone === row.AvailabilityZone).length;
  return rows.filter((one) => !one.ProtectedFromScaleIn).toSorted((a, b) => near(b) - near(a))[0];
}

/** Ends an instance: it is deregistered and terminated. */
export function endInstance(call: AwsCall, group: GroupRow, row: GroupInstanceRow, why: string): void {
  const { InstanceId: id } = row;
  setState(group, row, 'Terminating');
  for (const arn of group.fields.TargetGroupARNs) deregisterAt(call, arn, row);
  const instance = call.state.ec2.instances.get(id);
  if (instance) terminate(call, instance);
  note(call, group, `Terminating EC2 instance: ${id}`, why);
  call.after(STEP_MS, 'auto-scaling.instance', { group: group.fields.AutoScalingGroupName, id });
}

/** An instance in another VPC than the target group's is not registered [I]. */
export function registerAt(call: AwsCall, arn: string, { InstanceId: id }: GroupInstanceRow): void {
  const { ec2, loadBalancing } = call.state;
  const group = loadBalancing.targetGroups.get(arn);
  const isNear = [...ec2.interfaces.values()].some(
    ({ attachment, vpcId }) => attachment?.InstanceId === id && vpcId === group?.fields.VpcId,
  );
  if (group && isNear && ec2.instances.get(id)?.state === 'running') register(call, group, [{ Id: id }]);
}

export function deregisterAt(call: AwsCall, arn: string, { InstanceId: id }: GroupInstanceRow): void {
  const group = call.state.loadBalancing.targetGroups.get(arn);
  for (const target of group?.targets.filter((one) => one.id === id) ?? []) if (group) deregister(call, group, target);
}

export const subnetsOf = ({ VPCZoneIdentifier = '' }: Pick<GroupRow['fields'], 'VPCZoneIdentifier'>): string[] =>
  VPCZoneIdentifier.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

function note(call: AwsCall, group: GroupRow, Description: string, why: string, failure?: string): void {
  const at = new Date(call.now);
  const { AutoScalingGroupName, AutoScalingGroupARN } = group.fields;
  const activity: GroupRow['activities'][number] = {
    ActivityId: call.id('', 32),
    AutoScalingGroupName,
    AutoScalingGroupARN,
    Description,
    Cause: `At ${at.toISOString().slice(0, 19)}Z ${why}`,
    StartTime: at,
    ...(failure === undefined
      ? { StatusCode: 'InProgress', Progress: 30 }
      : { StatusCode: 'Failed', StatusMessage: failure, EndTime: at, Progress: 100 }),
  };
  group.activities = [activity, ...group.activities].slice(0, MOST_ACTIVITIES);
}
