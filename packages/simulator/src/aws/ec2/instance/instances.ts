import type { AwsCall, TimerHandlers } from '../../operation/operation.js';
import type { Ec2State, InterfaceRow } from '../state.js';
import type { InstanceRow } from './state.js';
import { deleteInterface } from '../vpc/network.js';

/** From a launch or a start until an instance runs. Simulated milliseconds [I]. */
const PENDING_MS = 20_000;
/** From a stop or a termination until it is done. Simulated milliseconds [I]. */
const STOPPING_MS = 40_000;
/**
 * "Terminated instances remain visible after termination (for approximately one hour)."
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html
 */
const VISIBLE_MS = 3_600_000;

/** What becomes of instances by themselves. */
export const instanceTimers: TimerHandlers = {
  'ec2.instance': (call, { id, to }) => {
    const row = call.state.ec2.instances.get(String(id));
    if (row === undefined) return;

    if (to === 'running' && row.state === 'pending') enter(call, row, 'running');
    else if (to === 'stopped' && row.state === 'stopping') enter(call, row, 'stopped');
    else if (to === 'terminated' && row.state === 'shutting-down') endOf(call, row);
    else if (to === 'vanished') vanish(call, row);
  },
};

/** A new or stopped instance starts. */
export function start(call: AwsCall, row: InstanceRow): void {
  Object.assign(row.fields, { LaunchTime: new Date(call.now), StateTransitionReason: '' });
  enter(call, row, 'pending');
  call.after(PENDING_MS, 'ec2.instance', { id: row.id, to: 'running' });
}

/** A running instance stops; its interfaces stay attached, and keep their addresses. */
export function stop(call: AwsCall, row: InstanceRow): void {
  leave(call, row, 'stopping', 'stopped');
}

/** An instance is terminated, in whichever state it is. */
export function terminate(call: AwsCall, row: InstanceRow): void {
  if (row.state !== 'shutting-down' && row.state !== 'terminated') leave(call, row, 'shutting-down', 'terminated');
}

/** The interfaces of an instance, the primary one first. */
export function interfacesOf(ec2: Pick<Ec2State, 'interfaces'>, instanceId: string): readonly InterfaceRow[] {
  const index = ({ attachment }: InterfaceRow): number => attachment?.DeviceIndex ?? 0;
  return [...ec2.interfaces.values()]
    .filter(({ attachment }) => attachment?.InstanceId === instanceId)
    .toSorted((a, b) => index(a) - index(b));
}

/** The instance that has an interface, where it does not run, so that no call is answered. */
export function idleHolder(ec2: Ec2State, { attachment }: InterfaceRow): InstanceRow | undefined {
  const row = attachment?.InstanceId === undefined ? undefined : ec2.instances.get(attachment.InstanceId);
  return row?.state === 'running' ? undefined : row;
}

/**
 * A running instance that no call launched: it is planted, or in a snapshot. What no interface shows (image,
 * type) is made up; no ID is drawn for it.
 */
export function adoptInstance({ state, now }: Pick<AwsCall, 'state' | 'now'>, id: string, primary: InterfaceRow): void {
  if (state.ec2.instances.has(id)) return;

  state.ec2.instances.set(id, {
    id,
    reservationId: `r-${id.slice(2)}`,
    ownerId: primary.ownerId,
    fields: {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      ClientToken: '',
      AmiLaunchIndex: 0,
      LaunchTime: new Date(now),
      StateTransitionReason: '',
    },
    zoneId: primary.zoneId,
    zoneName: primary.zoneName,
    state: 'running',
    since: 0, // long enough for its health checks
    tags: {},
  });
}

function enter({ now }: AwsCall, row: InstanceRow, state: InstanceRow['state']): void {
  row.state = state;
  row.since = now;
}

function leave(call: AwsCall, row: InstanceRow, by: InstanceRow['state'], to: InstanceRow['state']): void {
  const at = new Date(call.now).toISOString().slice(0, 19).replace('T', ' ');
  row.fields.StateTransitionReason = `User initiated (${at} GMT)`;
  enter(call, row, by);
  call.after(STOPPING_MS, 'ec2.instance', { id: row.id, to });
}

/** A terminated instance has no interfaces: they are deleted with it, or become free. */
function endOf(call: AwsCall, row: InstanceRow): void {
  enter(call, row, 'terminated');
  for (const one of interfacesOf(call.state.ec2, row.id)) {
    if (one.attachment?.DeleteOnTermination === true) deleteInterface(call, one.id);
    else one.attachment = undefined;
  }
  for (const [id, { attachment }] of call.state.ec2.volumes)
    if (attachment.InstanceId === row.id) call.state.ec2.volumes.delete(id);
  call.after(VISIBLE_MS, 'ec2.instance', { id: row.id, to: 'vanished' });
}

/** Nothing knows it any more; load balancers deregister it [I]. */
function vanish({ state }: AwsCall, { id }: InstanceRow): void {
  state.ec2.instances.delete(id);
  for (const group of state.loadBalancing.targetGroups.values()) {
    if (group.fields.TargetType === 'instance') group.targets = group.targets.filter((target) => target.id !== id);
  }
}
