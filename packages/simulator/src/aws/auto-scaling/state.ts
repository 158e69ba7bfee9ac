import type { Activity, AutoScalingGroup, Instance, TagDescription } from '@aws-sdk/client-auto-scaling';
import type { Shown } from '../state/given.js';

// What the service shows is replaced, never changed in place, so that an answer stays what it was.

/** An instance of a group. Its health is that of the instance of EC2. */
export type GroupInstanceRow = Shown<
  Omit<Instance, 'HealthStatus' | 'LifecycleState'>,
  'InstanceId' | 'AvailabilityZone' | 'ProtectedFromScaleIn'
> & { readonly LifecycleState: 'Pending' | 'InService' | 'Terminating' };

export interface GroupRow {
  /** With the members of the request; without its instances, and the zones and the template as they are shown. */
  fields: Shown<
    Omit<AutoScalingGroup, 'Instances' | 'Tags' | 'AvailabilityZones'>,
    | 'AutoScalingGroupName'
    | 'AutoScalingGroupARN'
    | 'MinSize'
    | 'MaxSize'
    | 'DesiredCapacity'
    | 'TargetGroupARNs'
    | 'SuspendedProcesses'
  > & {
    readonly AvailabilityZones?: string[] | undefined;
    readonly Tags: Shown<TagDescription, 'Key' | 'Value' | 'PropagateAtLaunch'>[];
  };
  instances: GroupInstanceRow[];
  /** Newest first. */
  activities: Shown<Activity, 'Description' | 'StatusCode'>[];
}

/** Auto Scaling in one region. */
export const newState = () => ({ groups: new Map<string, GroupRow>() });

export type AutoScalingState = Readonly<ReturnType<typeof newState>>;
