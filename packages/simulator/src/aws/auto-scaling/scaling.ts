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
    const row = group?.instances.find((one) => one.id === id);
    if (!group || !row) return;

    const activity = group.activities.find(
      ({ description, status }) => status === 'InProgress' && description.endsWith(row.id),
    );
    if (activity) Object.assign(activity, { status: 'Successful', endedAt: call.now });
    if (row.state === 'Pending') {
      row.state = 'InService';
      // Those that were launched meanwhile are not registered later, either.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
      const registers = !group.suspended.includes('AddToLoadBalancer');
      for (const arn of registers ? group.targetGroupArns : []) registerAt(call, arn, row);
    } else if (row.state === 'Terminating') group.instances = group.instances.filter((one) => one !== row);
    if (group.isDeleting && group.instances.length === 0) call.state.autoScaling.groups.delete(group.name);
  },
};

/** Instances that are not being terminated. */
export const aliveOf = ({ instances }: GroupRow) => instances.filter(({ state }) => state !== 'Terminating');

/** The template of a group, with its version. */
export function templateOf(call: AwsCall, { settings }: Pick<GroupRow, 'settings'>) {
  const given: LaunchTemplateSpecification =
    settings.LaunchTemplate ?? settings.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? {};
  const row = getTemplate(call, given);
  const { number, data } = getVersion(row, given.Version);
  return { given, row, number, data };
}

/** Launches or terminates instances until a group has as many as it should. */
export function scale(call: AwsCall, group: GroupRow, why: string): void {
  while (!group.suspended.includes('Launch') && aliveOf(group).length < group.desired) {
    if (!launchOne(call, group, why)) return;
  }
  while (!group.suspended.includes('Terminate') && aliveOf(group).length > group.desired) {
    const row = nextToEnd(group);
    if (!row) return;

    endInstance(call, group, row, why);
  }
}

/** One more instance, in the subnet whose zone has the fewest. A launch that is refused is a failed activity. */
function launchOne(call: AwsCall, group: GroupRow, why: string): boolean {
  const count = (subnetId: string) =>
    aliveOf(group).filter(({ zoneName }) => zoneName === call.state.ec2.subnets.get(subnetId)?.zoneName).length;
  const [SubnetId] = subnetsOf(group).toSorted((a, b) => count(a) - count(b));
  const { given, row: template, number } = templateOf(call, group);
  const propagated = group.tags
    .filter(({ isPropagated }) => isPropagated)
    .map(({ key, value }) => ({ Key: key, Value: value }));
  try {
    const input = withTemplate(call, { LaunchTemplate: given, SubnetId, MinCount: 1, MaxCount: 1 });
    const [made] = launch(call, input);
    if (!made) return false;

    // Set here: a caller cannot set keys with the prefix `aws:`.
    Object.assign(made.tags, Object.fromEntries(propagated.map(({ Key, Value }) => [Key, Value])), {
      'aws:autoscaling:groupName': group.name,
      'aws:ec2launchtemplate:id': template.id,
      'aws:ec2launchtemplate:version': String(number),
    });
    group.instances.push({
      id: made.id,
      zoneName: made.zoneName,
      instanceType: made.instanceType,
      template: { LaunchTemplateId: template.id, LaunchTemplateName: template.name, Version: String(number) },
      state: 'Pending',
      isProtected: group.settings.NewInstancesProtectedFromScaleIn ?? false,
    });
    note(call, group, `Launching a new EC2 instance: ${made.id}`, why);
    call.after(STEP_MS, 'auto-scaling.instance', { group: group.name, id: made.id });
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
  const inZone = (zone: string) => rows.filter(({ zoneName }) => zoneName === zone).length;
  return rows.filter(({ isProtected }) => !isProtected).toSorted((a, b) => inZone(b.zoneName) - inZone(a.zoneName))[0];
}

/** Ends an instance: it is deregistered and terminated. */
export function endInstance(call: AwsCall, group: GroupRow, row: GroupInstanceRow, why: string): void {
  row.state = 'Terminating';
  for (const arn of group.targetGroupArns) deregisterAt(call, arn, row);
  const instance = call.state.ec2.instances.get(row.id);
  if (instance) terminate(call, instance);
  note(call, group, `Terminating EC2 instance: ${row.id}`, why);
  call.after(STEP_MS, 'auto-scaling.instance', { group: group.name, id: row.id });
}

/** An instance in another VPC than the target group's is not registered [I]. */
export function registerAt(call: AwsCall, arn: string, { id }: GroupInstanceRow): void {
  const { ec2, loadBalancing } = call.state;
  const group = loadBalancing.targetGroups.get(arn);
  const isNear = [...ec2.interfaces.values()].some(
    ({ attachment, vpcId }) => attachment?.instanceId === id && vpcId === group?.fields.VpcId,
  );
  if (group && isNear && ec2.instances.get(id)?.state === 'running') register(call, group, [{ Id: id }]);
}

export function deregisterAt(call: AwsCall, arn: string, { id }: GroupInstanceRow): void {
  const group = call.state.loadBalancing.targetGroups.get(arn);
  for (const target of group?.targets.filter((one) => one.id === id) ?? []) if (group) deregister(call, group, target);
}

export const subnetsOf = ({ settings }: Pick<GroupRow, 'settings'>): string[] =>
  (settings.VPCZoneIdentifier ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

function note(call: AwsCall, group: GroupRow, description: string, why: string, failure?: string): void {
  const at = new Date(call.now).toISOString().slice(0, 19);
  group.activities.unshift({
    id: call.id('', 32),
    description,
    cause: `At ${at}Z ${why}`,
    startedAt: call.now,
    endedAt: failure === undefined ? undefined : call.now,
    status: failure === undefined ? 'InProgress' : 'Failed',
    message: failure,
  });
  group.activities = group.activities.slice(0, MOST_ACTIVITIES);
}
